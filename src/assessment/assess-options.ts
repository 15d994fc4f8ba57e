import type { AssessmentRequest } from '../domain/assessment/schema.ts';
import { EXPOSURE, type Exposure } from '../domain/ssvc/decision-points.ts';

/** Options of an assessment that change its result; they are stored with it, so that a resumed run keeps them. */
export interface AssessOptions {
  readonly offline: boolean;
  /** Exposure of whatever the CVEs are on; null is unknown. */
  readonly exposure: Exposure | null;
  /** Whether a language model may write, where one is configured. */
  readonly useModel: boolean;
  /** Most that the language model may cost, USD; null: no cap. */
  readonly maxCostUsd: number | null;
  /** Findings a model call at most; in a fleet also the CVEs of a job. */
  readonly batchSize: number;
  /** Model calls at the same time, of one process. */
  readonly concurrency: number;
  /** Half-price batches where the provider has them: patient. */
  readonly economy: boolean;
}

/** Options of the language model where nothing else is asked for. */
export const MODEL_OPTIONS = {
  useModel: true,
  maxCostUsd: null,
  batchSize: 50,
  concurrency: 16,
  economy: false,
} as const;

/** Options as they are stored. */
export function fromOptions({ exposure, maxCostUsd, ...rest }: AssessOptions): AssessmentRequest['options'] {
  return { ...rest, exposure: exposure ?? 'unknown', ...(maxCostUsd === null ? {} : { maxCostUsd }) };
}

/** Stored options. */
export function toOptions(options: AssessmentRequest['options']): AssessOptions {
  return {
    offline: options['offline'] === true,
    exposure: EXPOSURE.find((value) => value === options['exposure']) ?? null,
    useModel: options['useModel'] !== false,
    maxCostUsd: numberOr(options['maxCostUsd'], MODEL_OPTIONS.maxCostUsd),
    batchSize: numberOr(options['batchSize'], MODEL_OPTIONS.batchSize),
    concurrency: numberOr(options['concurrency'], MODEL_OPTIONS.concurrency),
    economy: options['economy'] === true,
  };
}

function numberOr<Other>(value: unknown, other: Other): number | Other {
  return typeof value === 'number' ? value : other;
}
