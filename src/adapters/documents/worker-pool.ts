import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { once } from '../../kernel/once.ts';
import { failure, type Result } from '../../kernel/result.ts';
import type { DocumentFile, DocumentReader, ReadLimits } from '../../ports/document-reader.ts';
import { hashFile } from './read-document.ts';

/** Threads that read documents and embed texts. */
export interface WorkerPool extends DocumentReader {
  embed(texts: readonly string[], signal: AbortSignal): Promise<number[][]>;
}

/** Beside the bundle; where the sources run as they are there is none, and the work is done here. */
const ENTRY = fileURLToPath(new URL('./document-worker.js', import.meta.url));
/** Most memory of a thread's objects, megabytes: what needs more is not worth the others. */
const MOST_MB = 1024;

/** Starts threads when they are needed: each dies alone of a document that takes too long or too much, and another takes its place. */
export function createWorkerPool(workers: number): WorkerPool {
  const load = once(async () => {
    const { Piscina } = await import('piscina');
    return new Piscina({
      filename: ENTRY,
      minThreads: 1,
      maxThreads: workers,
      idleTimeout: 30_000,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MB },
    });
  });
  let isLoaded = false;

  async function run<Value>(name: 'read' | 'embed', task: unknown, signal: AbortSignal): Promise<Value> {
    if (!existsSync(ENTRY)) {
      const worker: Record<string, (task: never) => Promise<unknown>> = await import('./document-worker.ts');
      return (await worker[name]?.(task as never)) as Value;
    }
    isLoaded = true;
    return (await load()).run(task, { name, signal });
  }

  return {
    workers,
    hash: (path, limits) => hashFile(path, limits),
    async read(path: string, limits: ReadLimits, signal: AbortSignal): Promise<Result<DocumentFile, string>> {
      const late = AbortSignal.timeout(limits.timeoutMs);
      try {
        return await run('read', { path, limits }, AbortSignal.any([signal, late]));
      } catch (error) {
        signal.throwIfAborted();
        if (late.aborted) return failure(`it takes longer than ${limits.timeoutMs / 1000} s`);
        const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        return failure(isMemory ? `it takes more than ${MOST_MB} MB of memory` : 'reading it failed');
      }
    },
    embed: (texts, signal) => run('embed', texts, signal),
    async close() {
      if (isLoaded) await (await load()).destroy();
    },
  };
}
