import { isAscii, isUtf8 } from 'node:buffer';
import { windows1252Of } from '../../kernel/windows-1252.ts';

/** How a text was decoded. */
export interface Decoding {
  /** Bytes that no character of UTF-8 is made of; each was read as U+FFFD. */
  readonly invalidBytes: number;
  /** Whether the text is not UTF-8 and was read as windows-1252, which Windows' spreadsheets write. */
  readonly isWindows1252: boolean;
}

/** Decodes the bytes of one text, some at a time. */
export interface ByteDecoder {
  decode(bytes: Buffer): string;
  /** What is left, when all bytes have been given. */
  end(): string;
  decoding(): Decoding;
}

/**
 * Decodes UTF-8 (RFC 3629). A text that may be windows-1252 (`mayBeWindows1252`) is read as that from its first byte on that is no UTF-8, where nothing before it is a character of UTF-8 beyond ASCII.
 */
export function createUtf8Decoder(mayBeWindows1252: boolean): ByteDecoder {
  let [carry, isFirst]: [Buffer, boolean] = [Buffer.alloc(0), true];
  let [invalidBytes, isWindows1252, isPlain] = [0, false, mayBeWindows1252];

  function decodeWhole(bytes: Buffer): string {
    if (isWindows1252) return windows1252Of(bytes.toString('latin1'));
    if (isUtf8(bytes)) {
      isPlain &&= isAscii(bytes);
      return bytes.toString('utf8');
    }
    const text = bytes.toString('utf8');
    if (isPlain && !/[^\0-\x7f\ufffd]/.test(text)) {
      isWindows1252 = true;
      return windows1252Of(bytes.toString('latin1'));
    }
    isPlain = false;
    invalidBytes += bytes.length - Buffer.byteLength(text.replaceAll('\ufffd', '')) - 3 * countReplacements(bytes);
    return text;
  }

  return {
    decode(bytes) {
      const all = carry.length === 0 ? bytes : Buffer.concat([carry, bytes]);
      const start = isFirst && all.subarray(0, 3).equals(MARK) ? MARK.length : 0;
      if (start > 0) isPlain = false;
      isFirst = false;
      const end = isWindows1252 ? all.length : endOfCharacters(all);
      carry = Buffer.from(all.subarray(end));
      return decodeWhole(all.subarray(start, end));
    },
    end: () => (carry.length === 0 ? '' : decodeWhole(carry)),
    decoding: () => ({ invalidBytes, isWindows1252 }),
  };
}

/** UTF-8's byte order mark. */
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** U+FFFD that the text has itself, of three bytes each. */
function countReplacements(bytes: Buffer): number {
  return bytes.toString('latin1').split('\u00ef\u00bf\u00bd').length - 1;
}

/** A character of two, three or four bytes that has only begun. */
const BEGUN = /(?:[\xc0-\xff]|[\xe0-\xff][\x80-\xbf]|[\xf0-\xff][\x80-\xbf]{2})$/;

/** Where the last whole character ends. */
function endOfCharacters(bytes: Buffer): number {
  return bytes.length - (BEGUN.exec(bytes.subarray(-3).toString('latin1'))?.[0].length ?? 0);
}
