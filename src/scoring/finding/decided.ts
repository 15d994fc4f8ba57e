import type { Finding, RiskFactor } from '../../domain/assessment/finding-schema.ts';
import { type Decision, type DecisionState, stateOf } from '../../domain/decision/decision.ts';
import type { VexStatement } from '../../domain/finding/sighting.ts';

/** What a decision of people does to a finding. */
export interface Decided {
  /** What it says as a VEX statement; null where it says none, or no longer. */
  readonly vex: VexStatement | null;
  readonly acceptance: Finding['acceptance'];
  readonly factors: readonly RiskFactor[];
}

/** Nobody has decided anything. */
export const UNDECIDED: Decided = { vex: null, acceptance: null, factors: [] };

/**
 * Reads a decision at a moment. An acceptance changes no level and no date: it says who lives with them, and until when. That something is no vulnerability of ours is
 * said as VEX says it, and counts as that does, so that it hides nothing that CISA lists as exploited. What has expired is shown and does nothing.
 */
export function applyDecision(decision: Decision | null, now: Date, listedSince: string | null): Decided {
  if (decision === null) return UNDECIDED;
  const state = stateOf(decision, now, listedSince);
  if (state === 'withdrawn') return UNDECIDED;
  if (decision.kind === 'accepted') {
    return { vex: null, acceptance: toAcceptance(decision, state), factors: [toFactor(decision, state)] };
  }
  return state === 'expired'
    ? { ...UNDECIDED, factors: [toFactor(decision, state)] }
    : { vex: toStatement(decision), acceptance: null, factors: [] };
}

function toAcceptance(decision: Decision, state: Exclude<DecisionState, 'withdrawn'>): Finding['acceptance'] {
  const { owner, reason, approver, decidedAt, expiresAt } = decision;
  return { owner, reason, approver, acceptedAt: decidedAt, expiresAt: expiresAt ?? decidedAt, state };
}

function toStatement({ kind, justification, owner, approver, reason, decidedAt }: Decision): VexStatement {
  return {
    status: 'not_affected',
    justification: justification ?? (kind === 'false_positive' ? 'false_positive' : null),
    detail: reason,
    author: `${owner}, approved by ${approver}`,
    at: decidedAt,
  };
}

const EFFECTS: Readonly<Record<Exclude<DecisionState, 'withdrawn'>, (until: string) => string>> = {
  active: (until) => `lived with until ${until}; level and dates stay`,
  expired: (until) => `no longer in force since ${until}: to be decided again`,
  to_review: () => 'CISA listed it as exploited after the decision: to be reviewed',
};

function toFactor(decision: Decision, state: Exclude<DecisionState, 'withdrawn'>): RiskFactor {
  const { kind, owner, approver, expiresAt, decidedAt } = decision;
  return {
    name: 'decision',
    value: kind,
    effect: EFFECTS[state]((expiresAt ?? '').slice(0, 10)),
    source: `${owner}, approved by ${approver}`,
    asOf: decidedAt,
  };
}
