import type { AssessmentHead } from './schema.ts';

/** What is kept of intake beside the findings. */
export interface IntakeRecord {
  /** What could not be read. */
  readonly intakeGaps: AssessmentHead['gaps'];
  /** Places that were looked at and where nothing was found, as findings' places are written; left out where there are none. */
  readonly lookedAt?: readonly string[];
  /** Where components stood of which nobody could say whether they are vulnerable; left out where there are none. */
  readonly notLookedUp?: readonly NotLookedUp[];
}

/** A place that was looked at but for some components. */
export interface NotLookedUp {
  readonly place: string;
  /** What the components are called, bare and sorted; null: too many to tell. */
  readonly names: readonly string[] | null;
}

/** As it is stored: the gaps alone, as they always were, where there is nothing else. */
export function encodeIntake({ intakeGaps, lookedAt = [], notLookedUp = [] }: IntakeRecord): string {
  if (lookedAt.length === 0 && notLookedUp.length === 0) return JSON.stringify(intakeGaps);
  return JSON.stringify({ gaps: intakeGaps, lookedAt, ...(notLookedUp.length === 0 ? {} : { notLookedUp }) });
}

/** Reads what `encodeIntake` wrote. */
export function decodeIntake(text: string): IntakeRecord {
  const stored: unknown = JSON.parse(text);
  if (Array.isArray(stored)) return { intakeGaps: stored };
  const { gaps, ...rest } = stored as { gaps: AssessmentHead['gaps'] } & Omit<IntakeRecord, 'intakeGaps'>;
  return { intakeGaps: gaps, ...rest };
}
