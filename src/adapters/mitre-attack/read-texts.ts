import type { AttackText } from '../../domain/attack/attack-text.ts';
import type { StixOf } from './schema.ts';

/** What ATT&CK says of its techniques, as plain text: their descriptions, and how groups, software and campaigns have used them. */
export function readTexts(
  patterns: ReadonlyMap<string, StixOf<'attack-pattern'>>,
  relationships: readonly StixOf<'relationship'>[],
): AttackText[] {
  const idOf = new Map([...patterns].map(([techniqueId, { id }]) => [id, techniqueId]));
  const descriptions = [...patterns].map(
    ([techniqueId, pattern]): AttackText => ({ techniqueId, kind: 'description', text: toPlain(pattern.description) }),
  );
  const procedures = relationships.flatMap(({ relationship_type, target_ref, description }): AttackText[] => {
    const techniqueId = idOf.get(target_ref);
    if (techniqueId === undefined || relationship_type !== 'uses') return [];
    return [{ techniqueId, kind: 'procedure', text: toPlain(description) }];
  });
  return [...descriptions, ...procedures]
    .filter(({ text }) => text !== '')
    .toSorted((a, b) => compare(a.techniqueId, b.techniqueId) || compare(a.kind, b.kind) || compare(a.text, b.text));
}

/** ATT&CK writes Markdown links, `<code>` and marks of citations. */
function toPlain(text: string): string {
  return text
    .replaceAll(/\(Citation: [^()]*(?:\([^()]*\)[^()]*)*\)/g, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/<\/?[a-z][^>]*>/gi, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
