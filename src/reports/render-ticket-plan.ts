import { whatToDo } from '../domain/ticket/describe-fix.ts';
import { isClosedByHand, type PlannedTicket, type TicketPlan, writesOf } from '../domain/ticket/ticket-plan.ts';
import type { PlannedRequest } from '../ports/ticket-system.ts';
import { plainText } from './words.ts';

/** Lines shown at most: what a person can look through before saying yes. */
const MOST_SHOWN = 100;

/** What would be written, as lines of a terminal, at most 100 columns. */
export function renderTicketPlan(plan: TicketPlan): string {
  const writes = writesOf(plan);
  const left = plan.tickets.length - writes.length;
  if (writes.length === 0) {
    return `Nothing is to be written to tickets${left === 0 ? '' : `; ${left} ${left === 1 ? 'is' : 'are'} left`}.\n${renderLeft(plan)}`;
  }
  const rest = writes.length - MOST_SHOWN;
  const lines = [
    `Tickets of assessment ${plan.assessmentId}: ${countWords(plan)}`,
    ...writes.slice(0, MOST_SHOWN).map(toLine),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    ...foreignLine(writes),
  ];
  return `${lines.join('\n')}\n${renderLeft(plan)}`;
}

/** What another store has written is not lost in silence. */
function foreignLine(writes: readonly PlannedTicket[]): string[] {
  const foreign = writes.filter(({ step }) => step.kind === 'update' && step.isForeign).length;
  if (foreign === 0) return [];
  return [
    `  ${foreign} to update ${foreign === 1 ? 'was' : 'were'} written by another store: what only that store knows is replaced`,
  ];
}

/** Reasons for which tickets are kept open that are told; the rest only count. */
const MOST_REASONS = 10;

/** Tickets that a person closed while what they are for is there, and why others are not closed; empty where there is nothing to tell. */
export function renderLeft({ tickets }: TicketPlan): string {
  const byHand = tickets.filter(isClosedByHand);
  const reasons = new Map<string, number>();
  for (const { step, kept } of tickets) {
    const isOpen = step.kind === 'update' || (step.kind === 'leave' && step.reason === 'up to date');
    if (isOpen && kept !== null) reasons.set(kept, (reasons.get(kept) ?? 0) + 1);
  }
  const told = [...reasons].slice(0, MOST_REASONS);
  const rest = [...reasons].slice(MOST_REASONS).reduce((sum, [, number]) => sum + number, 0);
  const lines = [
    ...byHand.slice(0, MOST_SHOWN).map(toHandLine),
    ...(byHand.length > MOST_SHOWN ? [`  and ${byHand.length - MOST_SHOWN} more that were closed by hand`] : []),
    ...told.map(([reason, number]) => `  ${plainText(`${number} kept open, not found now: ${reason}`, 200)}`),
    ...(rest > 0 ? [`  ${rest} kept open for other reasons`] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** How many of each, such as "3 to create, 1 to close, 2 left as they are". */
export function countWords({ tickets }: TicketPlan): string {
  const count = (kind: PlannedTicket['step']['kind']) => tickets.filter(({ step }) => step.kind === kind).length;
  const parts = [
    [count('create'), 'to create'],
    [count('update'), 'to update'],
    [count('close'), 'to close'],
    [count('leave'), 'left as they are'],
  ] as const;
  return parts.flatMap(([number, words]) => (number === 0 ? [] : [`${number} ${words}`])).join(', ');
}

/** Exact requests, as they would be sent, without credentials. */
export function renderRequests(requests: readonly PlannedRequest[]): string {
  return requests.map(({ method, url, body }) => `${method} ${url}\n${JSON.stringify(body, null, 2)}\n`).join('\n');
}

function toLine({ step, ticket }: PlannedTicket): string {
  const number = step.kind === 'create' ? '' : plainText(step.number, 16);
  const left = `  ${step.kind.padEnd(6)}  ${number.padEnd(12)}  P${ticket.priority}  ${(ticket.dueDate ?? '–').padEnd(10)}  `;
  return `${left}${plainText(ticket.title, 100 - left.length)}`;
}

function toHandLine({ step, fix, ticket }: PlannedTicket): string {
  const number = step.kind === 'create' ? '' : plainText(step.number, 16);
  return `  ${plainText(`closed by hand, but found again: ${number} P${ticket.priority} ${whatToDo(fix)}`, 98)}`;
}
