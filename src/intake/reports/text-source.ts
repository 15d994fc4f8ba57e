import { closeSync, createReadStream, openSync, readSync, type Stats, statSync } from 'node:fs';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';

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
}

/**
 * A file, unpacked where it is gzip, in UTF-8 or, with a byte order mark, UTF-16. A pipe, which can be read once, is held in memory.
 * @throws RiskError `BAD_INPUT`
 */
export function openFile(path: string): TextSource {
  const before = stateOf(path);
  if (before.isDirectory()) throw badFile(path, 'is a folder; name the files in it');
  if (!before.isFile()) return holdLater(path, createReadStream(path));
  const open = async function* () {
    yield* decode(path, createReadStream(path), before.size);
    const after = stateOf(path);
    // A document is read more than once: what was recognised must be what is read.
    if (after.mtimeMs !== before.mtimeMs || after.size !== before.size) {
      throw badFile(path, 'changed while it was read; give a copy of it');
    }
  };
  return { name: path, open };
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
  let held: Promise<TextSource> | null = null;
  const open = async function* () {
    held ??= holdStream(name, stream);
    yield* (await held).open();
  };
  return { name, open };
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
  return { name, open: () => decode(name, size === 0 ? [] : [bytes], size) };
}

async function* decode(name: string, stream: Readable | Iterable<Buffer>, packed: number): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let size = 0;
  try {
    for await (const bytes of unpack(stream)) {
      decoder ??= decoderFor(name, bytes);
      size += bytes.length;
      if (size > MOST_BYTES) throw badFile(name, `is larger than ${MOST_BYTES / 2 ** 30} GB; split it`);
      if (size > WHOLE_LIMIT_BYTES && size > packed * MOST_RATIO) {
        throw badFile(name, `unpacks to more than ${MOST_RATIO} times its size, which no report does`);
      }
      yield decoder.decode(bytes, { stream: true });
    }
  } catch (error) {
    throw error instanceof RiskError ? error : badFile(name, `cannot be read: ${messageOf(error)}`);
  }
  if (decoder === null) throw badFile(name, 'is empty; give CVE ids, an SBOM or a scanner report');
  const rest = decoder.decode();
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
function decoderFor(name: string, bytes: Buffer): InstanceType<typeof TextDecoder> {
  if (/^(?:fffe0000|0000feff)/.test(bytes.toString('hex', 0, 4))) {
    throw badFile(name, 'is in UTF-32; save it as UTF-8');
  }
  if (ZIP_SIGNATURE.test(bytes.toString('hex', 0, 4))) {
    throw badFile(name, 'is a ZIP archive or an office document (.xlsx); give it as a file, or save the table as CSV');
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be');
  if (bytes.subarray(0, SNIFFED_BYTES).includes(0))
    throw badFile(name, 'is binary, not text; give CVE ids, an SBOM or a scanner report');
  return new TextDecoder(declaredEncoding(bytes) ?? 'utf-8');
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
