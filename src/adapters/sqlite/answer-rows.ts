import type { CveId } from '../../domain/cve/cve-id.ts';
import type { AssessmentStore, GatheredAnswer } from '../../ports/assessment-store.ts';
import type { SqliteDatabase } from './database.ts';

/** The answers that a running assessment has gathered: what a resumed run does not fetch again. */
export function createAnswerRows(
  database: SqliteDatabase,
): Pick<AssessmentStore, 'saveAnswers' | 'missingAnswers' | 'loadAnswers'> {
  const insert = database.prepare(
    'INSERT OR REPLACE INTO answers (assessment_id, source, cve_id, lookup, gap) VALUES (?, ?, ?, ?, ?)',
  );
  const select = database.prepare<[string, string, string], { lookup: string; gap: string | null }>(
    'SELECT lookup, gap FROM answers WHERE assessment_id = ? AND source = ? AND cve_id = ?',
  );
  const has = database
    .prepare<[string, string, string], number>(
      'SELECT 1 FROM answers WHERE assessment_id = ? AND source = ? AND cve_id = ?',
    )
    .pluck();

  const touch = database.prepare('UPDATE assessments SET touched_at = ? WHERE id = ?');

  return {
    async saveAnswers(id, source, answers, http) {
      database
        .transaction(() => {
          for (const { cveId, lookup, gap } of answers) insert.run(id, source, cveId, JSON.stringify(lookup), gap);
          for (const [name, count] of Object.entries(http)) addCount(database, id, name, count);
          touch.run(Date.now(), id);
        })
        .immediate();
    },
    async missingAnswers(id, source, cveIds) {
      return cveIds.filter((cveId) => has.get(id, source, cveId) === undefined);
    },
    async loadAnswers(id, source, cveIds) {
      const answers = new Map<CveId, GatheredAnswer>();
      for (const cveId of cveIds) {
        const row = select.get(id, source, cveId);
        if (row !== undefined) answers.set(cveId, { cveId, lookup: JSON.parse(row.lookup), gap: row.gap });
      }
      return answers;
    },
  };
}

function addCount(database: SqliteDatabase, id: string, name: string, count: number): void {
  database
    .prepare(
      `UPDATE assessments SET http_counts = json_set(http_counts, '$.' || @name, coalesce(json_extract(http_counts, '$.' || @name), 0) + @count)
       WHERE id = @id`,
    )
    .run({ id, name, count });
}
