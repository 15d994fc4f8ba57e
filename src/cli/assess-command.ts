import { MODEL_OPTIONS } from '../assessment/assess.ts';
import type { Config } from '../config/config.ts';
import { loadProcessConfig } from '../config/process-config.ts';
import type { Finding } from '../domain/assessment/finding-schema.ts';
import { RISK_LEVELS } from '../domain/assessment/finding-schema.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';
import { findModelFacts } from '../domain/language-model/model-catalogue.ts';
import type { Exposure } from '../domain/ssvc/decision-points.ts';
import { systemClock } from '../kernel/clock.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { createEngine, type Engine } from '../runtime/create-engine.ts';
import { readUserTargets } from '../runtime/read-user-targets.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { chooseFormat } from './formats.ts';
import { listenForInterruption } from './interruption.ts';
import { openOutput } from './output.ts';
import { createProgress, type Progress } from './progress.ts';
import { renderAssessment } from './render.ts';
import { createStream } from './stream.ts';
import { VERSION } from './version.ts';
import { withStore } from './with-store.ts';

interface AssessFlags {
  readonly format?: string;
  readonly output?: string;
  readonly offline?: boolean;
  readonly exposure?: Exposure | 'unknown';
  readonly failOn?: 'critical' | 'high' | 'medium';
  readonly resume?: string;
  readonly llm: boolean;
  readonly stream?: boolean;
  readonly batchSize?: number;
  readonly concurrency?: number;
  readonly maxCost?: number;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** `eras assess`: reads targets, runs or resumes an assessment, renders it, and tells by the exit code how it went. */
export async function runAssess(targets: readonly string[], flags: AssessFlags): Promise<ExitCode> {
  const startedAt = systemClock.now();
  const config = loadProcessConfig();
  const output = openOutput(flags.output ?? null);
  const format = chooseFormat(flags.format, flags.output ?? null);
  if (flags.resume !== undefined && targets.length > 0) {
    throw new RiskError({
      code: 'BAD_INPUT',
      message: '--resume takes up a stored assessment: give no targets beside it',
    });
  }
  if (flags.resume !== undefined && flags.exposure !== undefined) {
    throw new RiskError({
      code: 'BAD_INPUT',
      message: '--resume keeps the exposure that the assessment began with: leave --exposure out',
    });
  }
  if (flags.resume === undefined && targets.length === 0) {
    throw new RiskError({
      code: 'BAD_INPUT',
      message: 'nothing to assess: give CVE ids, a file, or - for standard input',
    });
  }
  if (flags.llm) refuseUnpricedCap(flags, config);
  const intake = flags.resume === undefined ? await readUserTargets(targets) : null;
  const signal = listenForInterruption();
  const progress = createProgress(flags.quiet ? 'quiet' : flags.verbose ? 'verbose' : 'normal');

  return withStore(config, async (store) => {
    const engine = createEngine(config, store, VERSION);
    let id = flags.resume ?? '';
    const stream = flags.stream ? createStream(openOutput(null)) : null;
    const call = {
      signal,
      emit(event: Parameters<Progress['show']>[0]) {
        if (event.type === 'assessment-start') id = event.id;
        progress.show(event);
        stream?.show(event);
      },
      isStreaming: stream !== null,
    };
    try {
      const head =
        intake === null
          ? await engine.resume(id, { offline: isOffline(flags, config) }, call)
          : await engine.start({ targets, intake, startedAt, options: toOptions(flags, config) }, call);
      progress.stop();
      await stream?.end(head, store.assessments.readFindings(head.id));
      if (stream === null || flags.output !== undefined || output.isTerminal)
        await renderAssessment(head, () => store.assessments.readFindings(head.id), format, output);
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
    concurrency: flags.concurrency ?? MODEL_OPTIONS.concurrency,
  };
}

function interrupted(id: string, cause: unknown): RiskError {
  const message = `interrupted; what was gathered is saved: eras assess --resume ${id} goes on from there`;
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

/** A cap can only be kept where every call's price is known. @throws RiskError `BAD_INPUT` */
function refuseUnpricedCap(flags: AssessFlags, { languageModel }: Config): void {
  if (languageModel === null || (flags.maxCost ?? languageModel.maxCostUsd) === null) return;
  const { provider, models } = languageModel;
  const unpriced = Object.values(models).find((model) => findModelFacts(provider, model) === null);
  if (unpriced === undefined) return;
  const message = `the price of the model ${unpriced.slice(0, 80)} is not known, so a cost cap cannot be kept; leave the cap out or choose another model`;
  throw new RiskError({ code: 'BAD_INPUT', message });
}
