import type { AssessmentDiff } from '../../domain/assessment/diff.ts';
import type { AssessmentHead } from '../../domain/assessment/schema.ts';
import type { TrendPoint } from '../charts/chart.ts';
import type { Language } from './document.ts';
import type { DocumentLimits } from './limits.ts';
import type { Messages } from './messages/messages.ts';
import type { Survey } from './survey.ts';

/** An earlier assessment that this one is compared with. */
export interface PreviousAssessment {
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly diff: AssessmentDiff;
}

/** A table or constant of the method with its source. */
export interface MethodFact {
  readonly name: string;
  readonly value: string;
  readonly source: string;
}

/** What the method appendix states; handed in, since reports know no scoring. */
export interface Method {
  readonly version: string;
  readonly levels: { readonly critical: number; readonly high: number; readonly medium: number };
  readonly facts: readonly MethodFact[];
}

/** What each section is built from. */
export interface ReportContext {
  readonly head: AssessmentHead;
  readonly survey: Survey;
  readonly messages: Messages;
  readonly language: Language;
  readonly limits: DocumentLimits;
  readonly previous: PreviousAssessment | null;
  /** Assessments before this one and this one, oldest first; empty: no trend. */
  readonly history: readonly TrendPoint[];
  readonly method: Method;
}
