import {
  type AssessmentDiff,
  byDirection,
  type ChangedFinding,
  causesOf,
  type Direction,
  type FieldChange,
} from '../domain/assessment/diff.ts';
import type { FindingState } from '../domain/assessment/finding-state.ts';
import { amountWords, lossRange } from './loss-words.ts';
import { plainText } from './words.ts';

/** The names of the two assessments of a diff. */
export interface DiffEnds {
  readonly from: { readonly id: string; readonly createdAt: string };
  readonly to: { readonly id: string; readonly createdAt: string };
}

const TITLES: Readonly<Record<Direction, string>> = {
  worse: 'worse',
  better: 'better',
  same: 'same outcome, other grounds',
};

/** A diff as lines of a terminal. */
export function renderDiff({ from, to }: DiffEnds, diff: AssessmentDiff): string {
  const { added, removed } = diff;
  const moved = byDirection(diff);
  const lines = [
    `${from.id} (${from.createdAt.slice(0, 10)}) → ${to.id} (${to.createdAt.slice(0, 10)})`,
    diffCounts(diff),
  ];
  if (added.length > 0) lines.push('', 'new', ...added.map((state) => `  ${toLine(state)}`));
  if (removed.length > 0)
    lines.push('', 'gone (mended, or not looked for again)', ...removed.map((state) => `  ${toLine(state)}`));
  for (const direction of ['worse', 'better', 'same'] as const) {
    if (moved[direction].length > 0) lines.push('', TITLES[direction], ...moved[direction].flatMap(changeLines));
  }
  return `${lines.join('\n')}\n`;
}

/** How many findings came, went and moved, in a line. */
export function diffCounts(diff: AssessmentDiff): string {
  const { added, removed, changed, unchanged } = diff;
  const { worse, better } = byDirection(diff);
  return `${added.length} new, ${removed.length} gone, ${changed.length} changed (${worse.length} worse, ${better.length} better), ${unchanged} as before`;
}

function becauseOf(finding: ChangedFinding): string {
  const causes = causesOf(finding);
  return causes.length === 0 ? 'none of its grounds has changed: by time or method' : plainText(causes.join('; '), 300);
}

function changeLines(finding: ChangedFinding): string[] {
  return [
    `  ${nameOf(finding.vulnerabilityId, finding.asset)} (${becauseOf(finding)})`,
    ...finding.changes.map((change) => `    ${inWords(change)}`),
  ];
}

function toLine({ vulnerabilityId, asset, level, timeline, dueDate }: FindingState): string {
  const decision = timeline === null ? '' : `, ${timeline.replaceAll('_', ' ')}`;
  const due = dueDate === null ? '' : ` by ${dueDate}`;
  return `${nameOf(vulnerabilityId, asset)}: ${level ?? 'no level'}${decision}${due}`;
}

function nameOf(vulnerabilityId: string, asset: string | null): string {
  return asset === null ? vulnerabilityId : `${vulnerabilityId} on ${plainText(asset, 60)}`;
}

function inWords({ field, from, to }: FieldChange): string {
  const say = (value: string | number | null) => {
    if (value === null) return '–';
    if (field === 'ale' && typeof value === 'number') return amountWords(value);
    const range = lossRange(String(value));
    return range === null ? plainText(String(value), 120) : range.map(amountWords).join(' to ');
  };
  return `${field}: ${say(from)} → ${say(to)}`;
}
