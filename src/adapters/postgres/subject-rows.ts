import { isBare, type Subject } from '../../domain/finding/subject.ts';
import type { AssessmentStore } from '../../ports/assessment-store.ts';
import { inBulk } from './bulk.ts';
import type { PostgresLink } from './postgres-link.ts';
import type { Query } from './query.ts';

const INSERT = 'INSERT INTO eras.subjects (assessment_id, vulnerability_id, place, has_cve, document)';

/** Stores what the findings of an assessment are about: rows by vulnerability, none where it is a CVE id and nothing else. */
export async function saveSubjects(query: Query, id: string, subjects: readonly Subject[]): Promise<void> {
  const rows = [...subjects.entries()].flatMap(([place, subject]) => {
    const { vulnerabilityId, cveId } = subject;
    return isBare(subject) ? [] : [[id, vulnerabilityId, place, cveId === null ? 0 : 1, JSON.stringify(subject)]];
  });
  await inBulk(query, INSERT, rows);
}

/** Reads what the findings of an assessment are about. */
export function createSubjectRows(
  link: PostgresLink,
): Pick<AssessmentStore, 'loadSubjects' | 'otherIds' | 'countSubjects'> {
  return {
    async loadSubjects(id, vulnerabilityIds) {
      const rows = await link.read((query) =>
        query<{ key: string; document: string }>(
          `SELECT vulnerability_id AS key, document FROM eras.subjects
           WHERE assessment_id = $1 AND vulnerability_id = ANY ($2::text[]) ORDER BY vulnerability_id, place`,
          [id, vulnerabilityIds],
        ),
      );
      const subjects = new Map<string, Subject[]>();
      for (const { key, document } of rows) {
        const known = subjects.get(key);
        if (known === undefined) subjects.set(key, [JSON.parse(document)]);
        else known.push(JSON.parse(document));
      }
      return subjects;
    },
    async otherIds(id) {
      const rows = await link.read((query) =>
        query<{ key: string }>(
          `SELECT DISTINCT vulnerability_id AS key FROM eras.subjects WHERE assessment_id = $1 AND has_cve = 0 ORDER BY key`,
          [id],
        ),
      );
      return rows.map(({ key }) => key);
    },
    async countSubjects(id) {
      const [row] = await link.read((query) =>
        query<{ count: number }>('SELECT count(*)::int AS count FROM eras.subjects WHERE assessment_id = $1', [id]),
      );
      return row?.count ?? 0;
    },
  };
}
