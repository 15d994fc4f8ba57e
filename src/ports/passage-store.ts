import type { DocumentFields, DocumentRecord, Passage } from '../domain/knowledge/document.ts';
import type { FoundPassage, KnowledgeFilter, KnowledgeQuery, KnowledgeState } from './knowledge-index.ts';

/**
 * Documents, passages and their words, in the store; their vectors are elsewhere. A journal holds the passages whose vectors are being
 * written or are to be taken out, so that whoever comes after a killed process knows what may be left over.
 */
export interface PassageStore {
  state(): KnowledgeState;
  listDocuments(): readonly Pick<DocumentRecord, 'id' | 'path' | 'hash'>[];
  givenFields(): ReadonlyMap<string, DocumentFields>;
  /** Ids of the documents that meet a condition which only the store can tell, by the ids that they name; null where others can, too. */
  documentsOf(filter: KnowledgeFilter): readonly string[] | null;
  /** The collection that the vectors are in, named with the first document. @throws RiskError `BAD_INPUT` where it is of another model or place */
  settle(model: string, dimensions: number): string;
  /** Null while there is none. */
  collection(): string | null;
  /** Notes that vectors of passages are about to be written. */
  begin(passageIds: readonly string[]): void;
  /** Puts a document in the place of an earlier one; what is no longer needed is noted. */
  replaceDocument(document: DocumentRecord, passages: readonly Passage[]): void;
  removeDocuments(ids: readonly string[]): void;
  /** Passages that are no longer in the store, or never came to be in it: their vectors are to be taken out. */
  leftOver(): readonly string[];
  /** Forgets what was noted of passages. */
  finish(passageIds: readonly string[]): void;
  /** Passages found by words and ids, and those of `near`, with their similarity. */
  search(query: Omit<KnowledgeQuery, 'embedding'>, near: ReadonlyMap<string, number>): readonly FoundPassage[];
  clear(): void;
}
