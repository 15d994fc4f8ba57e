import { stemmer } from 'stemmer';
import { findIdsIn } from './find-ids-in.ts';

/** A word, and names of several parts (`pay-gw-01`, `7.4.3`) as one. */
export const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?/gu;
/** Where a name has its parts: not at the point of a version or an address. */
const PARTS = /([_-]|(?<!\p{N})\.|\.(?!\p{N}))/u;
/** Most words have none, and are told so at once: a question reads those of two hundred passages. */
const HAS_PARTS = /[._-]/;
const MOST_PARTS = 8;

/** The words of a text, in lower case, each as often as it stands there. */
export function splitWords(text: string): string[] {
  return [...text.toLowerCase().normalize('NFC').matchAll(WORD)].map(([word]) => word);
}

/** Whether a word is a name or a number, which has one form only. */
export function hasDigit(word: string): boolean {
  return /\p{N}/u.test(word);
}

/**
 * Tells of words whether a text has them: as whole words, in any of their forms (Porter, "An algorithm for suffix stripping", 1980; as the index
 * does), and with a digit exactly as they are. Of names of several parts each run of parts counts, of ids none: `2021` is not in `CVE-2021-44228`.
 */
export function wordsIn(text: string): (word: string) => boolean {
  const forms = new Set<string>();
  for (const word of new Set(splitWords(text))) for (const run of runsOf(word)) forms.add(formOf(run));
  return (word) => {
    if (forms.has(formOf(word))) return true;
    const parts = word.split(/[._-]+/);
    return !hasDigit(word) && parts.length > 1 && parts.every((part) => forms.has(formOf(part)));
  };
}

/** What a word in lower case is compared by: its stem, and with a digit itself. */
export function formOf(word: string): string {
  return hasDigit(word) ? word : stemmer(word.normalize('NFD').replace(/\p{M}/gu, ''));
}

/** A word, and of one with several parts each run of them. */
function runsOf(word: string): string[] {
  if (!HAS_PARTS.test(word) || findIdsIn(word).length > 0) return [word];
  const parts = word.split(PARTS).slice(0, 2 * MOST_PARTS - 1);
  const starts = parts.flatMap((part, place) => (place % 2 === 0 && part !== '' ? [place] : []));
  const runs = starts.flatMap((from, first) => starts.slice(first).map((to) => parts.slice(from, to + 1).join('')));
  return [word, ...runs];
}
