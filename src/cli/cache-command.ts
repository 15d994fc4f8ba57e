import { loadProcessConfig } from '../config/process-config.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { openCache, openEmbeddingCache } from '../runtime/open-cache.ts';
import type { OpenStore } from '../runtime/open-store.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { withStore } from './with-store.ts';

type Cache = ReturnType<typeof openCache>;
type CacheStats = Awaited<ReturnType<Cache['stats']>>[number];

/** Flags of `eras cache`. */
export interface CacheFlags {
  readonly format?: string;
  readonly only?: 'responses' | 'embeddings';
}

/** `eras cache stats|clear`: what the caches of responses and of embeddings hold, or no longer. */
export async function runCache(action: 'stats' | 'clear', { format, only }: CacheFlags): Promise<ExitCode> {
  const config = loadProcessConfig();
  const backend = config.redisUrl === null ? 'embedded' : 'redis';
  return withStore(config, async (store) => {
    const cache = openCache(config, store);
    try {
      process.stdout.write(
        action === 'clear' ? await clear(cache, store, backend, only) : await describe(cache, store, backend, format),
      );
      return EXIT.done;
    } finally {
      await cache.close();
    }
  });
}

async function clear(cache: Cache, store: OpenStore, backend: string, only: CacheFlags['only']): Promise<string> {
  const lines: string[] = [];
  if (only !== 'embeddings') {
    await cache.clear();
    checkWorks(cache);
    lines.push(`the ${backend} response cache is empty\n`);
  }
  if (only !== 'responses') {
    openEmbeddingCache(store).clear();
    lines.push('the embedding cache is empty\n');
  }
  return lines.join('');
}

async function describe(cache: Cache, store: OpenStore, backend: string, format: string | undefined): Promise<string> {
  const namespaces = await cache.stats();
  checkWorks(cache);
  const embeddings = openEmbeddingCache(store).stats();
  if (format === 'json') return `${JSON.stringify({ backend, namespaces, embeddings }, null, 2)}\n`;
  const responses = namespaces.map(toLine).join('');
  return `response cache: ${backend}\n${responses}embedding cache: embedded\n${toLine({ namespace: 'embeddings', ...embeddings })}`;
}

function toLine({ namespace, entries, bytes }: Omit<CacheStats, 'namespace'> & { readonly namespace: string }): string {
  const size = bytes === null ? '' : `  ${(bytes / 2 ** 20).toFixed(1)} MB`;
  return `  ${namespace.padEnd(16)} ${String(entries).padStart(8)} entries${size}\n`;
}

/** @throws RiskError `STORE_FAILED` */
function checkWorks(cache: Cache): void {
  const failure = cache.failure();
  if (failure !== null) throw new RiskError({ code: 'STORE_FAILED', message: `the response cache failed: ${failure}` });
}
