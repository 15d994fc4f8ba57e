import type { CveId } from '../../domain/cve/cve-id.ts';
import { changesBetween, type HistoryEntry, MOST_CHANGES } from '../../domain/history/history.ts';
import type { SourceName } from '../../domain/source/lookup.ts';
import type { SqliteDatabase } from './database.ts';

/** What changed of mirrored records, kept in bounds. */
export interface MirrorHistory {
  /** Keeps what changed between two records of a CVE; null is "not there". */
  note(source: SourceName, cveId: CveId, before: unknown, after: unknown, at: string): void;
  /** Keeps what changes of the record that the mirror has, where it has one. To be called before the new one is saved. */
  noteChanged(source: SourceName, cveId: CveId, after: unknown, at: string): void;
  find(cveId: CveId): HistoryEntry[];
}

/** The history in the embedded store. */
export function createMirrorHistory(database: SqliteDatabase): MirrorHistory {
  const insert = database.prepare(
    'INSERT OR REPLACE INTO mirror_history (cve_id, source, at, field, from_value, to_value) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const prune = database.prepare(
    `DELETE FROM mirror_history WHERE cve_id = @cveId AND source = @source AND at < (
       SELECT at FROM mirror_history WHERE cve_id = @cveId AND source = @source ORDER BY at DESC LIMIT 1 OFFSET @most)`,
  );
  const select = database.prepare<[string], HistoryEntry>(
    `SELECT cve_id AS cveId, source, at, field, from_value AS "from", to_value AS "to"
     FROM mirror_history WHERE cve_id = ? ORDER BY at, source, field`,
  );
  const current = database
    .prepare<[string, string], string | null>('SELECT record FROM mirror_records WHERE source = ? AND cve_id = ?')
    .pluck();

  function note(source: SourceName, cveId: CveId, before: unknown, after: unknown, at: string): void {
    const changes = changesBetween(source, before, after);
    for (const { field, from, to } of changes) insert.run(cveId, source, at, field, from, to);
    if (changes.length > 0) prune.run({ cveId, source, most: MOST_CHANGES - 1 });
  }

  return {
    note,
    noteChanged(source, cveId, after, at) {
      const before = current.get(source, cveId);
      if (before !== undefined && before !== null) note(source, cveId, JSON.parse(before), after, at);
    },
    find: (cveId) => select.all(cveId),
  };
}
