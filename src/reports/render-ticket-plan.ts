import { whatToDo } from '../domain/ticket/describe-fix.ts';
import { type PlannedTicket, type TicketPlan, writesOf } from '../domain/ticket/ticket-plan.ts';
import type { PlannedRequest } from '../ports/ticket-system.ts';
import { plainText } from './words.ts';

/** Lines shown at most: what a person can look through before saying yes. */
const MOST_SHOWN = 100;

/** What would be written, as lines of a terminal, at most 100 columns. */
export function renderTicketPlan(plan: TicketPlan): string {
  const writes = writesOf(plan);
  const left = plan.tickets.length - writes.length;
  if (writes.length === 0) return `No ticket needs anything${left === 0 ? '' : ` (${left} are as they should be)`}.\n`;
  const rest = writes.length - MOST_SHOWN;
  const lines = [
    `Tickets of assessment ${plan.assessmentId}: ${countWords(plan)}`,
    ...writes.slice(0, MOST_SHOWN).map(toLine),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    ...plan.tickets.filter(isClosedByHand).slice(0, MOST_SHOWN).map(toHandLine),
  ];
  return `${lines.join('\n')}\n`;
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

function isClosedByHand({ step }: PlannedTicket): boolean {
  return step.kind === 'leave' && step.reason === 'closed by hand';
}

function toHandLine({ step, fix }: PlannedTicket): string {
  const number = step.kind === 'create' ? '' : plainText(step.number, 16);
  return plainText(`  closed by hand, but found again: ${number} ${whatToDo(fix)}`, 100);
}
