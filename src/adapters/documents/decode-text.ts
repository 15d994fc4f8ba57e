import { windows1252Of } from '../../kernel/windows-1252.ts';
import { noDocument } from './document-kind.ts';

/** Control characters of text: tabs, ends of lines and pages, backspace and escape. */
const OF_TEXT: ReadonlySet<number> = new Set([8, 9, 10, 11, 12, 13, 27]);
/** Bytes at random have one in ten; a text that was damaged has few. */
const MOST_CONTROLS = 0.01;

/** UTF-8, or UTF-16 with its mark; what is neither is read as Windows-1252. @throws UnreadableError where it is no text, by its `ending` told as what it should be */
export function decodeText(bytes: Buffer, ending: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.includes(0)) throw noDocument(ending);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    if (countControls(bytes) > MOST_CONTROLS * bytes.length) throw noDocument(ending);
    return windows1252Of(bytes.toString('latin1'));
  }
}

function countControls(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (byte === 0x7f || (byte < 0x20 && !OF_TEXT.has(byte))) count += 1;
  return count;
}
