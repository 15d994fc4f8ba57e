import type { AssessmentDiff, FieldChange, FindingState } from '../domain/assessment/diff.ts';
import { plainText } from './words.ts';

/** The names of the two assessments of a diff. */
export interface DiffEnds {
  readonly from: { readonly id: string; readonly createdAt: string };
  readonly to: { readonly id: string; readonly createdAt: string };
}

/** A diff as lines of a terminal. */
export function renderDiff({ from, to }: DiffEnds, { added, removed, changed, unchanged }: AssessmentDiff): string {
  const lines = [
    `${from.id} (${from.createdAt.slice(0, 10)}) → ${to.id} (${to.createdAt.slice(0, 10)})`,
    `${added.length} new, ${removed.length} gone, ${changed.length} changed, ${unchanged} as before`,
  ];
  if (added.length > 0) lines.push('', 'new', ...added.map((state) => `  ${toLine(state)}`));
  if (removed.length > 0) lines.push('', 'gone', ...removed.map((state) => `  ${toLine(state)}`));
  if (changed.length > 0) {
    lines.push('', 'changed');
    for (const { vulnerabilityId, asset, changes } of changed) {
      lines.push(`  ${nameOf(vulnerabilityId, asset)}`, ...changes.map((change) => `    ${inWords(change)}`));
    }
  }
  return `${lines.join('\n')}\n`;
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
  const say = (value: string | number | null) => (value === null ? '–' : plainText(String(value), 120));
  return `${field}: ${say(from)} → ${say(to)}`;
}
