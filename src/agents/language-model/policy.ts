import type { ScoredFinding } from '../../ports/assessment-store.ts';

/** What a model is asked to do. Scoring, parsing and extraction are not among it: they need no model; `intake` reads a sentence that rules do not understand. */
export const MODEL_TASKS = ['vulnerability', 'threat', 'report', 'answer', 'intake'] as const;
export type ModelTask = (typeof MODEL_TASKS)[number];

/** Kinds of models by price and depth. */
export const MODEL_TIERS = ['fast', 'balanced', 'deep'] as const;
export type ModelTier = (typeof MODEL_TIERS)[number];

/** How much there is to think about. */
export type Complexity = 'simple' | 'elevated' | 'severe';

/** Which tier does what: summaries are short and plain, the report is read by people who sign, the worst threats deserve thought. */
const TIER_OF: Readonly<Record<ModelTask, Readonly<Record<Complexity, ModelTier>>>> = {
  vulnerability: { simple: 'fast', elevated: 'fast', severe: 'fast' },
  threat: { simple: 'fast', elevated: 'fast', severe: 'deep' },
  report: { simple: 'fast', elevated: 'balanced', severe: 'balanced' },
  answer: { simple: 'fast', elevated: 'fast', severe: 'fast' },
  intake: { simple: 'fast', elevated: 'fast', severe: 'fast' },
};

/** The tier to go to where one refuses or runs out of tokens. */
export const NEXT_TIER: Readonly<Record<ModelTier, ModelTier>> = {
  deep: 'balanced',
  balanced: 'fast',
  fast: 'balanced',
};

/** The tier to go to where another one is too dear. */
export const CHEAPEST_TIER: ModelTier = 'fast';

/** Threats of one assessment that are thought about deeply: a reader takes in no more, and each costs as much as forty plain ones. */
export const DEEP_THREATS = 3;

/** The tier for a task; the configuration may name another for each task. */
export function chooseTier(
  task: ModelTask,
  complexity: Complexity,
  overrides: Partial<Record<ModelTask, ModelTier>> = {},
): ModelTier {
  return overrides[task] ?? TIER_OF[task][complexity];
}

/** How complex a finding is, from what is known of its exploitation. */
export function complexityOf({ kev, ssvc, risk }: Pick<ScoredFinding, 'kev' | 'ssvc' | 'risk'>): Complexity {
  const isActive = kev !== null || ssvc?.exploitation === 'active';
  if (risk.level === 'Critical' && kev?.knownRansomwareCampaignUse === 'Known') return 'severe';
  return isActive ? 'elevated' : 'simple';
}

/** How complex an assessment is: many findings, or one that is exploited. */
export function complexityOfAssessment(counts: { readonly findings: number; readonly exploited: number }): Complexity {
  if (counts.exploited > 0) return 'elevated';
  return counts.findings > 10 ? 'elevated' : 'simple';
}
