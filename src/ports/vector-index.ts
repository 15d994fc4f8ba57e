import type { DocumentRecord, Passage } from '../domain/knowledge/document.ts';
import type { Embedding } from './embedder.ts';
import type { KnowledgeFilter } from './knowledge-index.ts';

/** The field of a condition on documents' ids, as no author can name one. */
export const DOCUMENT_FIELD = ' id';

/** A passage's vector, with the document that filters look at. */
export interface PassageVector {
  readonly passageId: Passage['id'];
  readonly document: DocumentRecord;
  readonly embedding: Embedding;
}

/**
 * Vectors of passages in a service of their own, by collections. What is written is durable when it resolves.
 * Everything throws a RiskError `SOURCE_UNAVAILABLE` where the service cannot be used.
 */
export interface VectorIndex {
  /** Writes vectors in the place of earlier ones of their passages. */
  upsert(collection: string, vectors: readonly PassageVector[]): Promise<void>;
  remove(collection: string, passageIds: readonly string[]): Promise<void>;
  /** Cosine similarities, −1 to 1, of the passages nearest to a vector. */
  nearest(
    collection: string,
    embedding: Embedding,
    options: { readonly filters: readonly KnowledgeFilter[]; readonly limit: number },
  ): Promise<ReadonlyMap<string, number>>;
  /** The same of passages that are named, as far as they are there. */
  measure(
    collection: string,
    embedding: Embedding,
    passageIds: readonly string[],
  ): Promise<ReadonlyMap<string, number>>;
  /** Removes a collection, which need not be there. */
  drop(collection: string): Promise<void>;
}
