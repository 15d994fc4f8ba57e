import { SYNC_SOURCES, type SyncSource } from '../assessment/sync.ts';
import { loadProcessConfig } from '../config/process-config.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { createEngine } from '../runtime/create-engine.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { listenForInterruption } from './interruption.ts';
import { notAvailableYet } from './not-available.ts';
import { VERSION } from './version.ts';
import { withStore } from './with-store.ts';

/** `eras sync`: a source that fails keeps what the mirror held. */
export async function runSync(names: readonly string[]): Promise<ExitCode> {
  const config = loadProcessConfig();
  const wanted = chooseSources(names);
  if (config.offline)
    throw new RiskError({ code: 'BAD_INPUT', message: 'sync needs the network, but ERAS_OFFLINE is set' });
  const signal = listenForInterruption();
  return withStore(config, async (store) => {
    const engine = createEngine(config, store, VERSION);
    let [loaded, refused] = [0, 0];
    try {
      for await (const outcome of engine.sync(wanted, { signal })) {
        if (outcome.ok) {
          loaded += 1;
          process.stdout.write(`${outcome.source}: ${outcome.records} records\n`);
          if (outcome.warning !== null) process.stderr.write(`warning: ${outcome.warning}\n`);
        } else {
          refused += 1;
          process.stderr.write(`eras: ${outcome.source}: ${outcome.reason}; the mirror keeps what it had\n`);
        }
      }
    } finally {
      await engine.close();
    }
    if (refused === 0) return EXIT.done;
    return loaded === 0 ? EXIT.failed : EXIT.gaps;
  });
}

function chooseSources(names: readonly string[]): readonly SyncSource[] {
  if (names.length === 0 || names.includes('all')) return SYNC_SOURCES;
  return names.map((name) => {
    if (name === 'nvd' || name === 'ssvc') notAvailableYet(`eras sync ${name}`);
    const source = SYNC_SOURCES.find((known) => known === name);
    if (source === undefined) {
      throw new RiskError({
        code: 'BAD_INPUT',
        message: `"${name}" is no source; choose ${SYNC_SOURCES.join(', ')} or all`,
      });
    }
    return source;
  });
}
