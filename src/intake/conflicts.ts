import type { Sighting, VexStatement } from '../domain/finding/sighting.ts';

/** Two statements of VEX documents that say different things of the same, the one that holds first. */
export type OnConflict = (about: Sighting, holds: VexStatement, other: VexStatement) => void;

/** Gathers disagreements of VEX documents, to be told as one warning: a settled contradiction is for people to see. */
export function createConflicts(): { readonly add: OnConflict; warnings(): string[] } {
  let first: string | null = null;
  const about = new Set<string>();
  return {
    add(sighting, holds, other) {
      const { vulnerabilityId, component, application } = sighting;
      const where = component?.purl ?? component?.cpe ?? component?.name ?? application ?? 'the product';
      about.add(`${vulnerabilityId} ${where}`);
      first ??= `${vulnerabilityId} in ${where.slice(0, 200)} (${inWords(holds)} holds over ${inWords(other)})`;
    },
    warnings() {
      if (first === null) return [];
      const count = about.size === 1 ? '1 finding' : `${about.size} findings`;
      return [
        `VEX documents disagree about ${count}, such as ${first}: the later statement holds, of equally late ones the one that leaves more to do`,
      ];
    },
  };
}

function inWords({ status, author, at }: VexStatement): string {
  const by = author === null ? '' : ` by ${author.slice(0, 80)}`;
  return `${status}${by}${at === null ? ', undated' : ` of ${at.slice(0, 10)}`}`;
}
