import { findIdsIn } from '../../knowledge/find-ids-in.ts';
import { namedBy } from '../../knowledge/named-by.ts';
import type { RankedPassage } from '../../knowledge/retrieve.ts';

/**
 * Passages of documents and of the intelligence, best first. What the company has written of an id that the question names has the first half of the
 * places, since the sources' records name it in every line and would fill them all; their scores are held to the last of those.
 */
export function besideDocuments(
  question: string,
  found: readonly RankedPassage[],
  known: readonly RankedPassage[],
  top: number,
): RankedPassage[] {
  const ids = findIdsIn(question);
  const first = found.filter((passage) => namedBy(passage, ids).length > 0).slice(0, Math.ceil(top / 2));
  const most = first.at(-1)?.score ?? 1;
  const held = known.map((passage) => ({ ...passage, score: Math.min(passage.score, most) }));
  const others = [...held, ...found.filter((passage) => !first.includes(passage))];
  return [...first, ...others.toSorted((left, right) => right.score - left.score)].slice(0, top);
}
