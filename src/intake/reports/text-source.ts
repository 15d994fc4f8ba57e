import { closeSync, createReadStream, openSync, readSync, type Stats, statSync } from 'node:fs';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';
import { windows1252Of } from '../../kernel/windows-1252.ts';
import { type ByteDecoder, createUtf8Decoder, type Decoding } from './utf8-decoder.ts';

/** What is read at once; larger JSON and tables are read in parts. */
export const WHOLE_LIMIT_BYTES = 64 * 1024 * 1024;
/** Largest document, unpacked. */
const MOST_BYTES = 4 * 2 ** 30;
/** Reports become 10 to 50 times smaller by packing, those of ever the same rows 200 times; a bomb 1000 times. */
const MOST_RATIO = 400;
/** What tells text from binary is found at the beginning. */
const SNIFFED_BYTES = 8192;
/** Of an archive with files in it, and of an empty one (PKWARE's APPNOTE 6.3.10, sections 4.3.7 and 4.3.16). */
const ZIP_SIGNATURE = /^504b(?:0304|0506)/;

/** A text that can be read from its beginning again: pieces of it, decoded. */
export interface TextSource {
  readonly name: string;
  /** @throws RiskError `BAD_INPUT`, one line: what is wrong with which file and what to do */
  open(): AsyncGenerator<string>;
  /** How the text was decoded as it was read last; null before that, and where its beginning tells the encoding. */
  decoding(): Decoding | null;
}

/** The decoder of a text, which is known when its first bytes are. */
interface Decoded {
  decoder: ByteDecoder | null;
}

/**
 * A file, unpacked where it is gzip, in UTF-8 or, with a byte order mark, UTF-16. A pipe, which can be read once, is held in memory.
 * @throws RiskError `BAD_INPUT`
 */
export function openFile(path: string): TextSource {
  const before = stateOf(path);
  if (before.isDirectory()) throw badFile(path, 'is a folder; name the files in it');
  if (!before.isFile()) return holdLater(path, createReadStream(path));
  const decoded: Decoded = { decoder: null };
  const open = async function* () {
    yield* decode(path, createReadStream(path), before.size, decoded);
    const after = stateOf(path);
    // A document is read more than once: what was recognised must be what is read.
    if (after.mtimeMs !== before.mtimeMs || after.size !== before.size) {
      throw badFile(path, 'changed while it was read; give a copy of it');
    }
  };
  return { name: path, open, decoding: () => decoded.decoder?.decoding() ?? null };
}

/** Whether a file begins like a ZIP archive. */
export function isArchive(path: string): boolean {
  if (!stateOf(path).isFile()) return false;
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(4);
    return readSync(file, start, 0, 4, 0) === 4 && ZIP_SIGNATURE.test(start.toString('hex'));
  } finally {
    closeSync(file);
  }
}

function stateOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw badFile(path, `cannot be read: ${messageOf(error)}`);
  }
}

function holdLater(name: string, stream: Readable): TextSource {
  let held: TextSource | null = null;
  const open = async function* () {
    held ??= await holdStream(name, stream);
    yield* held.open();
  };
  return { name, open, decoding: () => held?.decoding() ?? null };
}

/** A stream that can be read once (standard input): it is held in memory, up to 64 MB. */
export async function holdStream(name: string, stream: AsyncIterable<Uint8Array | string>): Promise<TextSource> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk as Uint8Array);
      size += bytes.length;
      if (size > WHOLE_LIMIT_BYTES) throw badFile(name, 'is larger than 64 MB; give it as a file');
      chunks.push(bytes);
    }
  } catch (error) {
    throw error instanceof RiskError ? error : badFile(name, `cannot be read: ${messageOf(error)}`);
  }
  // What tells the kind of text is in the first bytes, and pipes may give them one by one.
  const bytes = Buffer.concat(chunks);
  const decoded: Decoded = { decoder: null };
  const open = () => decode(name, size === 0 ? [] : [bytes], size, decoded);
  return { name, open, decoding: () => decoded.decoder?.decoding() ?? null };
}

async function* decode(
  name: string,
  stream: Readable | Iterable<Buffer>,
  packed: number,
  decoded: Decoded,
): AsyncGenerator<string> {
  let decoder: ByteDecoder | null = null;
  let size = 0;
  try {
    for await (const bytes of unpack(stream)) {
      decoder ??= decoderFor(name, bytes);
      decoded.decoder = decoder;
      size += bytes.length;
      if (size > MOST_BYTES) throw badFile(name, `is larger than ${MOST_BYTES / 2 ** 30} GB; split it`);
      if (size > WHOLE_LIMIT_BYTES && size > packed * MOST_RATIO) {
        throw badFile(name, `unpacks to more than ${MOST_RATIO} times its size, which no report does`);
      }
      yield decoder.decode(bytes);
    }
  } catch (error) {
    throw error instanceof RiskError ? error : badFile(name, `cannot be read: ${messageOf(error)}`);
  }
  if (decoder === null) throw badFile(name, 'is empty; give CVE ids, an SBOM or a scanner report');
  const rest = decoder.end();
  if (rest !== '') yield rest;
}

async function* unpack(stream: Readable | Iterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks = (
    Symbol.asyncIterator in stream ? stream[Symbol.asyncIterator]() : stream[Symbol.iterator]()
  ) as AsyncIterator<Buffer>;
  const first = await chunks.next();
  if (first.done) return;
  const all = (async function* () {
    try {
      yield first.value;
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
    } finally {
      // Who reads no further closes the file.
      await chunks.return?.();
    }
  })();
  const isPacked = first.value[0] === 0x1f && first.value[1] === 0x8b;
  if (!isPacked) return yield* all;
  const unpacked = new PassThrough();
  // A fault of any of them arrives where the text is read.
  pipeline(all, createGunzip(), unpacked, () => undefined);
  yield* unpacked;
}

/** By byte order mark; Windows shells write UTF-16. */
function decoderFor(name: string, bytes: Buffer): ByteDecoder {
  if (/^(?:fffe0000|0000feff)/.test(bytes.toString('hex', 0, 4))) {
    throw badFile(name, 'is in UTF-32; save it as UTF-8');
  }
  if (ZIP_SIGNATURE.test(bytes.toString('hex', 0, 4))) {
    throw badFile(name, 'is a ZIP archive or an office document (.xlsx); give it as a file, or save the table as CSV');
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return declaredDecoder('utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return declaredDecoder('utf-16be');
  if (bytes.subarray(0, SNIFFED_BYTES).includes(0))
    throw badFile(name, 'is binary, not text; give CVE ids, an SBOM or a scanner report');
  const declared = declaredEncoding(bytes);
  // JSON is UTF-8 (RFC 8259, section 8.1), and XML says what it is; tables and text may be what Windows writes.
  return declared === null
    ? createUtf8Decoder(!/^\s*[[{<]/.test(bytes.toString('latin1', 0, 200)))
    : declaredDecoder(declared);
}

/** A decoder of an encoding that the text itself names. */
function declaredDecoder(encoding: string): ByteDecoder {
  const decoding = () => ({ invalidBytes: 0, isWindows1252: false });
  if (/^(?:windows-1252|iso-8859-1)$/i.test(encoding))
    return { decode: (bytes: Buffer) => windows1252Of(bytes.toString('latin1')), end: () => '', decoding };
  const decoder = new TextDecoder(encoding);
  return { decode: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode(), decoding };
}

/** The encoding that an XML document declares, where it is one of those of a byte a character. */
function declaredEncoding(bytes: Buffer): string | null {
  const start = bytes.toString('latin1', 0, 200);
  return /^\s*<\?xml[^>]*\sencoding=["']((?:iso-8859|windows-125)[\w-]{0,8})["']/i.exec(start)?.[1] ?? null;
}

/** The error for a document that cannot be used. */
export function badFile(name: string, problem: string, cause?: unknown): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message: `${name} ${problem}`, cause });
}
