import { clip } from '../kernel/clip.ts';
import type { DocumentCatalogue } from '../ports/document-catalogue.ts';
import type { KnowledgeFilter } from '../ports/knowledge-index.ts';

const MOST_NAMED = 10;
const LONGEST_NAMED = 60;

/** A line for each condition that no document meets, with what there is in its place; none where some document meets all of them. */
export function checkFilters(catalogue: DocumentCatalogue, filters: readonly KnowledgeFilter[]): string[] {
  const problems = filters.flatMap((filter) => checkFilter(catalogue, filter));
  if (problems.length > 0) return problems;
  return filters.length > 1 && catalogue.count(filters) === 0 ? ['no document meets all filters together'] : [];
}

function checkFilter(catalogue: DocumentCatalogue, filter: KnowledgeFilter): string[] {
  const { field, is, values } = filter;
  const there = catalogue.values(field);
  if (there.length === 0) {
    const hasField = catalogue.fields().includes(field);
    return hasField
      ? [`no document has a value for "${clip(field, LONGEST_NAMED)}"`]
      : [`no document has a field "${clip(field, LONGEST_NAMED)}"; fields: ${listed(catalogue.fields())}`];
  }
  const sign = { one: '=', from: '>=', to: '<=' }[is];
  return values
    .filter((value) => catalogue.count([{ field, is, values: [value] }]) === 0)
    .map(
      (value) =>
        `no document has ${clip(`${field}${sign}${value}`, LONGEST_NAMED)}; values of ${clip(field, LONGEST_NAMED)}: ${listed(there)}`,
    );
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  const shown = names.slice(0, MOST_NAMED).map((name) => clip(name, LONGEST_NAMED));
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
