import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { type Entry, fromFd, type ZipFile } from 'yauzl';
import { messageOf } from '../../kernel/risk-error.ts';

/** A file, or one inside an archive; its content is unpacked. It is to be read to the end before the next one is asked for. */
export interface LocalEntry {
  readonly name: string;
  readonly content: Readable;
}

/** A file that cannot be opened or unpacked. */
export interface UnreadableEntry {
  readonly name: string;
  readonly reason: string;
}

/** Files that hold intelligence have these endings, compressed or not; others of a folder or archive are passed over. */
const WANTED = /\.(?:json|jsonl|ndjson|csv)(?:\.gz)?$/i;
const ARCHIVE = /\.(?:zip|tar|tar\.gz|tgz)$/i;

/** Reads a file, a folder with all below it, or an archive (zip, tar, tar.gz), entry by entry in the order of names. */
export async function* readEntries(path: string): AsyncGenerator<LocalEntry | UnreadableEntry> {
  if (!(await stat(path)).isDirectory()) return yield* readFile(path);
  const found = await readdir(path, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile() && (WANTED.test(entry.name) || ARCHIVE.test(entry.name)));
  for (const file of files.map((entry) => join(entry.parentPath, entry.name)).sort()) yield* readFile(file);
}

async function* readFile(path: string): AsyncGenerator<LocalEntry | UnreadableEntry> {
  try {
    const kind = await kindOf(path);
    if (kind === 'zip') yield* readZip(path);
    else if (kind === 'tar') yield* readTar(createReadStream(path), path);
    else if (kind === 'tar.gz') yield* readTar(unpack(createReadStream(path)), path);
    else yield { name: path, content: kind === 'gzip' ? unpack(createReadStream(path)) : createReadStream(path) };
  } catch (error) {
    yield { name: path, reason: messageOf(error) };
  }
}

type Kind = 'plain' | 'gzip' | 'zip' | 'tar' | 'tar.gz';

/** By the first bytes; a tar in gzip by its name. */
async function kindOf(path: string): Promise<Kind> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(265), 0, 265, 0);
    if (buffer.readUInt32BE(0) === 0x504b0304) return 'zip';
    if (buffer.subarray(257, 262).toString('latin1') === 'ustar') return 'tar';
    if (buffer[0] !== 0x1f || buffer[1] !== 0x8b) return 'plain';
    return /\.(?:tar\.gz|tgz)$/i.test(path) ? 'tar.gz' : 'gzip';
  } finally {
    await file.close();
  }
}

async function* readTar(archive: Readable, path: string): AsyncGenerator<LocalEntry> {
  const entries = extract();
  // What breaks off reaches whoever reads the entries.
  pipeline(archive, entries, () => undefined);
  for await (const entry of entries) {
    if (entry.header.type === 'file' && WANTED.test(entry.header.name)) {
      const content = entry.pipe(new PassThrough());
      yield { name: `${path}:${entry.header.name}`, content: unpackNamed(entry.header.name, content) };
    } else entry.resume();
  }
}

async function* readZip(path: string): AsyncGenerator<LocalEntry> {
  const file = await open(path);
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromFd(file.fd, { lazyEntries: true, autoClose: false }, (error, opened) =>
      error === null ? resolve(opened) : reject(error),
    );
  });
  try {
    for (let entry = await nextOf(zip); entry !== null; entry = await nextOf(zip)) {
      if (!WANTED.test(entry.fileName)) continue;
      yield { name: `${path}:${entry.fileName}`, content: unpackNamed(entry.fileName, await openEntry(zip, entry)) };
    }
  } finally {
    await file.close();
  }
}

function nextOf(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const stop = () => zip.removeAllListeners();
    zip.once('entry', (entry: Entry) => {
      stop();
      resolve(entry);
    });
    zip.once('end', () => {
      stop();
      resolve(null);
    });
    zip.once('error', (error) => {
      stop();
      reject(error);
    });
    zip.readEntry();
  });
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error === null ? resolve(stream) : reject(error)));
  });
}

function unpackNamed(name: string, content: Readable): Readable {
  return /\.gz$/i.test(name) ? unpack(content) : content;
}

function unpack(content: Readable): Readable {
  return pipeline(content, createGunzip(), new PassThrough(), () => undefined);
}
