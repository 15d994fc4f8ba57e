import type { Finding } from '../../domain/assessment/finding-schema.ts';
import { inertLine, inertText } from './safe-text.ts';

/** Pieces of evidence that are named after a text. */
const MOST_PIECES = 20;

/** Ids of the evidence that a text cites, such as `E1`, each once, by number. */
export function citedIn(text: string, { citations }: Finding['narrative']): string[] {
  const ids = citations.flatMap(({ claim, evidence }) => (text.includes(claim) ? [inertLine(evidence, 20)] : []));
  const numberOf = (id: string) => Number(/\d+/.exec(id)?.[0] ?? 0);
  return [...new Set(ids)].sort((one, other) => numberOf(one) - numberOf(other)).slice(0, MOST_PIECES);
}

/**
 * Prose of a finding for fields that know no markup: harmless in viewers ({@link inertText}), bounded, and where a language model wrote it, followed by
 * who wrote it and the evidence that it cites.
 */
export function signedText(text: string, narrative: Finding['narrative'], limit: number): string {
  const clean = inertText(text, limit);
  if (clean === '' || narrative.source === 'rules') return clean;
  const model = narrative.model === null ? '' : ` (${inertLine(narrative.model, 80)})`;
  const cited = citedIn(text, narrative);
  return `${clean} [written by a language model${model}${cited.length === 0 ? ', citing no evidence' : `, evidence ${cited.join(', ')}`}]`;
}
