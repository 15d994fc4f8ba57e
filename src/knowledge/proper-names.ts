import { isGerman, isStopWord } from './question-words.ts';
import { hasDigit, splitWords, WORD } from './words-in.ts';

/**
 * The proper names of a question, each as its words in lower case: words with a capital and a small letter behind its first word; those that stand together are one
 * name. None of a German question, whose nouns all have capitals; no abbreviations, which documents write out.
 */
export function properNames(question: string): string[][] {
  const all = [...question.normalize('NFC').matchAll(WORD)];
  if (isGerman(splitWords(question))) return [];
  const names: string[][] = [];
  let last = -1;
  for (const [place, { 0: word, index }] of all.entries()) {
    const isFirst = place === 0 || /[.!?:"“]\s*$/.test(question.slice(0, index));
    const lower = word.toLowerCase();
    if (isFirst || !/^\p{Lu}.*\p{Ll}|^\p{Ll}+\p{Lu}/u.test(word) || hasDigit(word)) continue;
    // A capital to each word names nothing.
    if (isStopWord(lower)) return [];
    if (last === place - 1) names.at(-1)?.push(lower);
    else names.push([lower]);
    last = place;
  }
  return names;
}
