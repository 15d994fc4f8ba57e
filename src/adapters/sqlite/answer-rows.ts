import type { CveId } from '../../domain/cve/cve-id.ts';
import type { SourceName } from '../../domain/source/lookup.ts';
import type { AssessmentStore } from '../../ports/assessment-store.ts';
import type { SqliteDatabase } from './database.ts';

interface AnswerRow {
  readonly cve_id: CveId;
  readonly lookup: string;
  readonly gap: string | null;
}

/** The answers that a running assessment has gathered: what a resumed run does not fetch again. */
export function createAnswerRows(
  database: SqliteDatabase,
): Pick<AssessmentStore, 'saveAnswers' | 'missingAnswers' | 'loadAnswers' | 'loadGaps'> {
  const insert = database.prepare(
    'INSERT OR IGNORE INTO answers (assessment_id, source, cve_id, lookup, gap) VALUES (?, ?, ?, ?, ?)',
  );
  // One statement for all ids: each of its own would lock and unlock the file.
  const select = database.prepare<[string, string, string], AnswerRow>(
    `SELECT cve_id, lookup, gap FROM answers
     WHERE assessment_id = ? AND source = ? AND cve_id IN (SELECT value FROM json_each(?))`,
  );
  const missing = database
    .prepare<[string, string, string], CveId>(
      `SELECT value FROM json_each(?)
       WHERE value NOT IN (SELECT cve_id FROM answers WHERE assessment_id = ? AND source = ?) ORDER BY key`,
    )
    .pluck();

  const addCount = database.prepare(
    `UPDATE runs SET http_counts = json_set(http_counts, '$.' || @name, coalesce(json_extract(http_counts, '$.' || @name), 0) + @count)
     WHERE assessment_id = @id`,
  );
  const isDone = database.prepare<[string], number>('SELECT head IS NOT NULL FROM assessments WHERE id = ?').pluck();
  const touch = database.prepare('UPDATE runs SET touched_at = ? WHERE assessment_id = ?');

  return {
    async saveAnswers(id, source, answers, http) {
      database
        .transaction(() => {
          if (isDone.get(id) === 1) return;
          for (const { cveId, lookup, gap } of answers) insert.run(id, source, cveId, JSON.stringify(lookup), gap);
          for (const [name, count] of Object.entries(http)) if (count > 0) addCount.run({ id, name, count });
          touch.run(Date.now(), id);
        })
        .immediate();
    },
    async missingAnswers(id, source, cveIds) {
      return missing.all(JSON.stringify(cveIds), id, source);
    },
    async loadGaps(id) {
      return database
        .prepare<[string], { cveId: CveId; source: SourceName; gap: string }>(
          'SELECT cve_id AS cveId, source, gap FROM answers WHERE assessment_id = ? AND gap IS NOT NULL',
        )
        .all(id);
    },
    async loadAnswers(id, source, cveIds) {
      const rows = select.all(id, source, JSON.stringify(cveIds));
      return new Map(rows.map(({ cve_id: cveId, lookup, gap }) => [cveId, { cveId, lookup: JSON.parse(lookup), gap }]));
    },
  };
}
