import type { Finding } from '../../domain/assessment/finding-schema.ts';
import type { AssessmentStore, NarrativePart, ScoredFinding, WritingTotals } from '../../ports/assessment-store.ts';
import type { SqliteDatabase } from './database.ts';

/** What pages of findings are read by. */
interface Key {
  readonly priority: number;
  readonly sort_key: string;
  readonly id: string;
}

interface ScoredRow extends Key {
  readonly document: string;
}

interface FindingRow extends ScoredRow {
  readonly vulnerability: string | null;
  readonly threat: string | null;
}

/** What is to be said of how a part was written; most parts have nothing. */
type Remarks = Pick<NarrativePart, 'notes' | 'violations' | 'isCapped'>;

/** The finding alone. */
const SCORED = 'SELECT f.priority, f.sort_key, f.id, f.document FROM findings f';

/** The finding, and what each agent has written of it. */
const WHOLE = `
  SELECT f.priority, f.sort_key, f.id, f.document, coalesce(v.part, f.vulnerability) AS vulnerability,
    coalesce(t.part, f.threat) AS threat
  FROM findings f
  LEFT JOIN narratives v ON v.assessment_id = f.assessment_id AND v.finding_id = f.id AND v.agent = 'vulnerability'
  LEFT JOIN narratives t ON t.assessment_id = f.assessment_id AND t.finding_id = f.id AND t.agent = 'threat'`;
/** Rows read at once: enough to be fast, few enough that 100,000 findings never sit in memory together. */
const PAGE = 500;

/** Findings as rows in priority order, and what the agents write of them. */
export function createFindingRows(
  database: SqliteDatabase,
): Pick<
  AssessmentStore,
  | 'saveFindings'
  | 'readFindings'
  | 'readScored'
  | 'saveNarratives'
  | 'loadWritingTotals'
  | 'readUnwritten'
  | 'firstSeen'
> {
  const insert = database.prepare(
    `INSERT OR REPLACE INTO findings (assessment_id, id, status, level, priority, sort_key, document, vulnerability, threat)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertPart = database.prepare(
    'INSERT OR REPLACE INTO narratives (assessment_id, finding_id, agent, part, remarks) VALUES (?, ?, ?, ?, ?)',
  );
  const whole = createPager<FindingRow>(database, WHOLE);
  const scored = createPager<ScoredRow>(database, SCORED);
  const unwritten = createPager<ScoredRow>(
    database,
    `${SCORED} LEFT JOIN narratives n ON n.assessment_id = f.assessment_id AND n.finding_id = f.id AND n.agent = @agent`,
    `n.finding_id IS NULL AND CASE @agent WHEN 'vulnerability' THEN f.vulnerability ELSE f.threat END IS NULL`,
  );

  async function* readFindings(id: string): AsyncGenerator<Finding> {
    for (const page of whole({ id })) yield* page.map(toFinding);
  }

  async function* readPages(pages: Iterable<readonly ScoredRow[]>): AsyncGenerator<readonly ScoredFinding[]> {
    for (const page of pages) yield page.map(({ document }) => JSON.parse(document) as ScoredFinding);
  }

  return {
    readFindings,
    readScored: (id) => readPages(scored({ id })),
    readUnwritten: (id, agent) => readPages(unwritten({ id, agent })),
    async saveFindings(id, findings) {
      database
        .transaction(() => {
          for (const { finding, priority, sortKey, written = {} } of findings) {
            const { status, risk } = finding;
            const parts = [written.vulnerability, written.threat].map((part) =>
              part === undefined ? null : JSON.stringify(part),
            );
            insert.run(id, finding.id, status, risk.level, priority, sortKey, JSON.stringify(finding), ...parts);
          }
        })
        .immediate();
    },
    async saveNarratives(id, agent, parts) {
      database
        .transaction(() => {
          for (const { findingId, part } of parts)
            insertPart.run(id, findingId, agent, JSON.stringify(part), remarksOf(part));
        })
        .immediate();
    },
    async loadWritingTotals(id) {
      const rows = database
        .prepare<[string], { vulnerabilityId: string; findingId: string; remarks: string }>(
          `SELECT json_extract(f.document, '$.vulnerabilityId') AS vulnerabilityId, n.finding_id AS findingId, n.remarks FROM narratives n
           JOIN findings f ON f.assessment_id = n.assessment_id AND f.id = n.finding_id
           WHERE n.assessment_id = ? AND n.remarks IS NOT NULL ORDER BY f.priority DESC, f.sort_key`,
        )
        .all(id);
      return sumUp(rows.map((row) => ({ ...row, remarks: JSON.parse(row.remarks) as Remarks })));
    },
    async firstSeen(findingIds, today) {
      const insertDay = database.prepare('INSERT OR IGNORE INTO first_seen (finding_id, day) VALUES (?, ?)');
      const selectDay = database.prepare<[string], string>('SELECT day FROM first_seen WHERE finding_id = ?').pluck();
      return database
        .transaction(() => {
          for (const findingId of findingIds) insertDay.run(findingId, today);
          return new Map(findingIds.map((findingId) => [findingId, selectDay.get(findingId) ?? today]));
        })
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

function remarksOf({ notes, violations, isCapped }: NarrativePart): string | null {
  return notes.length > 0 || violations > 0 || isCapped ? JSON.stringify({ notes, violations, isCapped }) : null;
}

function sumUp(
  rows: readonly { readonly vulnerabilityId: string; readonly findingId: string; readonly remarks: Remarks }[],
): WritingTotals {
  const findings = new Map<string, Set<string>>();
  for (const { findingId, remarks } of rows) {
    for (const note of remarks.notes) findings.set(note, (findings.get(note) ?? new Set()).add(findingId));
  }
  return {
    violations: rows.reduce((sum, { remarks }) => sum + remarks.violations, 0),
    cappedIds: [
      ...new Set(rows.flatMap(({ vulnerabilityId, remarks }) => (remarks.isCapped ? [vulnerabilityId] : []))),
    ],
    notes: new Map([...findings].map(([note, ids]) => [note, ids.size])),
  };
}

function toFinding(row: FindingRow): Finding {
  const scored = JSON.parse(row.document) as ScoredFinding;
  const parts = [row.vulnerability, row.threat].flatMap((text) =>
    text === null ? [] : [JSON.parse(text) as NarrativePart],
  );
  const merged = Object.assign({ summary: '', threat: '', remediation: '', businessImpact: '' }, ...parts);
  const byModel = parts.find((part) => part.source === 'llm');
  return {
    ...scored,
    narrative: {
      summary: merged.summary,
      threat: merged.threat,
      remediation: merged.remediation,
      businessImpact: merged.businessImpact,
      source: byModel?.source ?? 'rules',
      model: byModel?.model ?? null,
      citations: parts.flatMap((part) => part.citations),
      notes: [...new Set(parts.flatMap((part) => part.notes))],
    },
  };
}
