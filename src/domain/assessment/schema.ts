import { z } from 'zod';
import { ORIGINS } from '../source/lookup.ts';
import { Citation, Finding } from './finding-schema.ts';
import { Portfolio } from './loss-schema.ts';

/** The assessment document of the outside contract, section 3: what `--format json`, the store and the API speak. */

/** The version of the document's shape. */
export const SCHEMA_VERSION = '1.0';

const Freshness = z.object({
  origin: z.enum(ORIGINS),
  at: z.string().nullable().describe('ISO 8601: the oldest moment at which the facts used were true at the source'),
});

/** How fresh each source is, the worst origin and the oldest date of all findings. */
export const DataAsOf = z.object({
  nvd: Freshness,
  kev: Freshness,
  epss: Freshness,
  ssvc: Freshness,
  attack: Freshness,
});
export type DataAsOf = z.infer<typeof DataAsOf>;

export const Gap = z.object({
  cveId: z.string().nullable(),
  source: z.string(),
  reason: z.string(),
});
export type Gap = z.infer<typeof Gap>;

const Request = z.object({
  targets: z.array(z.string()),
  cveIds: z.array(z.string()),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

const Summary = z.object({
  headline: z.string(),
  text: z.string(),
  source: z.enum(['llm', 'rules']),
  citations: z.array(Citation),
  counts: z.object({ Critical: z.int(), High: z.int(), Medium: z.int(), Low: z.int() }),
  actions: z.array(z.string()),
});
export type Summary = z.infer<typeof Summary>;

const LlmUsage = z.object({
  calls: z.int(),
  inputTokens: z.int(),
  cacheWriteTokens: z.int(),
  cacheReadTokens: z.int(),
  outputTokens: z.int(),
  costUsd: z.number().nullable(),
  byModel: z.record(z.string(), z.unknown()),
  byAgent: z.record(z.string(), z.unknown()),
  groundingViolations: z.int(),
  refusals: z.int(),
});

export const Usage = z.object({
  llm: LlmUsage,
  http: z.object({
    nvd: z.int(),
    kev: z.int(),
    epss: z.int(),
    ssvc: z.int(),
    attack: z.int(),
    servicenow: z.int(),
    osv: z.int(),
  }),
  cache: z.object({
    hits: z.int(),
    misses: z.int(),
    byNamespace: z.record(z.string(), z.object({ hits: z.int(), misses: z.int() })),
  }),
});
export type Usage = z.infer<typeof Usage>;

/** Stages of a run, in the order that the document lists them. */
export const STAGE_NAMES = ['intake', 'vulnerability', 'threat', 'scoring', 'report'] as const;
export type StageName = (typeof STAGE_NAMES)[number];

const Timings = z.object({
  totalMs: z.number(),
  stages: z.array(z.object({ name: z.enum(STAGE_NAMES), startMs: z.number(), endMs: z.number() })),
});
export type Timings = z.infer<typeof Timings>;

/** Everything of an assessment but its findings, which are rows of the store and are streamed. */
export const AssessmentHead = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  id: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  request: Request,
  dataAsOf: DataAsOf,
  summary: Summary,
  portfolio: Portfolio.nullable().describe('null where no finding has a loss'),
  usage: Usage,
  timings: Timings,
  gaps: z.array(Gap),
  warnings: z.array(z.string()),
});
export type AssessmentHead = z.infer<typeof AssessmentHead>;
export type AssessmentRequest = AssessmentHead['request'];

/** The whole document. */
export const Assessment = AssessmentHead.extend({ findings: z.array(Finding) });
export type Assessment = z.infer<typeof Assessment>;

/** Where an assessment stands. */
export type AssessmentStatus = 'running' | 'interrupted' | 'done' | 'failed';
