import type { VexStatement } from '../../domain/finding/sighting.ts';
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
