import { toDigest } from '../../domain/finding/finding-digest.ts';
import { remarksOf, toNarrative } from '../../domain/finding/narrative-part.ts';
import type { NarrativeAgent, NarrativePart, RankedFinding } from '../../ports/assessment-store.ts';
import type { SqliteDatabase } from './database.ts';

type Row = readonly (string | number | null)[];

/** A finding as rows: its own, and those of what was written of it where that is not all. */
export interface FindingWrite {
  readonly finding: Row;
  readonly parts: readonly Row[];
}

/** Agents that write a part of a narrative. */
const AGENTS = 2;

/** The rows of a finding. */
export function toFindingWrite(
  assessmentId: string,
  { finding, priority, sortKey, written = {} }: RankedFinding,
): FindingWrite {
  const { id, status, risk } = finding;
  const parts = [written.vulnerability, written.threat].filter((part) => part !== undefined);
  const isWhole = parts.length === AGENTS;
  const narrative = isWhole ? JSON.stringify(toNarrative(parts)) : null;
  const rows = isWhole ? [] : Object.entries(written);
  return {
    finding: [
      assessmentId,
      id,
      status,
      risk.level,
      priority,
      sortKey,
      JSON.stringify(toDigest(finding)),
      JSON.stringify(finding),
      narrative,
    ],
    parts: rows.map(([agent, part]) => toPartRow(assessmentId, id, agent as NarrativeAgent, part)),
  };
}

/** The row of what an agent has written of a finding. */
export function toPartRow(assessmentId: string, findingId: string, agent: NarrativeAgent, part: NarrativePart): Row {
  const remarks = remarksOf(part);
  return [assessmentId, findingId, agent, JSON.stringify(part), remarks === null ? null : JSON.stringify(remarks)];
}

/** Writes rows, all or none. */
export function createFindingWrites(database: SqliteDatabase): {
  save(writes: readonly FindingWrite[]): void;
  saveParts(parts: readonly Row[]): void;
} {
  const insert = database.prepare(
    `INSERT OR REPLACE INTO findings (assessment_id, id, status, level, priority, sort_key, digest, document, narrative)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertPart = database.prepare(
    'INSERT OR IGNORE INTO narratives (assessment_id, finding_id, agent, part, remarks) VALUES (?, ?, ?, ?, ?)',
  );
  const isDone = database.prepare<[unknown], number>('SELECT head IS NOT NULL FROM assessments WHERE id = ?').pluck();
  const insertParts = (parts: readonly Row[]) => {
    for (const part of parts) insertPart.run(...part);
  };
  const saveParts = (parts: readonly Row[]) => {
    if (isDone.get(parts[0]?.[0]) !== 1) insertParts(parts);
  };
  const save = (writes: readonly FindingWrite[]) => {
    if (isDone.get(writes[0]?.finding[0]) === 1) return;
    for (const { finding, parts } of writes) {
      insert.run(...finding);
      insertParts(parts);
    }
  };
  return { save: database.transaction(save).immediate, saveParts: database.transaction(saveParts).immediate };
}
