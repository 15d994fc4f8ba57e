import { MODEL_OPTIONS } from '../assessment/assess.ts';
import type { Config } from '../config/config.ts';
import { loadProcessConfig } from '../config/process-config.ts';
import { type Finding, RISK_LEVELS } from '../domain/assessment/finding-schema.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';
import { systemClock } from '../kernel/clock.ts';
import { RiskError } from '../kernel/risk-error.ts';
import type { FindingReader } from '../reports/render-json.ts';
import { renderPlan } from '../reports/render-plan.ts';
import { plainText } from '../reports/words.ts';
import { createEngine, type Engine, rehearse } from '../runtime/create-engine.ts';
import { requireServiceNow } from '../runtime/create-servicenow.ts';
import { readUserAssets, readUserTargets } from '../runtime/read-user-targets.ts';
import { type AssessFlags, readServiceNowFlag, refuseContradictions, refuseUnpricedCap } from './assess-flags.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { chooseFormat, type Format } from './formats.ts';
import { listenForInterruption } from './interruption.ts';
import { openOutput } from './open-output.ts';
import type { Output } from './output.ts';
import { readPairs } from './pairs.ts';
import { createProgress, type Progress } from './progress.ts';
import { renderAssessment } from './render.ts';
import { createStream, type Stream } from './stream.ts';
import { VERSION } from './version.ts';
import { withStore } from './with-store.ts';

/** `eras assess`: reads targets, runs or resumes an assessment, renders it, and tells by the exit code how it went. */
export async function runAssess(args: readonly string[], flags: AssessFlags): Promise<ExitCode> {
  const startedAt = systemClock.now();
  const config = loadProcessConfig();
  const output = openOutput(flags.output ?? null);
  const format = chooseFormat(flags.format, flags.output ?? null);
  const { targets, query: serviceNow } = readServiceNowFlag(args, flags);
  refuseContradictions(targets, flags);
  if (serviceNow !== null) requireServiceNow(config);
  if (flags.llm) refuseUnpricedCap(flags, config);
  const columns = readColumns(flags.map);
  const assets = await readUserAssets(flags.assets);
  const intake = flags.resume === undefined ? await readUserTargets(targets, columns) : null;
  const signal = listenForInterruption();
  const progress = await createProgress(
    flags.quiet ? 'quiet' : flags.verbose ? 'verbose' : 'normal',
    flags.stream !== true,
  );

  if (flags.dryRun) return planOnly(config, flags, output, { targets, intake, assets, serviceNow, startedAt }, signal);
  return withStore(config, async (store) => {
    const engine = createEngine(config, store, VERSION);
    let id = flags.resume ?? '';
    const stream = flags.stream ? createStream(openOutput(null)) : null;
    const call = {
      signal,
      emit(event: Parameters<Progress['show']>[0]) {
        if (event.type === 'assessment-start') id = event.id;
        stream?.show(event);
        progress.show(event);
      },
      isStreaming: stream !== null,
    };
    try {
      const head =
        intake === null
          ? await engine.resume(id, { offline: isOffline(flags, config) }, call)
          : await engine.start(
              {
                targets: serviceNow === null ? targets : [...targets, `--servicenow ${serviceNow}`],
                scope: await engine.resolve({ intake, assets, serviceNow }, isOffline(flags, config), call),
                startedAt,
                options: toOptions(flags, config),
              },
              call,
            );
      progress.stop();
      await publish(head, store.assessments, { flags, format, output, stream });
      return exitCodeOf(head, flags.failOn);
    } catch (error) {
      output.discard();
      throw signal.aborted ? interrupted(id, error) : error;
    } finally {
      progress.stop();
      await engine.close();
    }
  });
}

/** Writes the result: to the stream that was asked for, to the file, or both. */
async function publish(
  head: AssessmentHead,
  store: FindingReader,
  to: { flags: AssessFlags; format: Format; output: Output; stream: Stream | null },
): Promise<void> {
  const { flags, format, output, stream } = to;
  const toFile = flags.output !== undefined;
  await stream?.end(head, (separator) => store.readFindingsAsJson(head.id, separator));
  if (stream === null || toFile || output.isTerminal) await renderAssessment(head, store, format, output);
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

/** `--dry-run`: tells what would be done, and does nothing. */
async function planOnly(
  config: Config,
  flags: AssessFlags,
  output: Output,
  input: {
    targets: readonly string[];
    intake: Parameters<Engine['resolve']>[0]['intake'] | null;
    assets: Parameters<Engine['resolve']>[0]['assets'];
    serviceNow: string | null;
    startedAt: Date;
  },
  signal: AbortSignal,
): Promise<ExitCode> {
  const { intake } = input;
  if (intake === null) return EXIT.done;
  return withStore(config, async (store) => {
    const plan = await rehearse(
      config,
      store,
      VERSION,
      { ...input, intake, options: toOptions(flags, config) },
      signal,
    );
    await output.write(flags.format === 'json' ? `${JSON.stringify(plan, null, 2)}\n` : renderPlan(plan));
    await output.finish();
    return EXIT.done;
  });
}

/** Columns of tables, in lower case, and what the user says that they hold. */
function readColumns(texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(readPairs(texts, '--map').map(({ field, value }) => [field, value.toLowerCase()]));
}

function isOffline(flags: AssessFlags, config: Config): boolean {
  return flags.offline === true || config.offline;
}

function toOptions(flags: AssessFlags, config: Config): Parameters<Engine['start']>[0]['options'] {
  const exposure = flags.exposure === undefined || flags.exposure === 'unknown' ? null : flags.exposure;
  return {
    offline: isOffline(flags, config),
    exposure,
    useModel: flags.llm,
    maxCostUsd: flags.maxCost ?? config.languageModel?.maxCostUsd ?? MODEL_OPTIONS.maxCostUsd,
    batchSize: flags.batchSize ?? MODEL_OPTIONS.batchSize,
    economy: flags.economy === true,
    concurrency: flags.concurrency ?? MODEL_OPTIONS.concurrency,
  };
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
