import { loadProcessConfig } from '../config/process-config.ts';
import { JOB_KINDS, type JobKind } from '../domain/job/job.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { requireRedis } from '../runtime/open-fleet.ts';
import { runWorker } from '../runtime/run-worker.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { listenForInterruption } from './interruption.ts';
import { VERSION } from './version.ts';
import { withStore } from './with-store.ts';

/** The options of `eras worker`. */
export interface WorkerFlags {
  readonly concurrency: number;
  readonly only?: string;
}

/** `eras worker`: takes jobs until it is asked to stop. */
export async function runWorkerCommand({ concurrency, only }: WorkerFlags): Promise<ExitCode> {
  const config = loadProcessConfig();
  const kinds = readKinds(only);
  requireRedis(config, 'eras worker');
  const signal = listenForInterruption();
  return withStore(config, async (store) => {
    await runWorker(config, store, { version: VERSION, concurrency, kinds }, signal);
    return EXIT.done;
  });
}

function readKinds(only: string | undefined): readonly JobKind[] {
  if (only === undefined) return JOB_KINDS;
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !JOB_KINDS.some((kind) => kind === name));
  if (unknown !== undefined) {
    const message = `--only takes kinds of jobs, separated by commas (${JOB_KINDS.join(', ')}), not "${unknown.slice(0, 40)}"`;
    throw new RiskError({ code: 'BAD_INPUT', message });
  }
  return JOB_KINDS.filter((kind) => names.includes(kind));
}
