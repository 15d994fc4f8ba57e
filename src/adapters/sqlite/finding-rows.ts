import type { Finding } from '../../domain/assessment/finding-schema.ts';
import type { AssessmentStore, NarrativeAgent, NarrativePart, ScoredFinding } from '../../ports/assessment-store.ts';
import type { SqliteDatabase } from './database.ts';

interface FindingRow {
  readonly priority: number;
  readonly sort_key: string;
  readonly id: string;
  readonly document: string;
  readonly vulnerability: string | null;
  readonly threat: string | null;
}

/** The columns of a {@link FindingRow}: the finding, and what each agent has written of it. */
const SELECT_FINDING = `
  SELECT f.priority, f.sort_key, f.id, f.document, v.part AS vulnerability, t.part AS threat
  FROM findings f
  LEFT JOIN narratives v ON v.assessment_id = f.assessment_id AND v.finding_id = f.id AND v.agent = 'vulnerability'
  LEFT JOIN narratives t ON t.assessment_id = f.assessment_id AND t.finding_id = f.id AND t.agent = 'threat'`;
const IN_PRIORITY_ORDER = 'ORDER BY f.priority DESC, f.sort_key, f.id LIMIT ?';

/** Rows read at once: enough to be fast, few enough that 100,000 findings never sit in memory together. */
const PAGE = 500;

/** Findings as rows in priority order, and what the agents write of them. */
export function createFindingRows(
  database: SqliteDatabase,
): Pick<
  AssessmentStore,
  'saveFindings' | 'readFindings' | 'saveNarratives' | 'loadWritingTotals' | 'readUnwritten' | 'firstSeen'
> {
  const insert = database.prepare(
    `INSERT OR REPLACE INTO findings (assessment_id, id, status, level, priority, sort_key, document)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const firstPage = database.prepare<[string, number], FindingRow>(
    `${SELECT_FINDING} WHERE f.assessment_id = ? ${IN_PRIORITY_ORDER}`,
  );
  const nextPage = database.prepare<[string, number, number, string, string, string, number], FindingRow>(
    `${SELECT_FINDING}
     WHERE f.assessment_id = ? AND f.priority <= ?
       AND (f.priority < ? OR f.sort_key > ? OR (f.sort_key = ? AND f.id > ?)) ${IN_PRIORITY_ORDER}`,
  );
  const insertPart = database.prepare(
    'INSERT OR REPLACE INTO narratives (assessment_id, finding_id, agent, part) VALUES (?, ?, ?, ?)',
  );

  async function* readPages(id: string): AsyncGenerator<FindingRow[]> {
    let page = firstPage.all(id, PAGE);
    while (page.length > 0) {
      yield page;
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      page = nextPage.all(id, last.priority, last.priority, last.sort_key, last.sort_key, last.id, PAGE);
    }
  }

  async function* readFindings(id: string): AsyncGenerator<Finding> {
    for await (const page of readPages(id)) yield* page.map(toFinding);
  }

  async function* readUnwritten(id: string, agent: NarrativeAgent): AsyncGenerator<ScoredFinding[]> {
    for await (const page of readPages(id)) {
      const unwritten = page.filter((row) => row[agent] === null);
      if (unwritten.length > 0) yield unwritten.map((row) => JSON.parse(row.document) as ScoredFinding);
    }
  }

  return {
    readFindings,
    readUnwritten,
    async saveFindings(id, findings) {
      database
        .transaction(() => {
          for (const { finding, priority, sortKey } of findings) {
            const { status, risk } = finding;
            insert.run(id, finding.id, status, risk.level, priority, sortKey, JSON.stringify(finding));
          }
        })
        .immediate();
    },
    async saveNarratives(id, agent, parts) {
      database
        .transaction(() => {
          for (const { findingId, part } of parts) insertPart.run(id, findingId, agent, JSON.stringify(part));
        })
        .immediate();
    },
    async loadWritingTotals(id) {
      const violations = database
        .prepare<[string], number>(
          `SELECT total(json_extract(part, '$.violations')) FROM narratives WHERE assessment_id = ?`,
        )
        .pluck()
        .get(id);
      const cappedIds = database
        .prepare<[string], string>(
          `SELECT DISTINCT json_extract(f.document, '$.vulnerabilityId') FROM narratives n
           JOIN findings f ON f.assessment_id = n.assessment_id AND f.id = n.finding_id
           WHERE n.assessment_id = ? AND json_extract(n.part, '$.isCapped') ORDER BY f.priority DESC, f.sort_key`,
        )
        .pluck()
        .all(id);
      return { violations: violations ?? 0, cappedIds };
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
