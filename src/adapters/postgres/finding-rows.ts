import type { Finding } from '../../domain/assessment/finding-schema.ts';
import { sumUpWriting, toNarrative } from '../../domain/finding/narrative-part.ts';
import type { AssessmentStore, FindingDigest, NarrativePart, ScoredFinding } from '../../ports/assessment-store.ts';
import { saveFindings, saveParts } from './finding-writes.ts';
import { type PageKey, readPages } from './pages.ts';
import type { PostgresLink } from './postgres-link.ts';

interface ScoredRow extends PageKey {
  readonly document: string;
}

interface FindingRow extends ScoredRow {
  /** The narrative where it was written at once; else what each agent has written so far. */
  readonly narrative: string | null;
  readonly vulnerability: string | null;
  readonly threat: string | null;
}

interface DigestRow extends PageKey {
  readonly digest: string;
}

/** The finding, and what has been written of it. */
const WHOLE = {
  columns: 'f.document, f.narrative, v.part AS vulnerability, t.part AS threat',
  joins: `LEFT JOIN eras.narratives v ON v.assessment_id = f.assessment_id AND v.finding_id = f.id AND v.agent = 'vulnerability'
    LEFT JOIN eras.narratives t ON t.assessment_id = f.assessment_id AND t.finding_id = f.id AND t.agent = 'threat'`,
};
const DIGEST = { columns: 'f.digest' };
const unwrittenBy = (agent: string, findingIds: readonly string[] | null) => ({
  columns: 'f.document',
  joins:
    'LEFT JOIN eras.narratives n ON n.assessment_id = f.assessment_id AND n.finding_id = f.id AND n.agent = $2::text',
  condition: 'n.finding_id IS NULL AND f.narrative IS NULL AND ($3::text[] IS NULL OR f.id = ANY ($3::text[]))',
  values: [agent, findingIds],
});

/** Findings as rows in priority order, and what the agents write of them. */
export function createFindingRows(
  link: PostgresLink,
): Pick<
  AssessmentStore,
  | 'saveFindings'
  | 'readFindings'
  | 'readFindingsAsJson'
  | 'readDigests'
  | 'saveNarratives'
  | 'loadWritingTotals'
  | 'readUnwritten'
> {
  return {
    saveFindings: (id, findings) => link.write((query) => saveFindings(query, id, findings)),
    saveNarratives: (id, agent, parts) => link.write((query) => saveParts(query, id, agent, parts)),
    async *readFindings(id) {
      for await (const page of readPages<FindingRow>(link, id, WHOLE))
        for (const row of page) yield JSON.parse(toJson(row)) as Finding;
    },
    async *readFindingsAsJson(id, separator) {
      let isFirst = true;
      for await (const page of readPages<FindingRow>(link, id, WHOLE)) {
        yield Buffer.from((isFirst ? '' : separator) + page.map(toJson).join(separator));
        isFirst = false;
      }
    },
    async *readDigests(id) {
      for await (const page of readPages<DigestRow>(link, id, DIGEST))
        yield* page.map(({ digest }) => JSON.parse(digest) as FindingDigest);
    },
    async *readUnwritten(id, agent, findingIds) {
      for await (const page of readPages<ScoredRow>(link, id, unwrittenBy(agent, findingIds ?? null)))
        yield page.map(({ document }) => JSON.parse(document) as ScoredFinding);
    },
    async loadWritingTotals(id) {
      const rows = await link.read((query) =>
        query<{ findingId: string; digest: string; remarks: string }>(
          `SELECT n.finding_id AS "findingId", f.digest, n.remarks FROM eras.narratives n
           JOIN eras.findings f ON f.assessment_id = n.assessment_id AND f.id = n.finding_id
           WHERE n.assessment_id = $1 AND n.remarks IS NOT NULL ORDER BY f.priority DESC, f.sort_key, f.id, n.agent`,
          [id],
        ),
      );
      return sumUpWriting(
        rows.map(({ findingId, digest, remarks }) => {
          const { vulnerabilityId } = JSON.parse(digest) as FindingDigest;
          return { findingId, vulnerabilityId, remarks: JSON.parse(remarks) };
        }),
      );
    },
  };
}

function toJson({ document, narrative, vulnerability, threat }: FindingRow): string {
  const written = narrative ?? JSON.stringify(toNarrative(readParts([vulnerability, threat])));
  return `${document.slice(0, -1)},"narrative":${written}}`;
}

function readParts(texts: readonly (string | null)[]): NarrativePart[] {
  return texts.flatMap((text) => (text === null ? [] : [JSON.parse(text) as NarrativePart]));
}
