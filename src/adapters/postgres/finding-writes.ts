import { toDigest } from '../../domain/finding/finding-digest.ts';
import { remarksOf, toNarrative } from '../../domain/finding/narrative-part.ts';
import { storableText } from '../../kernel/storable-text.ts';
import type { NarrativeAgent, NarrativePart, RankedFinding } from '../../ports/assessment-store.ts';
import { inBulk, lastOfEach } from './bulk.ts';
import { isDone } from './is-done.ts';
import type { Query } from './query.ts';

type Row = readonly (string | number | null)[];

const INSERT_FINDINGS =
  'INSERT INTO eras.findings (assessment_id, id, status, level, priority, sort_key, digest, document, narrative)';
const REPLACE_FINDINGS = `
  ON CONFLICT (assessment_id, id) DO UPDATE SET status = excluded.status, level = excluded.level, priority = excluded.priority,
    sort_key = excluded.sort_key, digest = excluded.digest, document = excluded.document, narrative = excluded.narrative`;

const INSERT_PARTS = 'INSERT INTO eras.narratives (assessment_id, finding_id, agent, part, remarks)';
const KEEP_FIRST = 'ON CONFLICT (assessment_id, finding_id, agent) DO NOTHING';

/** Agents that write a part of a narrative. */
const AGENTS = 2;

/** Writes findings, and what was written of them at once. In the order of their keys: two writers of the same rows wait, and do not block each other. */
export async function saveFindings(query: Query, id: string, ranked: readonly RankedFinding[]): Promise<void> {
  if (await isDone(query, id)) return;
  const last = lastOfEach(ranked, ({ finding }) => finding.id).sort((one, other) =>
    one.finding.id < other.finding.id ? -1 : 1,
  );
  await inBulk(
    query,
    INSERT_FINDINGS,
    last.map((one) => toRow(id, one)),
    REPLACE_FINDINGS,
  );
  const parts = last.flatMap(({ finding, written = {} }) =>
    isWhole(written)
      ? []
      : Object.entries(written).map(([agent, part]) => toPartRow(id, finding.id, agent as NarrativeAgent, part)),
  );
  await inBulk(query, INSERT_PARTS, parts, KEEP_FIRST);
}

/** Writes what an agent has written. */
export async function saveParts(
  query: Query,
  id: string,
  agent: NarrativeAgent,
  parts: readonly { findingId: string; part: NarrativePart }[],
): Promise<void> {
  if (await isDone(query, id)) return;
  const last = lastOfEach(parts, ({ findingId }) => findingId);
  const rows = last.map(({ findingId, part }) => toPartRow(id, findingId, agent, part));
  await inBulk(query, INSERT_PARTS, rows, KEEP_FIRST);
}

function toRow(id: string, { finding, priority, sortKey, written = {} }: RankedFinding): Row {
  const parts = [written.vulnerability, written.threat].filter((part) => part !== undefined);
  const narrative = isWhole(written) ? JSON.stringify(toNarrative(parts)) : null;
  return [
    id,
    finding.id,
    finding.status,
    finding.risk.level,
    priority,
    storableText(sortKey),
    JSON.stringify(toDigest(finding)),
    JSON.stringify(finding),
    narrative,
  ];
}

function isWhole(written: NonNullable<RankedFinding['written']>): boolean {
  return Object.keys(written).length === AGENTS;
}

function toPartRow(id: string, findingId: string, agent: NarrativeAgent, part: NarrativePart): Row {
  const remarks = remarksOf(part);
  return [id, findingId, agent, JSON.stringify(part), remarks === null ? null : JSON.stringify(remarks)];
}
