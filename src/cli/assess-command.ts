import { traceAssessment } from '../assessment/trace-assessment.ts';
import type { Config } from '../config/config.ts';
import { loadProcessConfig } from '../config/process-config.ts';
import { type Finding, RISK_LEVELS } from '../domain/assessment/finding-schema.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';
import { systemClock } from '../kernel/clock.ts';
import { handOver } from '../kernel/hand-over.ts';
import { RiskError } from '../kernel/risk-error.ts';
import type { FindingReader } from '../reports/render-json.ts';
import { plainText } from '../reports/words.ts';
import { createEngine, type Engine } from '../runtime/create-engine.ts';
import { requireServiceNow } from '../runtime/create-servicenow.ts';
import { createTextReader } from '../runtime/create-text-reader.ts';
import { createTicketing, demandTicketSystem, findTicketSystem } from '../runtime/create-ticketing.ts';
import { openFleet, requireRedis } from '../runtime/open-fleet.ts';
import type { OpenProfile } from '../runtime/open-profile.ts';
import type { Telemetry } from '../runtime/open-telemetry.ts';
import { readUserAssets, readUserTargets } from '../runtime/read-user-targets.ts';
import {
  type AssessFlags,
  isOffline,
  namedTargets,
  readServiceNowFlag,
  refuseContradictions,
  refuseUnpricedCap,
  toOptions,
} from './assess-flags.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { chooseFormat, type Format, prepareFormat } from './formats.ts';
import { listenForInterruption } from './interruption.ts';
import { openOutput } from './open-output.ts';
import type { Output } from './output.ts';
import { planOnly } from './plan-only.ts';
import { createProgress, type Progress } from './progress.ts';
import { renderAssessment } from './render.ts';
import { createStream, type Stream } from './stream.ts';
import { makeTickets } from './tickets.ts';
import { VERSION } from './version.ts';
import { withProfile } from './with-profile.ts';
import { withStore } from './with-store.ts';
import { withTelemetry } from './with-telemetry.ts';

/** `eras assess`: reads targets, runs or resumes an assessment, renders it, and tells by the exit code how it went. */
export async function runAssess(
  args: readonly string[],
  flags: AssessFlags,
  findTickets: typeof findTicketSystem = findTicketSystem,
): Promise<ExitCode> {
  const startedAt = systemClock.now();
  const config = loadProcessConfig();
  const output = openOutput(flags.output ?? null);
  const format = chooseFormat(flags.format, flags.output ?? null);
  await prepareFormat(format);
  const { targets, query: serviceNow } = readServiceNowFlag(args, flags);
  refuseContradictions(targets, flags);
  if (serviceNow !== null) requireServiceNow(config);
  if (flags.distributed) requireRedis(config, '--distributed');
  if (flags.llm) refuseUnpricedCap(flags, config);
  const ticketSystem = flags.createTickets ? demandTicketSystem(findTickets(config), isOffline(flags, config)) : null;
  return withTelemetry(config, config.metrics.port, (telemetry) =>
    withProfile(flags.profile, (profile) => {
      const listening = { ...telemetry, metrics: profile?.listen(telemetry.metrics) ?? telemetry.metrics };
      const input = { config, output, format, targets, serviceNow, ticketSystem, startedAt, profile };
      return assess({ ...input, telemetry: listening }, flags);
    }),
  );
}

/** Without a fleet a machine's own clock is right. */
const OWN_CLOCK = { ...systemClock, correct: (moment: Date) => moment };

interface AssessInput {
  readonly config: Config;
  readonly output: Output;
  readonly format: Format;
  readonly targets: readonly string[];
  readonly serviceNow: string | null;
  readonly ticketSystem: ReturnType<typeof demandTicketSystem> | null;
  readonly startedAt: Date;
  readonly telemetry: Telemetry;
  readonly profile: OpenProfile | null;
}

async function assess(
  { config, output, format, targets, serviceNow, ticketSystem, startedAt, telemetry, profile }: AssessInput,
  flags: AssessFlags,
): Promise<ExitCode> {
  if (flags.resume === undefined && !flags.dryRun) profile?.begin('intake');
  const assets = await readUserAssets(flags.assets);
  const reader = findTextReader(config, flags, telemetry);
  const intake = flags.resume === undefined ? await readUserTargets(targets, flags.map, { reader, assets }) : null;
  const signal = listenForInterruption();
  const progress = await createProgress(
    flags.quiet ? 'quiet' : flags.verbose ? 'verbose' : 'normal',
    flags.stream !== true,
  );

  const input = { targets, assets, serviceNow, startedAt, ticketSystem };
  if (flags.dryRun) return planOnly(config, flags, output, { ...input, intake }, signal);
  const takeIntake = intake === null ? null : handOver(intake);
  return withStore(config, async (store) => {
    const fleet = flags.distributed
      ? await openFleet(config, { what: '--distributed', isAttended: isAttended() })
      : null;
    const clock = fleet?.clock ?? OWN_CLOCK;
    const engine = createEngine(config, store, VERSION, { telemetry, clock });
    const runner = fleet === null ? engine : { ...(await engine.byFleet(fleet)), resolve: engine.resolve };
    let id = flags.resume ?? '';
    const stream = flags.stream ? createStream(openOutput(null)) : null;
    const call = {
      signal,
      emit(event: Parameters<Progress['show']>[0]) {
        if (event.type === 'assessment-start') id = event.id;
        profile?.show(event);
        stream?.show(event);
        progress.show(event);
      },
      isStreaming: stream !== null,
    };
    try {
      return await traceAssessment(telemetry.tracing, async (tell) => {
        const head = await run(
          runner,
          { ...input, takeIntake, startedAt: clock.correct(startedAt), id },
          flags,
          config,
          call,
        );
        tell(head);
        progress.stop();
        await publish(head, store.assessments, { flags, format, output, stream, config });
        if (ticketSystem !== null) {
          await makeTickets(createTicketing(store, ticketSystem, { telemetry }), id, flags, signal);
        }
        return exitCodeOf(head, flags.failOn);
      });
    } catch (error) {
      output.discard();
      throw signal.aborted ? interrupted(id, error) : error;
    } finally {
      progress.stop();
      await engine.close();
      await fleet?.close();
    }
  });
}

/** Who reads what rules do not understand: the model, where one is configured, wanted and may be reached. */
function findTextReader(config: Config, flags: AssessFlags, telemetry: Telemetry) {
  const { languageModel } = config;
  if (languageModel === null || !flags.llm || flags.dryRun || isOffline(flags, config)) return null;
  const capped = { ...languageModel, maxCostUsd: flags.maxCost ?? languageModel.maxCostUsd };
  return createTextReader(capped, (work) => withStore(config, ({ ledger }) => work(ledger)), telemetry);
}

/** Whether a person sits before the terminal. */
function isAttended(): boolean {
  return process.stdin.isTTY === true || process.stderr.isTTY === true;
}

type Intake = Parameters<Engine['resolve']>[0]['intake'];

/** Resumes an assessment where no targets were read, else resolves them and begins a new one. */
async function run(
  engine: Pick<Engine, 'start' | 'resume' | 'resolve'>,
  input: Pick<Parameters<typeof planOnly>[3], 'targets' | 'assets' | 'serviceNow' | 'startedAt'> & {
    readonly takeIntake: (() => Intake) | null;
    readonly id: string;
  },
  flags: AssessFlags,
  config: Config,
  call: Parameters<Engine['start']>[1],
): Promise<AssessmentHead> {
  const { id, takeIntake, assets, serviceNow, targets, startedAt } = input;
  const offline = isOffline(flags, config);
  if (takeIntake === null) return engine.resume(id, { offline }, call);
  const scope = await engine.resolve({ intake: takeIntake(), assets, serviceNow }, offline, call);
  if (!flags.quiet) for (const line of scope.understood) process.stderr.write(`understood: ${plainText(line)}\n`);
  return engine.start(
    { targets: namedTargets(targets, serviceNow), scope, startedAt, options: toOptions(flags, config) },
    call,
  );
}

/** Writes the result: to the stream that was asked for, to the file, or both. */
async function publish(
  head: AssessmentHead,
  store: FindingReader,
  to: { flags: AssessFlags; format: Format; output: Output; stream: Stream | null; config: Config },
): Promise<void> {
  const { flags, format, output, stream, config } = to;
  const toFile = flags.output !== undefined;
  await stream?.end(head, (separator) => store.readFindingsAsJson(head.id, separator));
  if (stream === null || toFile || output.isTerminal) await renderAssessment(head, store, format, output, config);
  if (toFile && !flags.quiet) tellOfGaps(head);
}

/** A result that went to a file shows no gaps on the terminal: a word explains the exit code. */
function tellOfGaps({ gaps }: AssessmentHead): void {
  const [first] = gaps;
  if (first === undefined) return;
  const where = first.cveId === null ? first.source : `${first.cveId}: ${first.source}`;
  process.stderr.write(
    `${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'}, the first: ${where}: ${plainText(first.reason)}\n`,
  );
}

function interrupted(id: string, cause: unknown): RiskError {
  const message =
    id === ''
      ? 'interrupted before anything was saved'
      : `interrupted; what was gathered is saved: eras assess --resume ${id} goes on from there`;
  return new RiskError({ code: 'INTERRUPTED', message, cause });
}

/** Where several apply: a tripped gate before gaps before done (outside contract, section 1). */
function exitCodeOf({ summary, gaps }: AssessmentHead, failOn: AssessFlags['failOn']): ExitCode {
  if (failOn !== undefined && countFrom(summary.counts, failOn) > 0) return EXIT.gateTripped;
  return gaps.length > 0 ? EXIT.gaps : EXIT.done;
}

function countFrom(counts: AssessmentHead['summary']['counts'], threshold: string): number {
  const last = RISK_LEVELS.findIndex((level) => level.toLowerCase() === threshold);
  const tripping: readonly NonNullable<Finding['risk']['level']>[] = RISK_LEVELS.slice(0, last + 1);
  return tripping.reduce((sum, level) => sum + counts[level], 0);
}
