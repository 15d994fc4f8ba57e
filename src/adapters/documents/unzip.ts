import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { UnreadableError } from './unreadable-error.ts';

/** What a document of a few megabytes may unpack to; what says more is a bomb. */
const MOST_UNPACKED = 300 * 2 ** 20;
const ENCRYPTED = 1;

/** The names in a zip archive that is fit to be unpacked. @throws UnreadableError where it is broken, encrypted, or unpacks to too much */
export async function unpackedZip(bytes: Buffer): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  let unpacked = 0;
  await eachEntry(bytes, async ({ fileName, uncompressedSize, generalPurposeBitFlag }) => {
    unpacked += uncompressedSize;
    names.add(fileName);
    if ((generalPurposeBitFlag & ENCRYPTED) !== 0)
      throw new UnreadableError('it is encrypted; save it without a password and ingest it again');
    if (unpacked > MOST_UNPACKED)
      throw new UnreadableError('it unpacks to more than 300 MB, which no document does; split it if it is one');
  });
  return names;
}

/** Files of a zip archive by name, unpacked; what turns out larger than the archive says fails. @throws UnreadableError where it is broken */
export async function unzip(bytes: Buffer, isWanted: (name: string) => boolean): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  await eachEntry(bytes, async (entry, zip) => {
    if (isWanted(entry.fileName)) files.set(entry.fileName, await buffer(await openEntry(zip, entry)));
  });
  return files;
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
}

async function eachEntry(bytes: Buffer, work: (entry: Entry, zip: ZipFile) => Promise<void>): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
        if (error) return reject(error);
        zip.on('entry', (entry: Entry) => void work(entry, zip).then(() => zip.readEntry(), reject));
        zip.on('end', () => resolve());
        zip.on('error', reject);
        zip.readEntry();
      });
    });
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    throw new UnreadableError('it is a broken archive; open it, save it again and ingest it', { cause: error });
  }
}
