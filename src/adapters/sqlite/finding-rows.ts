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

/** Rows read at once: enough to be fast, few enough that 100,000 findings never sit in memory together. */
const PAGE = 500;

/** Findings as rows in priority order, with a narrative column for each agent. */
export function createFindingRows(
  database: SqliteDatabase,
): Pick<AssessmentStore, 'saveFindings' | 'readFindings' | 'saveNarratives' | 'readUnwritten' | 'firstSeen'> {
  const insert = database.prepare(
    `INSERT OR REPLACE INTO findings (assessment_id, id, status, level, priority, sort_key, document)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const firstPage = database.prepare<[string, number], FindingRow>(
    `SELECT priority, sort_key, id, document, vulnerability, threat FROM findings
     WHERE assessment_id = ? ORDER BY priority DESC, sort_key, id LIMIT ?`,
  );
  const nextPage = database.prepare<[string, number, number, string, string, string, number], FindingRow>(
    `SELECT priority, sort_key, id, document, vulnerability, threat FROM findings
     WHERE assessment_id = ? AND (priority < ? OR (priority = ? AND (sort_key > ? OR (sort_key = ? AND id > ?))))
     ORDER BY priority DESC, sort_key, id LIMIT ?`,
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
      const unwritten = page.filter((row) => row[columnOf(agent)] === null);
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
      const update = database.prepare(`UPDATE findings SET ${columnOf(agent)} = ? WHERE assessment_id = ? AND id = ?`);
      database
        .transaction(() => {
          for (const { findingId, part } of parts) update.run(JSON.stringify(part), id, findingId);
        })
        .immediate();
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

function columnOf(agent: NarrativeAgent): 'vulnerability' | 'threat' {
  return agent === 'threat' ? 'threat' : 'vulnerability';
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
      ...merged,
      source: byModel?.source ?? 'rules',
      model: byModel?.model ?? null,
      citations: parts.flatMap((part) => part.citations),
    },
  };
}
