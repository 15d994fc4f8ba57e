import { createHash } from 'node:crypto';
import { ARCHIVE_TABLE_NAMES, type TruthArchive } from '../../ports/truth-archive.ts';
import { ARCHIVE_FORMAT, ARCHIVE_VERSION, noRows, type RowCounts } from './archive-format.ts';

/** Writes all that a store holds as an archive, as one moment sees it. Returns how many rows of each table that is. */
export function exportArchive(
  archive: TruthArchive,
  about: { readonly exportedAt: string; readonly eras: string },
  write: (text: string) => Promise<void>,
): Promise<RowCounts> {
  return archive.read(async (view) => {
    const hash = createHash('sha256');
    const counts = noRows();
    const put = async (text: string) => {
      hash.update(text);
      await write(text);
    };
    await put(`${JSON.stringify({ format: ARCHIVE_FORMAT, version: ARCHIVE_VERSION, ...about })}\n`);
    for (const table of ARCHIVE_TABLE_NAMES) {
      for await (const rows of view.rows(table)) {
        counts[table] += rows.length;
        await put(rows.map((row) => `${JSON.stringify({ table, row })}\n`).join(''));
      }
    }
    await write(`${JSON.stringify({ end: { counts, sha256: hash.digest('hex') } })}\n`);
    return counts;
  });
}
