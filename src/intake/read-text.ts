import { createReadStream, statSync } from 'node:fs';
import { messageOf, RiskError } from '../kernel/risk-error.ts';

/** Largest text that is read; a longer one is a mistake or an attack. */
export const TEXT_LIMIT_BYTES = 64 * 1024 * 1024;
/** What tells text from binary is found at the beginning. */
const SNIFFED_BYTES = 8192;

/** Reads a file as text. @throws RiskError `BAD_INPUT`, one line: what is wrong with which file and what to do. */
export async function readTextFile(path: string): Promise<string> {
  let size: number;
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) throw bad(path, 'is a folder; name the files in it');
    size = stats.size;
  } catch (error) {
    throw error instanceof RiskError ? error : bad(path, `cannot be read: ${messageOf(error)}`);
  }
  if (size > TEXT_LIMIT_BYTES) throw tooLarge(path);
  return readTextStream(path, createReadStream(path));
}

/** Reads a stream (standard input) as text, under the same bounds. */
export async function readTextStream(name: string, stream: AsyncIterable<Uint8Array | string>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk as Uint8Array);
      size += bytes.length;
      if (size > TEXT_LIMIT_BYTES) throw tooLarge(name);
      chunks.push(bytes);
    }
  } catch (error) {
    throw error instanceof RiskError ? error : bad(name, `cannot be read: ${messageOf(error)}`);
  }
  return decode(name, Buffer.concat(chunks));
}

function decode(name: string, bytes: Buffer): string {
  if (bytes.length === 0) throw bad(name, 'is empty; give CVE ids, one a line');
  const encoding = encodingOf(bytes);
  if (encoding === 'utf-8' && bytes.subarray(0, SNIFFED_BYTES).includes(0)) {
    throw bad(name, 'is binary, not text; give CVE ids, one a line');
  }
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.trim() === '') throw bad(name, 'is empty; give CVE ids, one a line');
  return text;
}

/** By byte order mark; Windows shells write UTF-16. */
function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

function tooLarge(name: string): RiskError {
  return bad(name, `is larger than ${TEXT_LIMIT_BYTES / 1024 / 1024} MB; split it`);
}

function bad(name: string, problem: string): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message: `${name} ${problem}` });
}
