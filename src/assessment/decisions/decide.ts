import type { Decision, DecisionKind } from '../../domain/decision/decision.ts';
import { VEX_JUSTIFICATIONS } from '../../domain/finding/vex-justification.ts';
import type { Clock } from '../../kernel/clock.ts';
import { RiskError } from '../../kernel/risk-error.ts';
import type { AuditLog } from '../../ports/audit-log.ts';
import type { DecisionLog } from '../../ports/decision-log.ts';
import { findMixedWord, isSamePerson } from './same-person.ts';

/** What somebody wants to have decided, as they write it. */
export interface DecisionRequest {
  readonly kind: DecisionKind;
  readonly vulnerabilityId: string;
  readonly asset?: string | undefined;
  readonly component?: string | undefined;
  readonly owner: string;
  readonly approver: string;
  readonly reason: string;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly until?: string | undefined;
  readonly justification?: string | undefined;
}

/** What deciding depends on. */
export interface DecisionParts {
  readonly decisions: DecisionLog;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly account: string;
}

const LONGEST_TEXT = 2000;
const DAY_MS = 86_400_000;

/** Decides for all later assessments; the audit log has it before it counts. @throws RiskError `BAD_INPUT`: what is missing or does not hold together */
export async function decide(request: DecisionRequest, parts: DecisionParts): Promise<Decision> {
  const { decisions, audit, clock, newId, account } = parts;
  const decision: Decision = { id: newId(), ...check(request, clock.now()), enteredBy: account };
  const { id: _, withdrawnAt: __, ...detail } = decision;
  await audit.append({ action: `decision.${decision.kind}`, target: decision.vulnerabilityId, detail });
  await decisions.add(decision);
  return decision;
}

/** Takes a decision back, for all later assessments. @throws RiskError `BAD_INPUT` where there is none of this id */
export async function withdrawDecision(
  id: string,
  reason: string,
  { decisions, audit, clock }: DecisionParts,
): Promise<void> {
  const known = (await decisions.list()).find((decision) => decision.id === id);
  if (known === undefined || known.withdrawnAt !== null) {
    const what = known === undefined ? 'there is no decision' : 'it was withdrawn before: the decision';
    throw bad(`${what} "${id.slice(0, 40)}"; eras decide list shows them`);
  }
  const detail = { decision: id, reason: readText('reason', reason) };
  await audit.append({ action: 'decision.withdrawn', target: known.vulnerabilityId, detail });
  await decisions.withdraw(id, clock.now().toISOString());
}

function check(request: DecisionRequest, now: Date): Omit<Decision, 'id' | 'enteredBy'> {
  const owner = readText('owner', request.owner);
  const approver = readText('approver', request.approver);
  for (const [option, name] of Object.entries({ owner, approver })) {
    const word = findMixedWord(name);
    if (word !== null)
      throw bad(`--${option}: "${word}" has letters of two alphabets that look alike; write it in one`);
  }
  if (isSamePerson(owner, approver)) {
    throw bad(`the approver "${approver}" is the owner; somebody else has to approve`);
  }
  const { kind, until, justification, asset, component } = request;
  if (kind === 'accepted' && until === undefined) throw bad('an acceptance needs a last day: --until YYYY-MM-DD');
  return {
    kind,
    vulnerabilityId: request.vulnerabilityId,
    assetId: asset === undefined ? null : readText('asset', asset),
    component: component === undefined ? null : readText('component', component),
    owner,
    reason: readText('reason', request.reason),
    approver,
    justification: kind === 'not_affected' ? readJustification(justification) : null,
    decidedAt: now.toISOString(),
    expiresAt: until === undefined ? null : endOf(until, now),
    withdrawnAt: null,
  };
}

function readText(name: string, given: string): string {
  const text = given.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  if (text === '') throw bad(`--${name} is empty`);
  if (text.length > LONGEST_TEXT) throw bad(`--${name} has more than ${LONGEST_TEXT} characters`);
  return text;
}

function readJustification(given: string | undefined): Decision['justification'] {
  const known = VEX_JUSTIFICATIONS.find((one) => one === given);
  if (known !== undefined) return known;
  throw bad(`not-affected needs --justification, one of ${VEX_JUSTIFICATIONS.join(', ')}`);
}

/** Days after which nobody remembers why: a longer acceptance is told. */
const LONG_ACCEPTANCE_DAYS = 2 * 365;

/** A warning on an acceptance that nobody is to look at again for years; null where there is none to tell. */
export function tellLong({ kind, decidedAt, expiresAt }: Decision): string | null {
  if (kind !== 'accepted' || expiresAt === null) return null;
  const days = (Date.parse(expiresAt) - Date.parse(decidedAt)) / DAY_MS;
  if (days <= LONG_ACCEPTANCE_DAYS + 1) return null;
  return `the acceptance holds until ${expiresAt.slice(0, 10)}, for more than two years: nobody is asked again before; a year is usual (eras decide withdraw takes it back)`;
}

/** The last moment of the last day. */
function endOf(until: string, now: Date): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(until) ? new Date(`${until}T00:00:00Z`) : null;
  if (day === null || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== until) {
    throw bad(`--until "${until.slice(0, 40)}" is no day; write YYYY-MM-DD`);
  }
  const end = new Date(day.getTime() + DAY_MS - 1);
  if (end <= now) throw bad(`--until ${until} has passed; a decision holds from today on`);
  return end.toISOString();
}

function bad(message: string): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message });
}
