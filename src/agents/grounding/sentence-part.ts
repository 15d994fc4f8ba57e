import { type Saying, sayingsOf } from './sayings.ts';
import { isDirection, isTimeUnit, type SentenceWord, sentenceWords } from './sentence-words.ts';

/** A part of a model's sentence. */
export interface Part {
  readonly text: string;
  readonly words: readonly SentenceWord[];
  readonly sayings: readonly Saying[];
}

/** Reads a part of a sentence. */
export function toPart(text: string): Part {
  const words = sentenceWords(text).filter((word) => !isDirection(word) && !isTimeUnit(word));
  return { text, words, sayings: sayingsOf(text, words) };
}

/** A word of a part as it is written there. */
export const wordAt = (text: string, { at }: SentenceWord) =>
  /^[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?/u.exec(text.normalize('NFC').slice(at))?.[0] ?? '';
