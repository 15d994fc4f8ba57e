import type { Plan } from '../assessment/plan.ts';
import type { Config } from '../config/config.ts';
import { type TicketPlan, writesOf } from '../domain/ticket/ticket-plan.ts';
import { renderPlan } from '../reports/render-plan.ts';
import { renderLeft, renderRequests, renderTicketPlan } from '../reports/render-ticket-plan.ts';
import { type Engine, rehearse } from '../runtime/create-engine.ts';
import { createTicketing, type TicketSystemFactory } from '../runtime/create-ticketing.ts';
import type { OpenStore } from '../runtime/open-store.ts';
import { type AssessFlags, namedTargets, toOptions } from './assess-flags.ts';
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
    const unknown = plan === null ? null : unknownOf(plan);
    const json = { ...plan, ...(tickets === null ? {} : { tickets: toDocument(tickets, unknown) }) };
    const wasRead = tickets === null ? null : 'ServiceNow';
    const text = `${plan === null ? '' : renderPlan(plan, wasRead)}${tickets === null ? '' : describe(tickets, unknown)}`;
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
  const { targets, serviceNow } = input;
  const rehearsed = {
    ...input,
    intake,
    targets: namedTargets(targets, serviceNow),
    options: toOptions(flags, config),
    readsIncidents: ticketing !== null && serviceNow !== null,
  };
  const plan = await rehearse(config, store, VERSION, rehearsed, signal, async (scratch, id) => {
    tickets = await preview(id, scratch.assessments);
  });
  return { plan, tickets };
}

type Preview = Awaited<ReturnType<ReturnType<typeof createTicketing>['preview']>>;

/** What a rehearsal cannot know of the tickets, because it asks no source of facts; null where it knows all. */
function unknownOf({ unknownCves, requests }: Plan): string | null {
  const [cves, osv] = [unknownCves, requests.osv ?? 0];
  const lines = [
    ...(cves === 0
      ? []
      : [
          `${cves} ${cves === 1 ? 'CVE is' : 'CVEs are'} not known here and taken at the worst: which tickets ${cves === 1 ? 'it makes' : 'they make'} is not known (eras sync nvd, or an assessment, tells).`,
        ]),
    ...(osv === 0 ? [] : ['OSV was not asked: which tickets come of what it names is not known.']),
  ];
  return lines.length === 0 ? null : lines.join('\n');
}

function describe({ plan, requests }: Preview, unknown: string | null): string {
  const isUnknown = unknown !== null && writesOf(plan).length === 0;
  const known = isUnknown ? renderLeft(plan) : renderTicketPlan(plan);
  const sent = requests.length === 0 ? '' : `\nThe requests, of which none was sent:\n\n${renderRequests(requests)}`;
  return `${unknown === null ? '' : `${unknown}\n`}${known}${sent}`;
}

function toDocument({ plan, requests }: { readonly plan: TicketPlan } & Preview, unknown: string | null) {
  const steps = plan.tickets.map(({ step, correlationId, ticket, kept }) => ({
    ...step,
    correlationId,
    ...ticket,
    kept,
  }));
  return { steps, requests, ...(unknown === null ? {} : { unknown }) };
}
