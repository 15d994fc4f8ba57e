import type { AssessmentRequest } from '../domain/assessment/schema.ts';
import { DEFAULT_LOSS_POLICY, type LossPolicy } from '../domain/fair/loss-policy.ts';
import { EXPOSURE, type Exposure } from '../domain/ssvc/decision-points.ts';
import { DEFAULT_LEVEL_THRESHOLDS, type LevelThresholds } from '../scoring/risk/level.ts';

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
  /** From which scores on which level; null: as the process that scores is configured. */
  readonly thresholds: LevelThresholds | null;
  /** How losses are estimated; null: as the process that scores is configured. */
  readonly lossPolicy: LossPolicy | null;
}

/** Options of the language model where nothing else is asked for. */
export const MODEL_OPTIONS = {
  useModel: true,
  maxCostUsd: null,
  batchSize: 50,
  concurrency: 16,
  economy: false,
  thresholds: null,
  lossPolicy: null,
} as const;

/** Options as they are stored. */
export function fromOptions(options: AssessOptions): AssessmentRequest['options'] {
  const { exposure, maxCostUsd, thresholds, lossPolicy, ...rest } = options;
  return {
    ...rest,
    exposure: exposure ?? 'unknown',
    ...(maxCostUsd === null ? {} : { maxCostUsd }),
    ...(thresholds === null ? {} : { levels: fromPolicy(thresholds, DEFAULT_LEVEL_THRESHOLDS) }),
    ...(lossPolicy === null ? {} : { loss: fromPolicy(lossPolicy, DEFAULT_LOSS_POLICY) }),
  };
}

const USUAL = 'default';

/** A policy as one text: whoever does the work later, and wherever, goes by the same one. */
function fromPolicy(policy: LevelThresholds | LossPolicy, usual: LevelThresholds | LossPolicy): string {
  const text = JSON.stringify(policy);
  return text === JSON.stringify(usual) ? USUAL : text;
}

function toPolicy<Policy>(text: unknown, usual: Policy): Policy | null {
  if (typeof text !== 'string') return null;
  return text === USUAL ? usual : (JSON.parse(text) as Policy);
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
    thresholds: toPolicy(options['levels'], DEFAULT_LEVEL_THRESHOLDS),
    lossPolicy: toPolicy(options['loss'], DEFAULT_LOSS_POLICY),
  };
}

function numberOr<Other>(value: unknown, other: Other): number | Other {
  return typeof value === 'number' ? value : other;
}
