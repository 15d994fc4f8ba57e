import { type Decision, type DecisionState, stateOf } from '../domain/decision/decision.ts';
import { plainText } from './words.ts';

/** A decision with where it stands now. */
export interface ListedDecision extends Decision {
  readonly state: DecisionState;
}

/** Decisions with where they stand at a moment; whether CISA lists a vulnerability since is for the assessment to say. */
export function listDecisions(decisions: readonly Decision[], now: Date): ListedDecision[] {
  return decisions.map((decision) => ({ ...decision, state: stateOf(decision, now) }));
}

/** Decisions as lines of a terminal. */
export function renderDecisions(decisions: readonly ListedDecision[]): string {
  if (decisions.length === 0) return 'Nothing has been decided yet: eras decide accept CVE-… begins.\n';
  return decisions.map((decision) => `${describeDecision(decision)}\n`).join('');
}

/** A decision in a line. */
export function describeDecision(decision: ListedDecision): string {
  const { id, kind, state, vulnerabilityId, assetId, component, owner, approver, expiresAt, reason } = decision;
  const where = [assetId === null ? 'every asset' : assetId, ...(component === null ? [] : [component])].join(', ');
  const until = expiresAt === null ? '' : ` until ${expiresAt.slice(0, 10)}`;
  return plainText(
    `${id}  ${state.padEnd(9)}  ${vulnerabilityId} ${kind}${until} on ${where}: ${reason} (${owner}, approved by ${approver})`,
    300,
  );
}
