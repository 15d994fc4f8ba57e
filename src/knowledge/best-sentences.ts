import { hasDigit, wordsIn } from './words-in.ts';

const MOST_SENTENCES = 3;

/** A name with digits tells more than all other words of a sentence together. */
const OF_NAME = 8;

/**
 * The sentences or rows with most of the words, in the order in which they stand; the whole text where it is short. Words that few sentences of the
 * text have count more, names with digits most.
 */
export function bestSentences(text: string, words: readonly string[], longest: number): string {
  if (text.length <= longest / 2) return text;
  const sentences = text.split(/(?<=[.!?])\s+|\n+/).filter((sentence) => sentence.trim() !== '');
  const known = sentences.map((sentence) => words.map(wordsIn(sentence)));
  const weights = words.map((word, at) => {
    const having = known.filter((has) => has[at]).length;
    return (hasDigit(word) ? OF_NAME : 1) * (1 + 1 / Math.max(1, having));
  });
  const counted = sentences.map((sentence, place) => ({
    sentence,
    place,
    count: weights.reduce((sum, weight, at) => (known[place]?.[at] ? sum + weight : sum), 0),
  }));
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
