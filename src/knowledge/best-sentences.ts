import { stemOf } from './question-words.ts';

const MOST_SENTENCES = 3;

/** The sentences or rows with most of the words, in the order in which they stand; the whole text where it is short. */
export function bestSentences(text: string, words: readonly string[], longest: number): string {
  if (text.length <= longest / 2) return text;
  const sentences = text.split(/(?<=[.!?])\s+|\n+/).filter((sentence) => sentence.trim() !== '');
  const counted = sentences.map((sentence, place) => {
    const lower = sentence.toLowerCase();
    return { sentence, place, count: words.filter((word) => lower.includes(stemOf(word))).length };
  });
  const most = Math.max(...counted.map(({ count }) => count));
  const best = counted
    .filter(({ count }) => 2 * count >= most)
    .toSorted((left, right) => right.count - left.count || left.place - right.place)
    .slice(0, MOST_SENTENCES)
    .sort((left, right) => left.place - right.place)
    .map(({ sentence }) => sentence.trim());
  const quote = best.join(' … ');
  return quote.length > longest ? `${quote.slice(0, longest - 1)}…` : quote;
}
