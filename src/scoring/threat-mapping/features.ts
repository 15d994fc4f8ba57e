import { KNOWN_PHRASES } from './phrases.ts';
import type { ThreatInput } from './threat-input.ts';
import { findWords, joinTexts } from './tokens.ts';
import { toVectorFeatures } from './vector-tokens.ts';
import { findWeaknessKind } from './weakness-kinds.ts';

/** Weakness ids and vectors that are read at most: records have a handful, hostile input has no bound. */
const MAX_ITEMS = 50;

/** What words' names start with; they share one length in the vector, so that a long text weighs no more than a short one. */
export const WORD_PREFIX = 'word: ';

/**
 * The distinct features of a vulnerability, named so that people can read them: `word: jndi`, `product: browser`,
 * `phrase: code execution`, `CWE-502`, `weakness: deserialization`, `vector: AV:N`. Order is that of the input.
 */
export function findFeatures(input: ThreatInput): ReadonlySet<string> {
  const features = new Set<string>();
  const text = joinTexts(input.texts);
  for (const word of findWords(text)) features.add(WORD_PREFIX + word);
  for (const { feature, pattern } of KNOWN_PHRASES) if (pattern.test(text)) features.add(feature);
  for (const cweId of input.cwes.slice(0, MAX_ITEMS)) {
    features.add(cweId);
    const kind = findWeaknessKind(cweId);
    if (kind !== null) features.add(`weakness: ${kind}`);
  }
  for (const vector of input.cvssVectors.slice(0, MAX_ITEMS)) {
    for (const feature of toVectorFeatures(vector)) features.add(feature);
  }
  return features;
}
