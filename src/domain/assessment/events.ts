import type { SourcePlan } from '../source/source-plan.ts';
import type { Finding } from './finding-schema.ts';
import type { Assessment, StageName } from './schema.ts';

/** What happens during an assessment, in the order it happens; the events of `--stream` in the outside contract. */
export type AssessmentEvent =
  | { readonly type: 'assessment-start'; readonly id: string }
  | { readonly type: 'stage-start'; readonly name: StageName }
  | { readonly type: 'stage-end'; readonly name: StageName }
  | { readonly type: 'finding-added'; readonly cveId: string | null }
  | {
      readonly type: 'narrative-delta';
      readonly cveId: string | null;
      readonly field: keyof Finding['narrative'];
      readonly text: string;
    }
  | { readonly type: 'warning'; readonly message: string }
  | { readonly type: 'assessment-end'; readonly assessment: Assessment };

/**
 * What the agents report while they work: the events above (but the last, which carries the stored document and is made by
 * whoever reads it), and progress and plans, which are for people only and may be dropped.
 */
export type AgentEvent =
  | Exclude<AssessmentEvent, { type: 'assessment-end' }>
  | {
      readonly type: 'progress';
      readonly stage: StageName;
      readonly source: string;
      readonly done: number;
      readonly total: number;
    }
  | { readonly type: 'plan'; readonly plan: SourcePlan }
  | { readonly type: 'waiting'; readonly source: string; readonly milliseconds: number };
