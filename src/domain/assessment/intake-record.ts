import type { AssessmentHead } from './schema.ts';

/** What is kept of intake beside the findings. */
export interface IntakeRecord {
  /** What could not be read. */
  readonly intakeGaps: AssessmentHead['gaps'];
  /** Places that were looked at and where nothing was found, as findings' places are written; left out where there are none. */
  readonly lookedAt?: readonly string[];
}

/** As it is stored: the gaps alone, as they always were, where there is nothing else. */
export function encodeIntake({ intakeGaps, lookedAt = [] }: IntakeRecord): string {
  return JSON.stringify(lookedAt.length === 0 ? intakeGaps : { gaps: intakeGaps, lookedAt });
}

/** Reads what `encodeIntake` wrote. */
export function decodeIntake(text: string): IntakeRecord {
  const stored: unknown = JSON.parse(text);
  if (Array.isArray(stored)) return { intakeGaps: stored };
  const { gaps, lookedAt } = stored as { gaps: AssessmentHead['gaps']; lookedAt: readonly string[] };
  return { intakeGaps: gaps, lookedAt };
}
