/**
 * What went wrong, as a constant that programs can switch on. Entry points translate codes once, at their edge
 * (the CLI into exit codes).
 */
export type RiskErrorCode =
  | 'BAD_INPUT'
  | 'NOT_AVAILABLE_YET'
  | 'SOURCE_UNAVAILABLE'
  | 'STORE_FAILED'
  | 'OUTPUT_FAILED'
  | 'QUEUE_FAILED'
  | 'INTERRUPTED';

/** The one error class. `retryable` tells whether the same call may succeed later without anybody changing anything. */
export class RiskError extends Error {
  readonly code: RiskErrorCode;
  readonly retryable: boolean;

  constructor(input: { code: RiskErrorCode; message: string; retryable?: boolean; cause?: unknown }) {
    super(input.message, input.cause === undefined ? undefined : { cause: input.cause });
    this.name = 'RiskError';
    this.code = input.code;
    this.retryable = input.retryable ?? false;
  }
}

/** The message of anything thrown, one line, without a stack. */
export function messageOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.split('\n', 1)[0] ?? '';
}
