import type { Finding } from '../../domain/assessment/finding-schema.ts';
import type { VexJustification } from '../../domain/finding/vex-justification.ts';
import { decisionWords, dueWords, placeWords, reasonWords } from '../words.ts';
import { inertLine, inertText } from './safe-text.ts';
import { signedText } from './signed-text.ts';
import { toJustification } from './vex-justification.ts';

/** What a VEX document says of a finding. */
export interface VexOfFinding {
  readonly status: NonNullable<Finding['vex']>['status'];
  /** Of `not_affected` only. */
  readonly justification: VexJustification | null;
  /** Why it is not affected, in words; never empty where the status is `not_affected`. */
  readonly impact: string;
  /** What to do; never empty. */
  readonly action: string;
  /** Where it is, what was decided and why, who accepted it. */
  readonly notes: string;
}

/**
 * The statement of a finding: what a VEX document that was handed in says; else `affected` where a component or an asset is known, else
 * `under_investigation`. An id that no source knows, or that was rejected, clears nothing and accuses nothing: it stays under
 * investigation, and the notes say so.
 */
export function stateOfFinding(finding: Finding): VexOfFinding {
  const { vex } = finding;
  return {
    status: statusOf(finding),
    justification: vex?.status === 'not_affected' ? toJustification(vex.justification) : null,
    impact: impactOf(vex),
    action: actionOf(finding),
    notes: notesOf(finding),
  };
}

function statusOf({ vex, status, component, asset }: Finding): VexOfFinding['status'] {
  if (vex !== null) return vex.status;
  if (status === 'rejected' || status === 'not_found') return 'under_investigation';
  return component === null && asset === null ? 'under_investigation' : 'affected';
}

function impactOf(vex: Finding['vex']): string {
  if (vex?.status !== 'not_affected') return '';
  const detail = vex.detail === null ? '' : inertText(vex.detail, 2000);
  if (detail !== '') return detail;
  const word = vex.justification === null ? '' : inertLine(vex.justification, 100);
  const author = vex.author === null ? 'A VEX document' : inertLine(vex.author, 200);
  return `${author} says that it is not affected${word === '' ? ', and gives no reason' : `: ${word}`}.`;
}

function actionOf(finding: Finding): string {
  const { narrative, component, bod2604 } = finding;
  const fixed = component?.fixedVersion ? `Update to ${inertLine(component.fixedVersion, 200)}.` : '';
  const due = bod2604 === null ? '' : `Timeline: ${`${decisionWords(finding)} ${dueWords(finding)}`.trim()}.`;
  const words = [signedText(narrative.remediation, narrative, 2000) || fixed, due]
    .filter((text) => text !== '')
    .join(' ');
  return words || 'No action is known yet.';
}

function notesOf(finding: Finding): string {
  const { vex, acceptance, risk, status } = finding;
  const place = placeWords(finding);
  const decided = risk.level === null ? '' : `Risk ${risk.level}, priority ${risk.priority}: `;
  return [
    place === '' ? '' : `Found ${inertLine(place.startsWith('on ') ? place : `in ${place}`, 300)}.`,
    `${decided}${reasonWords(finding)}.`,
    status === 'incomplete' ? 'Not every source could be read.' : '',
    vex?.author ? `The status is from ${inertLine(vex.author, 200)}.` : '',
    vex?.detail && vex.status !== 'not_affected' ? `VEX says: ${inertText(vex.detail, 2000)}` : '',
    acceptance === null ? '' : acceptanceWords(acceptance),
  ]
    .filter((text) => text !== '')
    .join(' ');
}

/** Who accepted the risk, until when, and why. */
export function acceptanceWords({
  owner,
  approver,
  expiresAt,
  reason,
  state,
}: NonNullable<Finding['acceptance']>): string {
  const standing = {
    active: 'Risk accepted',
    expired: 'Risk acceptance expired',
    to_review: 'Risk acceptance to be reviewed',
  };
  return `${standing[state]}: by ${inertLine(owner, 200)}, approved by ${inertLine(approver, 200)}, until ${inertLine(expiresAt.slice(0, 10))}: ${inertLine(reason, 1000)}`;
}
