import type { VexStatement } from '../../domain/finding/sighting.ts';
import { clipLine } from '../../kernel/clip.ts';
import type { UnusableEntry } from './report-format.ts';
import { textOf } from './values.ts';

/** CycloneDX's impact analysis state in OpenVEX's words. */
const STATUS_OF_STATE: ReadonlyMap<string, VexStatement['status']> = new Map([
  ['exploitable', 'affected'],
  ['in_triage', 'under_investigation'],
  ['false_positive', 'not_affected'],
  ['not_affected', 'not_affected'],
  ['resolved', 'fixed'],
  ['resolved_with_pedigree', 'fixed'],
]);

/** The status of an analysis's state in whatever case; undefined where it is none, or not set. */
export function statusOfState(state: unknown): VexStatement['status'] | undefined {
  return STATUS_OF_STATE.get((textOf(state) ?? '').toLowerCase());
}

/** A word of a document where its format knows it; what nobody knows is no reason, and clears nothing. */
export function knownWord(given: string | null, known: readonly string[]): string | null {
  return given !== null && known.includes(given) ? given : null;
}

/** The gap for a word that its format does not know; none where it is known, or missing. */
export function* unknownWord(
  what: string,
  given: string | null,
  known: readonly string[],
  position: string,
): Generator<UnusableEntry> {
  if (given === null || known.includes(given)) return;
  const problem = `the ${what} "${clipLine(given, 40)}" is none of ${known.join(', ')}, and counts for nothing`;
  yield { kind: 'unreadable', position, what: problem };
}

/** CycloneDX's states, and that none is set. */
export const STATES: readonly string[] = [...STATUS_OF_STATE.keys(), 'not_set'];
