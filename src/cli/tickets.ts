import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Ticketing } from '../assessment/tickets/create-tickets.ts';
import type { TicketPlan } from '../domain/ticket/ticket-plan.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { renderLeft, renderTicketPlan } from '../reports/render-ticket-plan.ts';

/** `--create-tickets`: shows what would be written, asks, writes, and tells what came of it. @throws RiskError */
export async function makeTickets(
  ticketing: Pick<Ticketing, 'create'>,
  assessmentId: string,
  flags: { readonly yes?: boolean },
  signal: AbortSignal,
): Promise<void> {
  const canAsk = process.stdin.isTTY === true && process.stderr.isTTY === true;
  const again = `eras assess --resume ${assessmentId} --create-tickets`;
  let isShown = false;
  const outcome = await ticketing.create(
    assessmentId,
    {
      by: flags.yes ? '--yes' : 'terminal',
      async ask(plan) {
        process.stderr.write(renderTicketPlan(plan));
        isShown = true;
        if (flags.yes) return true;
        if (canAsk) return askOnTerminal(plan, signal);
        const message = `no ticket is written without a yes, and there is no terminal to ask on: ${again} --yes writes them`;
        throw new RiskError({ code: 'BAD_INPUT', message });
      },
    },
    { signal },
  );
  if (outcome === null) {
    process.stderr.write(`No ticket is written; ${again} asks again.\n`);
    return;
  }
  const { created, updated, closed, left, unapproved, failures } = outcome;
  process.stderr.write(
    `Tickets: ${created} created, ${updated} updated, ${closed} closed, ${left} left as they are.\n`,
  );
  if (!isShown) process.stderr.write(renderLeft(outcome.plan));
  if (unapproved > 0) process.stderr.write(`${unapproved} changed while the question stood: ${again} asks for them.\n`);
  const [first] = failures;
  if (first === undefined) return;
  const message = `${failures.length} ${failures.length === 1 ? 'ticket was' : 'tickets were'} refused, the first: ${first}; ${again} tries again`;
  throw new RiskError({ code: 'SOURCE_UNAVAILABLE', message });
}

async function askOnTerminal(plan: TicketPlan, signal: AbortSignal): Promise<boolean> {
  // Not `terminal`: the reader would take Ctrl-C for itself, which is to end the command as always.
  const reader = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  try {
    const isClosed = once(reader, 'close').then(() => '');
    const question = `Write these tickets of assessment ${plan.assessmentId}? [y/N] `;
    const answer = await Promise.race([reader.question(question, { signal }), isClosed]);
    return /^\s*y(es)?\s*$/i.test(answer);
  } finally {
    reader.close();
  }
}
