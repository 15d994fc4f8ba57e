import { availableParallelism } from 'node:os';
import { createChromaVectors } from '../adapters/chroma/chroma-vectors.ts';
import { documentId, type FoundDocuments, findDocuments } from '../adapters/documents/find-documents.ts';
import { readSidecar } from '../adapters/documents/read-sidecar.ts';
import { createWorkerPool } from '../adapters/documents/worker-pool.ts';
import { createSqliteDocumentCatalogue } from '../adapters/sqlite/document-catalogue.ts';
import { createSqliteEmbeddingCache } from '../adapters/sqlite/embedding-cache.ts';
import { createSqliteKnowledgeIndex } from '../adapters/sqlite/knowledge-index.ts';
import { createSqlitePassageStore } from '../adapters/sqlite/passage-store.ts';
import type { Config } from '../config/config.ts';
import { systemClock } from '../kernel/clock.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { checkFilters } from '../knowledge/check-filters.ts';
import { createIndexWithVectors } from '../knowledge/index-with-vectors.ts';
import { type IngestOutcome, type IngestRequest, ingest } from '../knowledge/ingest.ts';
import type { KnowledgeFilter, KnowledgeIndex, KnowledgeState } from '../ports/knowledge-index.ts';
import { NO_TELEMETRY, type Telemetry } from '../ports/telemetry.ts';
import type { SpanStart } from '../ports/tracing.ts';
import { type AskedAnswer, type AskOptions, askQuestion } from './ask-question.ts';
import { createServiceHttp } from './create-service-http.ts';
import { openEmbedder, whyNotAsked } from './open-embedder.ts';
import type { OpenStore } from './open-store.ts';

export type { IngestOutcome };

/** The use cases of the knowledge base. */
export interface Knowledge {
  /** Lines on what stands in the way of answers: no documents, vectors in another place, conditions that no document meets. */
  check(filters: readonly KnowledgeFilter[]): Promise<readonly string[]>;
  /** The language of a question, as ISO 639-1 names it, where questions by meaning are not understood in it; else null. */
  foreignLanguageOf(question: string, signal: AbortSignal): Promise<string | null>;
  /** Documents by names of files and folders, or patterns. */
  find(names: readonly string[]): Promise<FoundDocuments>;
  ingest(request: IngestRequest, signal: AbortSignal): AsyncGenerator<IngestOutcome, void>;
  ask(question: string, options: AskOptions, signal: AbortSignal): Promise<AskedAnswer>;
  close(): Promise<void>;
}

/** How the knowledge base works. */
export interface KnowledgeOptions {
  /** Threads that read and embed; null: as many as there are cores. */
  readonly workers: number | null;
  /** Told where a search has to do without meaning. */
  readonly onTrouble?: (reason: string) => void;
  readonly telemetry?: Telemetry;
}

/** The root span of a question's trace. */
const QUESTION: SpanStart = {
  kind: 'question',
  name: 'invoke_workflow ask',
  attributes: { 'gen_ai.operation.name': 'invoke_workflow', 'gen_ai.workflow.name': 'ask' },
};

/** Puts the knowledge base together over an open store. @throws RiskError `BAD_INPUT` where the embedding model cannot be one */
export async function createKnowledge(
  config: Config,
  store: OpenStore,
  { workers, onTrouble = () => undefined, telemetry = NO_TELEMETRY }: KnowledgeOptions,
): Promise<Knowledge> {
  const pool = createWorkerPool(workers ?? availableParallelism());
  const embedder = await openEmbedder(config, pool, telemetry);
  const index = openIndex(config, store, onTrouble, telemetry);
  async function foreignLanguageOf(question: string, signal: AbortSignal): Promise<string | null> {
    const language = await pool.languageOf(question, signal);
    return embedder.language === null || language === embedder.language ? null : language;
  }
  return {
    async check(filters) {
      const state = await index.state();
      if (state.documents === 0) return ['the knowledge base is empty; eras ingest PATH takes documents in'];
      return [...checkPlace(state, index), ...checkFilters(createSqliteDocumentCatalogue(store.database), filters)];
    },
    foreignLanguageOf,
    find: findDocuments,
    async *ingest(request, signal) {
      const reason = whyNotAsked(config);
      if (reason !== null) throw new RiskError({ code: 'BAD_INPUT', message: reason });
      const cache = createSqliteEmbeddingCache(store.database);
      yield* ingest({ reader: pool, embedder, index, cache, documentId, readSidecar }, request, signal);
    },
    ask: (question, options, signal) =>
      telemetry.tracing.inSpan(QUESTION, () => {
        const retrieval = { index, embedder, onTrouble };
        return askQuestion({ config, store, telemetry, retrieval, foreignLanguageOf }, question, options, signal);
      }),
    close: () => pool.close(),
  };
}

/** Vectors that are elsewhere than where they are looked for are not found. */
function checkPlace({ vectors }: KnowledgeState, { place }: KnowledgeIndex): string[] {
  if (vectors === null || vectors === place) return [];
  const where =
    vectors === 'store'
      ? 'CHROMA_URL is set, but the vectors are in the store: unset it'
      : 'the vectors are in a Chroma server: set CHROMA_URL';
  return [`${where}, or move them by eras ingest --reembed; words alone are looked for`];
}

/** Vectors are in the store, or in Chroma where it is named. */
function openIndex(
  config: Config,
  store: OpenStore,
  onTrouble: (reason: string) => void,
  telemetry: Telemetry,
): KnowledgeIndex {
  if (config.chromaUrl === null) return createSqliteKnowledgeIndex(store.database);
  const http = createServiceHttp(config, telemetry);
  const { signal } = new AbortController();
  const vectors = createChromaVectors({ http, url: config.chromaUrl.reveal(), signal });
  return createIndexWithVectors(createSqlitePassageStore(store.database, systemClock), vectors, onTrouble);
}
