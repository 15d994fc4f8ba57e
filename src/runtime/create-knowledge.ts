import { availableParallelism } from 'node:os';
import { documentId, type FoundDocuments, findDocuments, readSidecar } from '../adapters/documents/find-documents.ts';
import { createWorkerPool } from '../adapters/documents/worker-pool.ts';
import { createBundledEmbedder } from '../adapters/embeddings/bundled-embedder.ts';
import { createSqliteEmbeddingCache, createSqliteKnowledgeIndex } from '../adapters/sqlite/knowledge-index.ts';
import { type Answer, answerByQuoting } from '../knowledge/answer.ts';
import { type IngestOutcome, type IngestRequest, ingest } from '../knowledge/ingest.ts';
import { retrieve } from '../knowledge/retrieve.ts';
import type { KnowledgeFilter, KnowledgeState } from '../ports/knowledge-index.ts';
import type { OpenStore } from './open-store.ts';

export type { Answer, FoundDocuments, IngestOutcome };

/** The use cases of the knowledge base. */
export interface Knowledge {
  state(): Promise<KnowledgeState>;
  /** Documents by names of files and folders, or patterns. */
  find(names: readonly string[]): Promise<FoundDocuments>;
  ingest(request: IngestRequest, signal: AbortSignal): AsyncGenerator<IngestOutcome, void>;
  ask(
    question: string,
    options: { readonly filters: readonly KnowledgeFilter[]; readonly top: number },
    signal: AbortSignal,
  ): Promise<Answer>;
  close(): Promise<void>;
}

/** Puts the knowledge base together over an open store. `workers` threads read and embed; null: as many as there are cores. */
export function createKnowledge(store: OpenStore, workers: number | null): Knowledge {
  const pool = createWorkerPool(workers ?? availableParallelism());
  const embedder = createBundledEmbedder(pool.embed, pool.workers);
  const index = createSqliteKnowledgeIndex(store.database);
  return {
    state: () => index.state(),
    find: findDocuments,
    async *ingest(request, signal) {
      const { countTokens } = await import('gpt-tokenizer');
      const cache = createSqliteEmbeddingCache(store.database);
      const count = (text: string) => countTokens(text);
      yield* ingest(
        { reader: pool, embedder, index, cache, countTokens: count, documentId, readSidecar },
        request,
        signal,
      );
    },
    async ask(question, options, signal) {
      return answerByQuoting(question, await retrieve({ index, embedder }, question, options, signal));
    },
    close: () => pool.close(),
  };
}
