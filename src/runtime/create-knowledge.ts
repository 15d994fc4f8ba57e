import { availableParallelism } from 'node:os';
import { ulid } from 'ulid';
import { createChromaVectors } from '../adapters/chroma/chroma-vectors.ts';
import { documentId, type FoundDocuments, findDocuments } from '../adapters/documents/find-documents.ts';
import { readSidecar } from '../adapters/documents/read-sidecar.ts';
import { createWorkerPool } from '../adapters/documents/worker-pool.ts';
import { createSqliteDocumentCatalogue } from '../adapters/sqlite/document-catalogue.ts';
import { createSqliteEmbeddingCache } from '../adapters/sqlite/embedding-cache.ts';
import { createSqliteKnowledgeIndex } from '../adapters/sqlite/knowledge-index.ts';
import { createSqlitePassageStore } from '../adapters/sqlite/passage-store.ts';
import type { WrittenAnswer } from '../agents/answering/answer-by-model.ts';
import type { Config } from '../config/config.ts';
import { systemClock } from '../kernel/clock.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { type Answer, answerByQuoting } from '../knowledge/answer.ts';
import { checkFilters } from '../knowledge/check-filters.ts';
import { inContext } from '../knowledge/follow-up.ts';
import { createIndexWithVectors } from '../knowledge/index-with-vectors.ts';
import { type IngestOutcome, type IngestRequest, ingest } from '../knowledge/ingest.ts';
import { type RankedPassage, retrieve } from '../knowledge/retrieve.ts';
import type { KnowledgeFilter, KnowledgeIndex, KnowledgeState } from '../ports/knowledge-index.ts';
import { NO_TELEMETRY, type Telemetry } from '../ports/telemetry.ts';
import type { SpanStart } from '../ports/tracing.ts';
import { loadSnapshot } from './bundled-data.ts';
import { createServiceHttp } from './create-service-http.ts';
import { observeRetrieval } from './observe-retrieval.ts';
import { openEmbedder, whyNotAsked } from './open-embedder.ts';
import type { OpenStore } from './open-store.ts';
import { recallFacts } from './recall-facts.ts';

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
  ask(
    question: string,
    options: {
      readonly filters: readonly KnowledgeFilter[];
      readonly top: number;
      readonly useModel: boolean;
      readonly before: string | null;
    },
    signal: AbortSignal,
  ): Promise<WrittenAnswer>;
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
  return {
    async check(filters) {
      const state = await index.state();
      if (state.documents === 0) return ['the knowledge base is empty; eras ingest PATH takes documents in'];
      return [...checkPlace(state, index), ...checkFilters(createSqliteDocumentCatalogue(store.database), filters)];
    },
    async foreignLanguageOf(question, signal) {
      const language = await pool.languageOf(question, signal);
      return embedder.language === null || language === embedder.language ? null : language;
    },
    find: findDocuments,
    async *ingest(request, signal) {
      const reason = whyNotAsked(config);
      if (reason !== null) throw new RiskError({ code: 'BAD_INPUT', message: reason });
      const cache = createSqliteEmbeddingCache(store.database);
      yield* ingest({ reader: pool, embedder, index, cache, documentId, readSidecar }, request, signal);
    },
    ask: (question, options, signal) =>
      telemetry.tracing.inSpan(QUESTION, async () => {
        const looked = inContext(question, options.before);
        const found = await observeRetrieval(telemetry, options.top, () =>
          retrieve({ index, embedder, onTrouble }, looked, options, signal),
        );
        // Conditions are on documents: the intelligence has none of their fields.
        const known = options.filters.length > 0 ? [] : await recallFor(looked, store);
        const ranked = [...found, ...known].toSorted((left, right) => right.score - left.score).slice(0, options.top);
        const byRules = { ...answerByQuoting(looked, ranked), question };
        return options.useModel
          ? askModel({ config, store, telemetry }, byRules, ranked, signal)
          : { answer: byRules, note: null };
      }),
    close: () => pool.close(),
  };
}

/** What mirror and snapshot have of the CVEs that a question names. */
async function recallFor(question: string, { mirror }: OpenStore): Promise<RankedPassage[]> {
  const { cvesOf, intelligencePassages } = await import('../agents/answering/intelligence-passages.ts');
  const cveIds = cvesOf(question);
  return cveIds.length === 0 ? [] : intelligencePassages(question, recallFacts(mirror, loadSnapshot(), cveIds));
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

/** A model writes where one is configured and may be reached; only then is its code loaded. */
async function askModel(
  { config, store, telemetry }: { config: Config; store: OpenStore; telemetry: Telemetry },
  byRules: Answer,
  ranked: readonly RankedPassage[],
  signal: AbortSignal,
): Promise<WrittenAnswer> {
  if (config.languageModel === null || config.offline) return { answer: byRules, note: null };
  const { answerByModel } = await import('../agents/answering/answer-by-model.ts');
  const { openDeskFor } = await import('./create-model-writers.ts');
  // Each question has an account of its own: the ledger would give an earlier answer again.
  const account = `ask ${ulid(systemClock.now().getTime())}`;
  const desk = await openDeskFor(config.languageModel, store.ledger, systemClock, account, telemetry);
  try {
    return await answerByModel(byRules, ranked, desk, config.languageModel.tiers, signal);
  } finally {
    await store.ledger.forgetReplies(account);
  }
}
