import type { DocumentFields, DocumentRecord, Passage } from '../domain/knowledge/document.ts';
import type { Embedding } from './embedder.ts';

/** A condition on documents; of several, all must hold. */
export interface KnowledgeFilter {
  /**
   * In lower case: `type`, `date`, `title`, `path`, or what an author says of a document, of several values each; `cve` and `technique`, too, what a
   * document names (a technique also by its sub-techniques).
   */
  readonly field: string;
  /** `one`: the field is one of the values, whatever their case. `from` and `to`: of `date` only, that day included. */
  readonly is: 'one' | 'from' | 'to';
  readonly values: readonly string[];
}

/** A passage that a search has found, with what speaks for it. */
export interface FoundPassage extends Passage {
  readonly document: DocumentRecord;
  /** Okapi BM25, the higher the better; null where no word of the question is in it. */
  readonly bm25: number | null;
  /** Cosine similarity to the question, −1 to 1; null where it is not among the nearest. */
  readonly similarity: number | null;
}

/** What is searched for. */
export interface KnowledgeQuery {
  readonly words: readonly string[];
  readonly ids: readonly string[];
  /** Null: by words and ids alone. */
  readonly embedding: Embedding | null;
  readonly filters: readonly KnowledgeFilter[];
  /** Passages of each kind of search at most. */
  readonly limit: number;
}

/** How a collection stands. */
export interface KnowledgeState {
  /** The model of its embeddings; null while it has none. */
  readonly model: string | null;
  /** Of its vectors; null while it has none. */
  readonly dimensions: number | null;
  /** Where they are; null while there are none. */
  readonly vectors: 'store' | 'elsewhere' | null;
  readonly documents: number;
  readonly passages: number;
}

/** Where passages are kept and found. What is written is durable when it resolves; a document is there whole or not at all. */
export interface KnowledgeIndex {
  /** Where it keeps vectors. */
  readonly place: NonNullable<KnowledgeState['vectors']>;
  state(): Promise<KnowledgeState>;
  /** Path and hash of every document. */
  listDocuments(): Promise<readonly Pick<DocumentRecord, 'id' | 'path' | 'hash'>[]>;
  /** What whoever took them in said of documents, by their ids; it outlives `clear`, since nobody says it again. */
  givenFields(): Promise<ReadonlyMap<string, DocumentFields>>;
  /** Puts a document in the place of an earlier one of its id. @throws RiskError `BAD_INPUT` where the collection is of another model, of other dimensions, or its vectors are elsewhere */
  replaceDocument(
    document: DocumentRecord,
    passages: readonly (Passage & { readonly embedding: Embedding })[],
    model: string,
  ): Promise<void>;
  removeDocuments(ids: readonly string[]): Promise<void>;
  /** Passages found by words, ids or meaning, in no order. */
  search(query: KnowledgeQuery): Promise<readonly FoundPassage[]>;
  /** Empties the collection, for another model. */
  clear(): Promise<void>;
}

/** Embeddings by model and text, so that a text is embedded once. */
export interface EmbeddingCache {
  find(model: string, texts: readonly string[]): ReadonlyMap<string, Embedding>;
  save(model: string, entries: readonly { readonly text: string; readonly embedding: Embedding }[]): void;
  /** How many vectors there are, and what they take. */
  stats(): { readonly entries: number; readonly bytes: number };
  clear(): void;
}
