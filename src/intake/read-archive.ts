import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { messageOf, RiskError } from '../kernel/risk-error.ts';
import type { TargetContent } from './intake.ts';
import { badFile, holdStream, type TextSource, WHOLE_LIMIT_BYTES } from './reports/text-source.ts';

/** Documents in one archive at most. */
const MOST_DOCUMENTS = 1000;
/** All of them unpacked. */
const MOST_BYTES = 2 ** 30;
/** Reports become 10 to 50 times smaller by packing; a bomb 1000 times. Small ones may do as they like. */
const [MOST_RATIO, SMALL_BYTES] = [400, 2 ** 20];
/** What systems put into archives by themselves. */
const SYSTEM_FILE = /(?:^|\/)(?:\.|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/i;

/**
 * Reads each document of a ZIP archive, as an export of several files is; one that cannot be read is a gap beside others. Archives in it are not unpacked.
 * @throws RiskError `BAD_INPUT` where it is an office document, a bomb, or holds nothing that can be read
 */
export async function readArchive(
  path: string,
  read: (source: TextSource) => Promise<TargetContent>,
): Promise<TargetContent> {
  const archive = await open(path);
  try {
    const entries = await listDocuments(path, archive);
    const contents: TargetContent[] = [];
    const failures: RiskError[] = [];
    for (const entry of entries) {
      try {
        contents.push(await read(await hold(path, archive, entry)));
      } catch (error) {
        if (!(error instanceof RiskError)) throw error;
        failures.push(error);
      }
    }
    const [first] = failures;
    if (contents.length === 0) throw first ?? badFile(path, 'is a ZIP archive without a document in it');
    return joinContents(contents, failures);
  } finally {
    archive.close();
  }
}

async function open(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, lazyEntries: true });
  } catch (error) {
    throw badFile(path, `begins like a ZIP archive and cannot be read as one: ${messageOf(error)}`, error);
  }
}

async function listDocuments(path: string, archive: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  let bytes = 0;
  try {
    for await (const entry of archive.eachEntry()) {
      const { fileName, uncompressedSize: size, compressedSize: packed } = entry;
      if (fileName === '[Content_Types].xml') {
        throw badFile(path, 'is an office document (.xlsx, .docx); save the table as CSV');
      }
      if (fileName.endsWith('/') || SYSTEM_FILE.test(fileName)) continue;
      bytes += size;
      if (bytes > MOST_BYTES || (size > SMALL_BYTES && size > packed * MOST_RATIO)) {
        throw badFile(path, 'is a ZIP archive that unpacks to more than reports do; unpack it, and name the files');
      }
      if (entries.push(entry) > MOST_DOCUMENTS) {
        throw badFile(
          path,
          `is a ZIP archive of more than ${MOST_DOCUMENTS} files; unpack it, and name those that matter`,
        );
      }
    }
  } catch (error) {
    if (error instanceof RiskError) throw error;
    throw badFile(path, `is a ZIP archive that cannot be read: ${messageOf(error)}`, error);
  }
  return entries;
}

/** A document in memory: what an entry says of its size is checked as it is unpacked. */
async function hold(path: string, archive: ZipFile, entry: Entry): Promise<TextSource> {
  const name = `${path}/${entry.fileName.slice(0, 200)}`;
  if (entry.uncompressedSize > WHOLE_LIMIT_BYTES) throw badFile(name, 'is larger than 64 MB; unpack the archive');
  try {
    return await holdStream(name, await archive.openReadStreamPromise(entry));
  } catch (error) {
    throw error instanceof RiskError ? error : badFile(name, `cannot be unpacked: ${messageOf(error)}`, error);
  }
}

function joinContents(contents: readonly TargetContent[], failures: readonly RiskError[]): TargetContent {
  const gaps = failures.map(({ message }) => ({ cveId: null, source: 'intake', reason: message }));
  return {
    sightings: contents.flatMap((one) => one.sightings),
    components: contents.flatMap((one) => one.components),
    gaps: [...contents.flatMap((one) => one.gaps), ...gaps],
    warnings: contents.flatMap((one) => one.warnings),
    malformed: contents.flatMap((one) => one.malformed),
    moreMalformed: contents.reduce((sum, one) => sum + one.moreMalformed, 0),
    titles: contents.flatMap((one) => one.titles),
  };
}
