import { existsSync } from 'node:fs';
import { SYNC_SOURCES, type SyncSource } from '../assessment/sync.ts';
import type { LocalOutcome } from '../assessment/sync-from-files.ts';
import { loadProcessConfig } from '../config/process-config.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { createEngine } from '../runtime/create-engine.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { listenForInterruption } from './interruption.ts';
import { createSpinner } from './progress.ts';
import { VERSION } from './version.ts';
import { withStore } from './with-store.ts';

/** `eras sync`: a source that fails keeps what the mirror held. */
export async function runSync(names: readonly string[], { from }: { readonly from?: string }): Promise<ExitCode> {
  const config = loadProcessConfig();
  const wanted = chooseSources(names);
  if (from === undefined && config.offline)
    throw bad('sync needs the network, but ERAS_OFFLINE is set; eras sync --from PATH loads local files');
  if (from !== undefined && !existsSync(from)) throw bad(`${from} does not exist`);
  const signal = listenForInterruption();
  return withStore(config, async (store) => {
    const engine = createEngine(config, store, VERSION);
    const progress = await createSyncProgress();
    const call = { signal, onWait: progress.wait, onProgress: progress.show };
    const outcomes = from === undefined ? engine.sync(wanted, call) : engine.syncFrom(from, wanted, call);
    try {
      return toExitCode(
        await follow(outcomes, progress),
        from === undefined ? null : `${from} holds nothing of ${wanted.join(', ')}`,
      );
    } finally {
      progress.clear();
      await engine.close();
    }
  });
}

interface Counts {
  loaded: number;
  refused: number;
}

async function follow(outcomes: AsyncIterable<LocalOutcome>, progress: SyncProgress): Promise<Counts> {
  const counts: Counts = { loaded: 0, refused: 0 };
  for await (const outcome of outcomes) {
    progress.clear();
    tell(outcome);
    counts[outcome.ok ? 'loaded' : 'refused'] += 1;
  }
  return counts;
}

/** @throws RiskError `BAD_INPUT` where there was nothing to load */
function toExitCode({ loaded, refused }: Counts, nothing: string | null): ExitCode {
  if (loaded + refused === 0 && nothing !== null) throw bad(nothing);
  if (refused === 0) return EXIT.done;
  return loaded === 0 ? EXIT.failed : EXIT.gaps;
}

function tell(outcome: LocalOutcome): void {
  if (!outcome.ok) {
    const what = outcome.source === null ? '' : `${outcome.source}: `;
    process.stderr.write(`eras: ${what}${outcome.reason}; the mirror keeps what it had\n`);
    return;
  }
  process.stdout.write(`${outcome.source}: ${outcome.records} records\n`);
  if (outcome.warning !== null) process.stderr.write(`warning: ${outcome.warning}\n`);
}

interface SyncProgress {
  show(source: string, done: number, total: number): void;
  wait(milliseconds: number): void;
  clear(): void;
}

/** A line on a terminal; elsewhere a line for every wait. */
async function createSyncProgress(): Promise<SyncProgress> {
  const spinner = await createSpinner();
  return {
    show(source: string, done: number, total: number) {
      if (spinner === null) return;
      spinner.text = total === 0 ? `${source} ${done}` : `${source} ${done}/${total}`;
      if (!spinner.isSpinning) spinner.start();
    },
    wait(milliseconds: number) {
      const line = `waiting up to ${Math.ceil(milliseconds / 1000)} s for a rate limit`;
      if (spinner === null) process.stderr.write(`${line}\n`);
      else spinner.suffixText = `(${line})`;
    },
    clear: () => spinner?.stop(),
  };
}

function chooseSources(names: readonly string[]): readonly SyncSource[] {
  if (names.length === 0 || names.includes('all')) return SYNC_SOURCES;
  return names.map((name) => {
    const source = SYNC_SOURCES.find((known) => known === name);
    if (source === undefined) throw bad(`"${name}" is no source; choose ${SYNC_SOURCES.join(', ')} or all`);
    return source;
  });
}

function bad(message: string): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message });
}
