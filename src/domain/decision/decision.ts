import type { VexJustification } from '../finding/vex-justification.ts';

/** What people may decide of a vulnerability, once, for all later assessments. */
export const DECISION_KINDS = ['accepted', 'false_positive', 'not_affected'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** A decision of people about a vulnerability, on an asset and in a component where it names them. It is never changed, only withdrawn. */
export interface Decision {
  readonly id: string;
  readonly kind: DecisionKind;
  readonly vulnerabilityId: string;
  /** Null: on every asset. */
  readonly assetId: string | null;
  /** A package URL, CPE or name; null: in every component. */
  readonly component: string | null;
  /** Who answers for it. */
  readonly owner: string;
  readonly reason: string;
  /** Somebody else than the owner. */
  readonly approver: string;
  /** Of `not_affected` only. */
  readonly justification: VexJustification | null;
  /** ISO 8601, UTC. */
  readonly decidedAt: string;
  /** The account that entered it. */
  readonly enteredBy: string;
  /** ISO 8601, UTC: the moment from which it is to be decided again. Null: until it is withdrawn; never of an acceptance. */
  readonly expiresAt: string | null;
  readonly withdrawnAt: string | null;
}

/** Whether a decision counts at a moment: `to_review` where what it rested on has changed since. */
export type DecisionState = 'active' | 'expired' | 'to_review' | 'withdrawn';

/** Where a decision stands at a moment, given since when CISA lists the vulnerability as exploited (null: it does not). */
export function stateOf(
  { expiresAt, withdrawnAt, decidedAt }: Pick<Decision, 'expiresAt' | 'withdrawnAt' | 'decidedAt'>,
  now: Date,
  listedSince: string | null = null,
): DecisionState {
  if (withdrawnAt !== null) return 'withdrawn';
  if (expiresAt !== null && new Date(expiresAt) <= now) return 'expired';
  return listedSince !== null && listedSince.slice(0, 10) >= decidedAt.slice(0, 10) ? 'to_review' : 'active';
}

/** What a decision is about. */
export interface DecisionSubject {
  readonly vulnerabilityId: string;
  readonly aliases: readonly string[];
  readonly assetId: string | null;
  /** All names of the component. */
  readonly components: readonly string[];
}

/**
 * The decision that holds for a subject: of those that are about it and not withdrawn, the one that names most of it, then the latest. Null where there is none.
 */
export function chooseDecision(decisions: readonly Decision[], subject: DecisionSubject): Decision | null {
  const about = decisions.filter((decision) => decision.withdrawnAt === null && isAbout(decision, subject));
  const ranked = about.toSorted(
    (left, right) => namedBy(right) - namedBy(left) || right.decidedAt.localeCompare(left.decidedAt),
  );
  return ranked[0] ?? null;
}

function isAbout(decision: Decision, { vulnerabilityId, aliases, assetId, components }: DecisionSubject): boolean {
  return (
    [vulnerabilityId, ...aliases].includes(decision.vulnerabilityId) &&
    (decision.assetId === null || decision.assetId === assetId) &&
    (decision.component === null || components.includes(decision.component))
  );
}

function namedBy({ assetId, component }: Decision): number {
  return Number(assetId !== null) + Number(component !== null);
}
