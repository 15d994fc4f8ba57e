import { isBare, type Subject } from '../../domain/finding/subject.ts';
import type { AssessmentStore } from '../../ports/assessment-store.ts';
import type { SqliteDatabase } from './database.ts';

interface SubjectRow {
  readonly vulnerability_id: string;
  readonly document: string;
}

/** What the findings of an assessment are about: rows by vulnerability, none where it is a CVE id and nothing else. */
export function createSubjectRows(database: SqliteDatabase): Pick<
  AssessmentStore,
  'loadSubjects' | 'otherIds' | 'countSubjects'
> & {
  save(id: string, subjects: readonly Subject[]): void;
} {
  const insert = database.prepare(
    'INSERT INTO subjects (assessment_id, vulnerability_id, place, has_cve, document) VALUES (?, ?, ?, ?, ?)',
  );
  const select = database.prepare<[string, string], SubjectRow>(
    `SELECT vulnerability_id, document FROM subjects
     WHERE assessment_id = ? AND vulnerability_id IN (SELECT value FROM json_each(?)) ORDER BY vulnerability_id, place`,
  );
  const others = database
    .prepare<[string], string>(
      'SELECT DISTINCT vulnerability_id FROM subjects WHERE assessment_id = ? AND has_cve = 0 ORDER BY vulnerability_id',
    )
    .pluck();
  const count = database.prepare<[string], number>('SELECT count(*) FROM subjects WHERE assessment_id = ?').pluck();
  return {
    save(id, subjects) {
      for (const [place, subject] of subjects.entries()) {
        if (isBare(subject)) continue;
        const { vulnerabilityId, cveId } = subject;
        insert.run(id, vulnerabilityId, place, cveId === null ? 0 : 1, JSON.stringify(subject));
      }
    },
    async loadSubjects(id, vulnerabilityIds) {
      const subjects = new Map<string, Subject[]>();
      for (const { vulnerability_id: key, document } of select.all(id, JSON.stringify(vulnerabilityIds))) {
        const known = subjects.get(key);
        if (known === undefined) subjects.set(key, [JSON.parse(document)]);
        else known.push(JSON.parse(document));
      }
      return subjects;
    },
    otherIds: async (id) => others.all(id),
    countSubjects: async (id) => count.get(id) ?? 0,
  };
}
