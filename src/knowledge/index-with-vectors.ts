import { messageOf, RiskError } from '../kernel/risk-error.ts';
import type { Embedding } from '../ports/embedder.ts';
import type { KnowledgeFilter, KnowledgeIndex, KnowledgeQuery } from '../ports/knowledge-index.ts';
import type { PassageStore } from '../ports/passage-store.ts';
import { DOCUMENT_FIELD, type VectorIndex } from '../ports/vector-index.ts';

/** Vectors sent at once: some megabytes. */
const BATCH = 500;

/**
 * A knowledge base whose documents and words are in the store and whose vectors are in a service. A document is there when the store says so:
 * its vectors are written before, and those that it no longer needs are taken out after. Where the service cannot be reached, searches go by
 * words and ids alone, and `onTrouble` is told why.
 */
export function createIndexWithVectors(
  store: PassageStore,
  vectors: VectorIndex,
  onTrouble: (reason: string) => void,
): KnowledgeIndex {
  async function tidy(collection: string): Promise<void> {
    const ids = store.leftOver();
    for (let at = 0; at < ids.length; at += BATCH) await vectors.remove(collection, ids.slice(at, at + BATCH));
    store.finish(ids);
  }

  /** Asks the service; nothing where it cannot be reached, or there is nothing to be compared. */
  async function compare(
    { embedding }: KnowledgeQuery,
    ask: (collection: string, embedding: Embedding) => Promise<ReadonlyMap<string, number>>,
  ): Promise<ReadonlyMap<string, number>> {
    const collection = store.collection();
    if (embedding === null || collection === null) return new Map();
    try {
      return await ask(collection, embedding);
    } catch (error) {
      onTrouble(refuseOthers(error));
      return new Map();
    }
  }

  // Documents are taken in several at once; the journal is of all of them.
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
    const done = turn.then(act);
    turn = done.catch(() => undefined);
    return done;
  }

  return {
    place: 'elsewhere',
    async state() {
      return store.state();
    },
    async givenFields() {
      return store.givenFields();
    },
    async listDocuments() {
      return store.listDocuments();
    },
    replaceDocument: (document, passages, model) =>
      inTurn(async () => {
        const collection = store.settle(model, passages[0]?.embedding.length ?? 0);
        store.begin(passages.map(({ id }) => id));
        for (let at = 0; at < passages.length; at += BATCH) {
          const batch = passages.slice(at, at + BATCH);
          await vectors.upsert(
            collection,
            batch.map(({ id: passageId, embedding }) => ({ passageId, document, embedding })),
          );
        }
        store.replaceDocument(document, passages);
        await tidy(collection);
      }),
    removeDocuments: (ids) =>
      inTurn(async () => {
        const collection = store.collection();
        store.removeDocuments(ids);
        if (collection !== null) await tidy(collection);
      }),
    async search(query) {
      const { limit } = query;
      const filters = query.filters.map((filter) => byDocument(store, filter));
      const near = filters.some(({ values }) => values.length === 0)
        ? new Map<string, number>()
        : await compare(query, (collection, embedding) => vectors.nearest(collection, embedding, { filters, limit }));
      const found = store.search(query, near);
      const others = found.filter(({ similarity }) => similarity === null).map(({ id }) => id);
      if (near.size === 0 || others.length === 0) return found;
      const measured = await compare(query, (collection, embedding) => vectors.measure(collection, embedding, others));
      return found.map((one) => ({ ...one, similarity: one.similarity ?? measured.get(one.id) ?? null }));
    },
    clear: () =>
      inTurn(async () => {
        const collection = store.collection();
        if (collection !== null) await vectors.drop(collection);
        store.clear();
      }),
  };
}

/** The ids that documents name are known to the store alone: the service is told which documents meet a condition on them. */
function byDocument(store: PassageStore, filter: KnowledgeFilter): KnowledgeFilter {
  const ids = store.documentsOf(filter);
  return ids === null ? filter : { field: DOCUMENT_FIELD, is: 'one', values: ids };
}

function refuseOthers(error: unknown): string {
  if (error instanceof RiskError && error.code === 'SOURCE_UNAVAILABLE') return messageOf(error);
  throw error;
}
