import type { Finding } from '../../domain/assessment/finding-schema.ts';
import { sumUpWriting, toNarrative, type WritingRemarks } from '../../domain/finding/narrative-part.ts';
import type { AssessmentStore, FindingDigest, NarrativePart, ScoredFinding } from '../../ports/assessment-store.ts';
import type { SqliteDatabase } from './database.ts';
import { createFindingWrites, toFindingWrite, toPartRow } from './finding-writes.ts';

/** What pages of findings are read by. */
interface Key {
  readonly priority: number;
  readonly sort_key: string;
  readonly id: string;
}

interface ScoredRow extends Key {
  readonly document: string;
}

/** Documents as the bytes that they are in the file: most of them are only passed on. */
interface FindingRow extends Key {
  readonly document: Buffer;
  /** The narrative where it was written at once; else what each agent has written so far. */
  readonly narrative: Buffer | null;
  readonly vulnerability: string | null;
  readonly threat: string | null;
}

interface DigestRow extends Key {
  readonly digest: string;
}

/** The finding alone. */
const SCORED = 'SELECT f.priority, f.sort_key, f.id, f.document FROM findings f';

/** The finding, and what has been written of it. */
const WHOLE = `
  SELECT f.priority, f.sort_key, f.id, CAST(f.document AS BLOB) AS document, CAST(f.narrative AS BLOB) AS narrative, v.part AS vulnerability, t.part AS threat
  FROM findings f
  LEFT JOIN narratives v ON v.assessment_id = f.assessment_id AND v.finding_id = f.id AND v.agent = 'vulnerability'
  LEFT JOIN narratives t ON t.assessment_id = f.assessment_id AND t.finding_id = f.id AND t.agent = 'threat'`;

/** What is counted of the finding. */
const DIGEST = 'SELECT f.priority, f.sort_key, f.id, f.digest FROM findings f';

/** Rows read at once: enough to be fast, few enough that 100,000 findings never sit in memory together. */
const PAGE = 500;

/** Findings as rows in priority order, and what the agents write of them. */
export function createFindingRows(
  database: SqliteDatabase,
): Pick<
  AssessmentStore,
  | 'saveFindings'
  | 'readFindings'
  | 'readFindingsAsJson'
  | 'readDigests'
  | 'saveNarratives'
  | 'loadWritingTotals'
  | 'readUnwritten'
  | 'firstSeen'
> {
  const { save, saveParts } = createFindingWrites(database);
  const whole = createPager<FindingRow>(database, WHOLE);
  const digests = createPager<DigestRow>(database, DIGEST);
  const unwritten = createPager<ScoredRow>(
    database,
    `${SCORED} LEFT JOIN narratives n ON n.assessment_id = f.assessment_id AND n.finding_id = f.id AND n.agent = @agent`,
    'n.finding_id IS NULL AND f.narrative IS NULL AND (@ids IS NULL OR f.id IN (SELECT value FROM json_each(@ids)))',
  );

  const seenOn = database
    .prepare<[string, string], string>(
      'INSERT INTO first_seen (finding_id, day) VALUES (?, ?) ON CONFLICT DO UPDATE SET day = day RETURNING day',
    )
    .pluck();

  async function* readFindings(id: string): AsyncGenerator<Finding> {
    for (const page of whole({ id })) for (const row of page) yield JSON.parse(Buffer.concat(toJson(row)).toString());
  }

  async function* readFindingsAsJson(id: string, separator: string): AsyncGenerator<Uint8Array> {
    const between = Buffer.from(separator);
    let isFirst = true;
    for (const page of whole({ id })) {
      const pieces = page.flatMap((row) => [between, ...toJson(row)]);
      yield Buffer.concat(isFirst ? pieces.slice(1) : pieces);
      isFirst = false;
    }
  }

  async function* readDigests(id: string): AsyncGenerator<FindingDigest> {
    for (const page of digests({ id })) yield* page.map(({ digest }) => JSON.parse(digest));
  }

  async function* readPages(pages: Iterable<readonly ScoredRow[]>): AsyncGenerator<readonly ScoredFinding[]> {
    for (const page of pages) yield page.map(({ document }) => JSON.parse(document) as ScoredFinding);
  }

  return {
    readFindings,
    readFindingsAsJson,
    readDigests,
    readUnwritten: (id, agent, findingIds) =>
      readPages(unwritten({ id, agent, ids: findingIds === undefined ? null : JSON.stringify(findingIds) })),
    async saveFindings(id, findings) {
      save(findings.map((finding) => toFindingWrite(id, finding)));
    },
    async saveNarratives(id, agent, parts) {
      saveParts(parts.map(({ findingId, part }) => toPartRow(id, findingId, agent, part)));
    },
    async loadWritingTotals(id) {
      const rows = database
        .prepare<[string], { vulnerabilityId: string; findingId: string; remarks: string }>(
          `SELECT json_extract(f.document, '$.vulnerabilityId') AS vulnerabilityId, n.finding_id AS findingId, n.remarks FROM narratives n
           JOIN findings f ON f.assessment_id = n.assessment_id AND f.id = n.finding_id
           WHERE n.assessment_id = ? AND n.remarks IS NOT NULL ORDER BY f.priority DESC, f.sort_key`,
        )
        .all(id);
      return sumUpWriting(rows.map((row) => ({ ...row, remarks: JSON.parse(row.remarks) as WritingRemarks })));
    },
    async firstSeen(findingIds, today) {
      return database
        .transaction(() => new Map(findingIds.map((id) => [id, seenOn.get(id, today) ?? today])))
        .immediate();
    },
  };
}

/** Reads rows in priority order, a page at a time, so that what is written meanwhile moves none of them. */
function createPager<Row extends Key>(database: SqliteDatabase, select: string, condition = 'TRUE') {
  const of = (after: string) =>
    database.prepare<[object], Row>(
      `${select} WHERE f.assessment_id = @id AND ${condition} AND ${after}
       ORDER BY f.priority DESC, f.sort_key, f.id LIMIT ${PAGE}`,
    );
  const first = of('TRUE');
  const next = of(
    `f.priority <= @priority AND (f.priority < @priority OR f.sort_key > @sort_key OR (f.sort_key = @sort_key AND f.id > @after))`,
  );
  return function* read(parameters: object): Generator<Row[]> {
    let page = first.all(parameters);
    while (page.length > 0) {
      yield page;
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      const { priority, sort_key, id: after } = last;
      page = next.all({ ...parameters, priority, sort_key, after });
    }
  };
}

const [BEFORE_NARRATIVE, END_OF_FINDING] = [Buffer.from(',"narrative":'), Buffer.from('}')];

function toJson({ document, narrative, vulnerability, threat }: FindingRow): Buffer[] {
  const written = narrative ?? Buffer.from(JSON.stringify(toNarrative(readParts([vulnerability, threat]))));
  return [document.subarray(0, -1), BEFORE_NARRATIVE, written, END_OF_FINDING];
}

function readParts(texts: readonly (string | null)[]): NarrativePart[] {
  return texts.flatMap((text) => (text === null ? [] : [JSON.parse(text) as NarrativePart]));
}
