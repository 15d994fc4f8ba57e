import type { Finding, RiskLevel } from '../../domain/assessment/finding-schema.ts';
import { isLivedWith } from '../../domain/ticket/sighting.ts';
import { plainText } from '../words.ts';
import type { Messages } from './messages/messages.ts';
import { placeOf } from './place-of.ts';

/** What the register keeps of a finding: a line, whatever the finding's size. */
export interface RegisterRow {
  readonly vulnerabilityId: string;
  readonly title: string;
  readonly level: RiskLevel | null;
  readonly status: Finding['status'];
  readonly vexStatus: NonNullable<Finding['vex']>['status'] | null;
  readonly place: string;
  readonly cvss: number | null;
  readonly epss: number | null;
  readonly kevStatus: Finding['kevStatus'];
  readonly dueDate: string | null;
  readonly timeline: NonNullable<Finding['bod2604']>['timeline'] | null;
  /** Whether people live with it: an acceptance does not hold for what CISA lists as exploited. */
  readonly isAccepted: boolean;
}

/** A finding as a line of the register. */
export function toRegisterRow(finding: Finding, messages: Messages): RegisterRow {
  const { vulnerabilityId, title, risk, status, vex, cvss, epss, kevStatus, bod2604 } = finding;
  return {
    vulnerabilityId: plainText(vulnerabilityId, 80),
    title: plainText(title, 120),
    level: risk.level,
    status,
    vexStatus: vex?.status ?? null,
    place: placeOf(finding, messages),
    cvss: cvss?.baseScore ?? null,
    epss: epss?.probability ?? null,
    kevStatus,
    dueDate: bod2604?.dueDate ?? null,
    timeline: bod2604?.timeline ?? null,
    isAccepted: isLivedWith(finding),
  };
}
