import type { RiskErrorCode } from '../kernel/risk-error.ts';

/** Exit codes of the outside contract, section 1. */
export const EXIT = { done: 0, failed: 1, badInput: 2, gaps: 3, gateTripped: 4, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code of an error. */
export const EXIT_OF_ERROR: Readonly<Record<RiskErrorCode, ExitCode>> = {
  BAD_INPUT: EXIT.badInput,
  NOT_AVAILABLE_YET: EXIT.badInput,
  SOURCE_UNAVAILABLE: EXIT.failed,
  STORE_FAILED: EXIT.failed,
  OUTPUT_FAILED: EXIT.failed,
  QUEUE_FAILED: EXIT.failed,
  INTERRUPTED: EXIT.interrupted,
};
