import { MODEL_OPTIONS } from '../../src/assessment/assess-options.ts';
import { scopeOfCves } from '../../src/assessment/scope.ts';
import { loadConfig } from '../../src/config/config.ts';
import type { Finding } from '../../src/domain/assessment/finding-schema.ts';
import { Assessment } from '../../src/domain/assessment/schema.ts';
import type { CveId } from '../../src/domain/cve/cve-id.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { createEngine } from '../../src/runtime/create-engine.ts';
import { openStore } from '../../src/runtime/open-store.ts';

/** One assessment in this process, put together as the command line puts it together, and its document. */
export async function assessInProcess(
  env: Readonly<Record<string, string>> & { readonly ERAS_HOME: string },
  ids: readonly string[],
): Promise<Assessment> {
  const config = loadConfig(env, env.ERAS_HOME);
  const store = await openStore(config, systemClock);
  const engine = createEngine(config, store, '0.0.0');
  try {
    const head = await engine.start(
      {
        targets: [...ids],
        scope: scopeOfCves(ids as readonly CveId[]),
        options: { offline: false, exposure: null, ...MODEL_OPTIONS },
        startedAt: new Date(),
      },
      { signal: new AbortController().signal, emit: () => undefined, isStreaming: false },
    );
    const findings: Finding[] = [];
    for await (const finding of store.assessments.readFindings(head.id)) findings.push(finding);
    return Assessment.parse({ ...head, findings });
  } finally {
    await engine.close();
    await store.close();
  }
}
