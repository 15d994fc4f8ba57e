import type { ScoredFinding } from '../../ports/assessment-store.ts';
import type { LanguageModel } from '../../ports/language-model.ts';
import type { Evidence } from '../evidence.ts';
import type { ModelDesk } from '../language-model/model-desk.ts';
import type { ModelTask, ModelTier } from '../language-model/policy.ts';
import type { RunContext } from '../supervisor/run-context.ts';
import type { NarrativeField } from './answer-schema.ts';
import type { PromptTemplate } from './findings-prompt.ts';

/** A finding on its way to a model. */
export interface Assignment {
  readonly finding: ScoredFinding;
  readonly tier: ModelTier;
  readonly evidence: readonly Evidence[];
  /** What of the evidence did not fit. */
  readonly leftOut: readonly string[];
  readonly tokens: number;
  readonly cacheKey: string;
}

/** What asking for a batch needs. */
export interface BatchAsker {
  readonly task: ModelTask;
  readonly fields: readonly NarrativeField[];
  readonly template: PromptTemplate;
  readonly model: LanguageModel;
  readonly desk: ModelDesk;
  readonly run: RunContext;
  /** Calls of this agent by tier that may share a cached stable part. */
  readonly calls: Readonly<Record<ModelTier, number>>;
  /** Told when the first text arrives: from then on the provider's prompt cache has the stable part. */
  readonly onFirstText?: () => void;
}
