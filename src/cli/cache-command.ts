import { loadProcessConfig } from '../config/process-config.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { openCache } from '../runtime/open-cache.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { withStore } from './with-store.ts';

type Cache = ReturnType<typeof openCache>;
type CacheStats = Awaited<ReturnType<Cache['stats']>>[number];

/** `eras cache stats|clear`: what the response cache holds, or no longer. */
export async function runCache(action: 'stats' | 'clear', { format }: { readonly format?: string }): Promise<ExitCode> {
  const config = loadProcessConfig();
  const backend = config.redisUrl === null ? 'embedded' : 'redis';
  return withStore(config, async (store) => {
    const cache = openCache(config, store);
    try {
      process.stdout.write(action === 'clear' ? await clear(cache, backend) : await describe(cache, backend, format));
      return EXIT.done;
    } finally {
      await cache.close();
    }
  });
}

async function clear(cache: Cache, backend: string): Promise<string> {
  await cache.clear();
  checkWorks(cache);
  return `the ${backend} response cache is empty\n`;
}

async function describe(cache: Cache, backend: string, format: string | undefined): Promise<string> {
  const namespaces = await cache.stats();
  checkWorks(cache);
  if (format === 'json') return `${JSON.stringify({ backend, namespaces }, null, 2)}\n`;
  return `response cache: ${backend}\n${namespaces.map(toLine).join('')}`;
}

function toLine({ namespace, entries, bytes }: CacheStats): string {
  const size = bytes === null ? '' : `  ${(bytes / 2 ** 20).toFixed(1)} MB`;
  return `  ${namespace.padEnd(16)} ${String(entries).padStart(8)} entries${size}\n`;
}

/** @throws RiskError `STORE_FAILED` */
function checkWorks(cache: Cache): void {
  const failure = cache.failure();
  if (failure !== null) throw new RiskError({ code: 'STORE_FAILED', message: `the response cache failed: ${failure}` });
}
