import type { CveId } from '../../domain/cve/cve-id.ts';
import type { SourceName } from '../../domain/source/lookup.ts';
import { storableText } from '../../kernel/storable-text.ts';
import type { AssessmentStore } from '../../ports/assessment-store.ts';
import { inBulk, lastOfEach } from './bulk.ts';
import { isDone } from './is-done.ts';
import type { PostgresLink } from './postgres-link.ts';

interface AnswerRow {
  readonly cve_id: CveId;
  readonly lookup: string;
  readonly gap: string | null;
}

const INSERT = 'INSERT INTO eras.answers (assessment_id, source, cve_id, lookup, gap)';
const KEEP_FIRST = 'ON CONFLICT (assessment_id, source, cve_id) DO NOTHING';

/** The answers that a running assessment has gathered: what a resumed run does not fetch again. */
export function createAnswerRows(
  link: PostgresLink,
): Pick<AssessmentStore, 'saveAnswers' | 'missingAnswers' | 'loadAnswers' | 'loadGaps'> {
  return {
    saveAnswers: (id, source, answers, http) =>
      link.write(async (query) => {
        if (await isDone(query, id)) return;
        const rows = lastOfEach(answers, ({ cveId }) => cveId).map(
          ({ cveId, lookup, gap }) =>
            [id, source, cveId, JSON.stringify(lookup), gap === null ? null : storableText(gap)] as const,
        );
        await inBulk(query, INSERT, rows, KEEP_FIRST);
        const [run] = await query<{ counts: string }>(
          'SELECT http_counts AS counts FROM eras.runs WHERE assessment_id = $1 FOR UPDATE',
          [id],
        );
        const counts = addCounts(JSON.parse(run?.counts ?? '{}'), http);
        await query('UPDATE eras.runs SET http_counts = $2, touched_at = clock_timestamp() WHERE assessment_id = $1', [
          id,
          JSON.stringify(counts),
        ]);
      }),
    async missingAnswers(id, source, cveIds) {
      const rows = await link.read((query) =>
        query<{ cveId: CveId }>(
          `SELECT wanted.id AS "cveId" FROM unnest($3::text[]) WITH ORDINALITY AS wanted (id, place)
           WHERE NOT EXISTS (SELECT FROM eras.answers a WHERE a.assessment_id = $1 AND a.source = $2 AND a.cve_id = wanted.id COLLATE "C")
           ORDER BY place`,
          [id, source, cveIds],
        ),
      );
      return rows.map(({ cveId }) => cveId);
    },
    loadGaps: (id) =>
      link.read((query) =>
        query<{ cveId: CveId; source: SourceName; gap: string }>(
          `SELECT cve_id AS "cveId", source, gap FROM eras.answers WHERE assessment_id = $1 AND gap IS NOT NULL
           ORDER BY source, cve_id`,
          [id],
        ),
      ),
    async loadAnswers(id, source, cveIds) {
      const rows = await link.read((query) =>
        query<AnswerRow>(
          `SELECT cve_id, lookup, gap FROM eras.answers WHERE assessment_id = $1 AND source = $2 AND cve_id = ANY ($3::text[])`,
          [id, source, cveIds],
        ),
      );
      return new Map(rows.map(({ cve_id: cveId, lookup, gap }) => [cveId, { cveId, lookup: JSON.parse(lookup), gap }]));
    },
  };
}

function addCounts(known: Record<string, number>, more: Readonly<Record<string, number>>): Record<string, number> {
  const sums = { ...known };
  for (const [name, count] of Object.entries(more)) if (count > 0) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}
