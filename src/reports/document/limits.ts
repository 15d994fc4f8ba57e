/** What of a large assessment a report shows; the rest are numbers, and the data formats have them all. */
export interface DocumentLimits {
  /** Vulnerabilities that are explained in full, the most urgent first. */
  readonly explained: number;
  /** Findings in the register. */
  readonly listed: number;
  /** Fixes in the action plan. */
  readonly fixes: number;
}

/**
 * A person reads a hundred explanations in a day and five thousand never: past the hundred most urgent vulnerabilities (decision record 13) a
 * finding has its line in the register, and past five thousand lines the data formats are the better reading.
 */
export const DEFAULT_LIMITS: DocumentLimits = { explained: 100, listed: 5000, fixes: 200 };

/** Items of a list within a cell or a paragraph. */
export const LISTED_INLINE = 5;
