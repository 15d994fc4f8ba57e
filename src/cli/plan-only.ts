import type { Plan } from '../assessment/plan.ts';
import type { Config } from '../config/config.ts';
import type { TicketPlan } from '../domain/ticket/ticket-plan.ts';
import { renderPlan } from '../reports/render-plan.ts';
import { renderRequests, renderTicketPlan } from '../reports/render-ticket-plan.ts';
import { type Engine, rehearse } from '../runtime/create-engine.ts';
import { createTicketing, type TicketSystemFactory } from '../runtime/create-ticketing.ts';
import type { OpenStore } from '../runtime/open-store.ts';
import { type AssessFlags, toOptions } from './assess-flags.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Output } from './output.ts';
import { VERSION } from './version.ts';
import { withStore } from './with-store.ts';

/** What is to be planned. */
interface PlanOnlyInput {
  readonly targets: readonly string[];
  /** Null: the tickets of a stored assessment, and nothing else. */
  readonly intake: Parameters<Engine['resolve']>[0]['intake'] | null;
  readonly assets: Parameters<Engine['resolve']>[0]['assets'];
  /** The query of the incidents to read; null: none. */
  readonly serviceNow: string | null;
  readonly startedAt: Date;
  /** Null: no tickets are planned. */
  readonly ticketSystem: TicketSystemFactory;
}

/** `--dry-run`: tells what would be done, and does nothing. */
export async function planOnly(
  config: Config,
  flags: AssessFlags,
  output: Output,
  input: PlanOnlyInput,
  signal: AbortSignal,
): Promise<ExitCode> {
  return withStore(config, async (store) => {
    const { plan, tickets } = await planAll(config, flags, store, input, signal);
    const json = { ...plan, ...(tickets === null ? {} : { tickets: toDocument(tickets) }) };
    const text = `${plan === null ? '' : renderPlan(plan)}${tickets === null ? '' : describe(tickets)}`;
    await output.write(flags.format === 'json' ? `${JSON.stringify(json, null, 2)}\n` : text);
    await output.finish();
    return EXIT.done;
  });
}

async function planAll(
  config: Config,
  flags: AssessFlags,
  store: OpenStore,
  input: PlanOnlyInput,
  signal: AbortSignal,
): Promise<{ readonly plan: Plan | null; readonly tickets: Preview | null }> {
  const { intake, ticketSystem } = input;
  const ticketing = ticketSystem === null ? null : createTicketing(store, ticketSystem);
  const preview = async (id: string, assessments = store.assessments) =>
    ticketing === null ? null : ticketing.preview(id, { signal }, assessments);
  if (intake === null) return { plan: null, tickets: await preview(flags.resume ?? '') };
  let tickets: Preview | null = null;
  const rehearsed = { ...input, intake, options: toOptions(flags, config) };
  const plan = await rehearse(config, store, VERSION, rehearsed, signal, async (scratch, id) => {
    tickets = await preview(id, scratch.assessments);
  });
  return { plan, tickets };
}

type Preview = Awaited<ReturnType<ReturnType<typeof createTicketing>['preview']>>;

function describe({ plan, requests }: Preview): string {
  return `${renderTicketPlan(plan)}${requests.length === 0 ? '' : `\nThe requests, of which none was sent:\n\n${renderRequests(requests)}`}`;
}

function toDocument({ plan, requests }: { readonly plan: TicketPlan } & Preview) {
  const steps = plan.tickets.map(({ step, correlationId, ticket }) => ({ ...step, correlationId, ...ticket }));
  return { steps, requests };
}
