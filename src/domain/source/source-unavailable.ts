import { RiskError } from '../../kernel/risk-error.ts';

/** The error of a catalogue that cannot be read. `retryable`: asking again later may help. */
export function sourceUnavailable(message: string, retryable: boolean, cause?: unknown): RiskError {
  return new RiskError({ code: 'SOURCE_UNAVAILABLE', message, retryable, cause });
}
