import type { Decision } from '../domain/decision/decision.ts';

/** What people have decided, for all later assessments. */
export interface DecisionLog {
  /** Adds a decision, durable when it returns. */
  add(decision: Decision): Promise<void>;
  /** Takes a decision back; false where there is none of this id, or it was taken back before. */
  withdraw(id: string, at: string): Promise<boolean>;
  /** All decisions, the latest first. */
  list(): Promise<Decision[]>;
  /** Decisions that were not withdrawn, about any of these ids. */
  about(vulnerabilityIds: readonly string[]): Promise<Decision[]>;
}
