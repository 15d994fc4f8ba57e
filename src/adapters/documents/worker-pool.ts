import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { once } from '../../kernel/once.ts';
import { failure, type Result } from '../../kernel/result.ts';
import type { DocumentFile, DocumentReader, ReadLimits } from '../../ports/document-reader.ts';
import { completeByOcr, OCR_LIMITS } from './complete-by-ocr.ts';
import { type FileReading, hashFile } from './read-document.ts';
import { findTesseract } from './tesseract.ts';

/** Threads that read documents and embed texts. */
export interface WorkerPool extends DocumentReader {
  embed(texts: readonly string[], signal: AbortSignal): Promise<number[][]>;
  /** The language of a question, as ISO 639-1 names it; null where it is not certain. */
  languageOf(question: string, signal: AbortSignal): Promise<string | null>;
}

/** Beside the bundle; where the sources run as they are there is none, and the work is done here. */
const ENTRY = fileURLToPath(new URL('./document-worker.js', import.meta.url));
/** Most memory of a thread's objects, megabytes: what needs more is not worth the others. */
const MOST_MB = 1024;

const FAILED = 'the thread that read it ended; open it, save it again and ingest it';

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

  async function run<Value>(
    name: 'read' | 'draw' | 'languageOf' | 'embed',
    task: unknown,
    signal: AbortSignal,
  ): Promise<Value> {
    if (!existsSync(ENTRY)) {
      const worker: Record<string, (task: never) => Promise<unknown>> = await import('./document-worker.ts');
      return (await worker[name]?.(task as never)) as Value;
    }
    isLoaded = true;
    return (await load()).run(task, { name, signal });
  }

  /** Holds a document to its limits; the failure is one line. */
  async function held<Value>(task: unknown, limits: ReadLimits, signal: AbortSignal): Promise<Result<Value, string>> {
    const late = AbortSignal.timeout(limits.timeoutMs);
    try {
      return await run('read', task, AbortSignal.any([signal, late]));
    } catch (error) {
      signal.throwIfAborted();
      if (late.aborted) return failure(`it takes longer than ${limits.timeoutMs / 1000} s; split it`);
      const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      return failure(isMemory ? `it takes more than ${MOST_MB} MB of memory; split it` : FAILED);
    }
  }

  return {
    workers,
    hash: (path, limits) => hashFile(path, limits),
    async read(path: string, limits: ReadLimits, signal: AbortSignal): Promise<Result<DocumentFile, string>> {
      const read = (recognised: ReadonlyMap<number, string>) =>
        held<FileReading>({ path, limits, recognised }, limits, signal);
      const reading = await read(new Map());
      if (!reading.ok || reading.value.scanned.length === 0) return reading;
      const draw = (page: number, patience: AbortSignal) =>
        run<Uint8Array>('draw', { path, maxBytes: limits.maxBytes, page }, patience);
      return completeByOcr(reading.value, { engine: await findTesseract(), draw, read }, OCR_LIMITS, signal);
    },
    languageOf: (question, signal) => run('languageOf', question, signal),
    embed: (texts, signal) => run('embed', texts, signal),
    async close() {
      if (isLoaded) await (await load()).destroy();
    },
  };
}
