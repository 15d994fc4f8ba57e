import type { KnowledgeFilter } from './knowledge-index.ts';

/** What is said of the documents that there are. */
export interface DocumentCatalogue {
  /** Documents that meet all conditions. */
  count(filters: readonly KnowledgeFilter[]): number;
  /** Names of fields that documents have: those that all have, then those of most documents first. */
  fields(): readonly string[];
  /** Values of a field, those of most documents first; values alike but for their case are one. */
  values(field: string): readonly string[];
}
