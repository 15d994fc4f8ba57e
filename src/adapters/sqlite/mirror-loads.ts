import type { CveId } from '../../domain/cve/cve-id.ts';
import type { IndexedRow, MirrorLoads, PagedLoad } from '../../ports/mirror-loads.ts';
import type { SqliteDatabase } from './database.ts';
import { createMirrorHistory } from './mirror-history.ts';

/** Loads by pages, and what the records that they bring can be found by. */
export function createSqliteMirrorLoads(database: SqliteDatabase): MirrorLoads {
  const history = createMirrorHistory(database);
  // The mark of the later of two loads stays: each of two processes that load at once would otherwise miss what the other one saved over it.
  const save = database.prepare(
    `INSERT INTO mirror_records (source, cve_id, record, fetched_at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET record = excluded.record, fetched_at = max(fetched_at, excluded.fetched_at)`,
  );
  const saveProduct = database.prepare('INSERT OR IGNORE INTO mirror_products (product, cve_id) VALUES (?, ?)');
  const saveWeakness = database.prepare('INSERT OR IGNORE INTO mirror_weaknesses (cwe, cve_id) VALUES (?, ?)');
  const saveConfigurations = database.prepare(
    'INSERT OR REPLACE INTO mirror_configurations (cve_id, configurations) VALUES (?, ?)',
  );
  const dropConfigurations = database.prepare('DELETE FROM mirror_configurations WHERE cve_id = ?');
  const saveLoad = database.prepare('INSERT OR REPLACE INTO mirror_loads (source, load) VALUES (?, ?)');

  function saveIndex({ cveId, record, products, configurations }: IndexedRow<unknown>): void {
    for (const product of products) saveProduct.run(product, cveId);
    if (configurations === null) dropConfigurations.run(cveId);
    else saveConfigurations.run(cveId, configurations);
    for (const cwe of cwesOf(record)) saveWeakness.run(cwe, cveId);
  }

  return {
    findLoad(source) {
      const load = database
        .prepare<[string], string>('SELECT load FROM mirror_loads WHERE source = ?')
        .pluck()
        .get(source);
      return load === undefined ? null : (JSON.parse(load) as PagedLoad);
    },
    savePage(source, rows, fetchedAt, load) {
      database
        .transaction(() => {
          for (const { cveId, record, ...found } of rows) {
            history.noteChanged(source, cveId, record, fetchedAt);
            save.run(source, cveId, JSON.stringify(record), fetchedAt);
            saveIndex({ cveId, record, ...found });
          }
          if (load !== null) saveLoad.run(source, JSON.stringify(load));
        })
        .immediate();
    },
    countLoaded(source, { begunAt, window }) {
      const count = database
        .prepare<[Record<string, string>], number>(
          `SELECT count(*) FROM mirror_records
           WHERE source = @source AND record IS NOT NULL AND fetched_at >= @begunAt
             AND (@from = '' OR json_extract(record, '$.lastModified') BETWEEN @from AND @to)`,
        )
        .pluck();
      return count.get({ source, begunAt, from: window?.from ?? '', to: window?.to ?? '' }) ?? 0;
    },
    finishLoad(source, { version, fetchedAt }) {
      return database
        .transaction(() => {
          const records = Number(
            database
              .prepare('SELECT count(*) FROM mirror_records WHERE source = ? AND record IS NOT NULL')
              .pluck()
              .get(source),
          );
          database
            .prepare('INSERT OR REPLACE INTO mirror_state (source, version, records, fetched_at) VALUES (?, ?, ?, ?)')
            .run(source, version, records, fetchedAt);
          database.prepare('DELETE FROM mirror_loads WHERE source = ?').run(source);
          return records;
        })
        .immediate();
    },
    hasUnmatchable: () =>
      database.prepare("SELECT 1 FROM mirror_configurations WHERE configurations = '' LIMIT 1").get() !== undefined,
    dropUnmatchable() {
      database.prepare("DELETE FROM mirror_configurations WHERE configurations = ''").run();
    },
    findOlder(source, before) {
      const rows = database.prepare<[string, string], CveId>(
        'SELECT cve_id FROM mirror_records WHERE source = ? AND fetched_at < ? ORDER BY cve_id',
      );
      return rows.pluck().all(source, before);
    },
    findHistory: (cveId) => history.find(cveId),
    findCveIds(by) {
      const [sql, value] =
        'product' in by
          ? ['SELECT cve_id FROM mirror_products WHERE product = ? ORDER BY cve_id', by.product]
          : ['SELECT cve_id FROM mirror_weaknesses WHERE cwe = ? ORDER BY cve_id', by.cwe];
      return database.prepare<[string], CveId>(sql).pluck().all(value);
    },
  };
}

function cwesOf(record: unknown): readonly string[] {
  const hasCwes = typeof record === 'object' && record !== null && 'cwes' in record && Array.isArray(record.cwes);
  return hasCwes ? (record.cwes as string[]) : [];
}
