/** Ids that tie lines of the log to the work they speak of. */
export interface CorrelationIds {
  readonly assessmentId?: string;
  readonly jobId?: string;
  readonly traceId?: string;
}

/** Which work is going on here, for the log. */
export interface Correlation {
  /** Runs work whose log lines carry these ids, and those of the work around it. */
  run<Value>(ids: CorrelationIds, work: () => Promise<Value>): Promise<Value>;
  ids(): CorrelationIds;
}

/** Where nothing is logged. */
export const NO_CORRELATION: Correlation = { run: (_, work) => work(), ids: () => ({}) };
