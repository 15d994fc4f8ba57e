import { type SentenceWord, sentenceWords } from './sentence-words.ts';
import { type NumberToken, tokensOf } from './tokens-of-text.ts';

/** What has one place in what is said of something: another one of its kind in that place makes another statement. */
export interface Saying {
  readonly kind: 'code' | 'name' | 'time' | 'percent' | 'date' | 'version' | 'number';
  /** As it is compared, and told to people. */
  readonly value: string;
}

/** What parts of a sentence that say something each stand between. */
export const BETWEEN_PARTS = /[;,:]\s+|\s+(?:and|but|while|whereas|or|und|aber|sowie|oder)\s+/i;

/** The names, codes, measures, dates and versions of a sentence or a part of one. `words`: its telling words, where they are at hand. */
export function sayingsOf(text: string, words: readonly SentenceWord[] = sentenceWords(text)): Saying[] {
  const { numbers, dates, versions } = tokensOf(text);
  return [
    ...words.flatMap(({ form, kind }) => (kind === 'word' ? [] : [{ kind, value: form }])),
    ...numbers.map(toMeasure),
    ...dates.map((value) => ({ kind: 'date' as const, value })),
    ...versions.map((value) => ({ kind: 'version' as const, value })),
  ];
}

/** Whether something is said in some sayings: another one of its kind is not the same. */
export function says(sayings: readonly Saying[], { kind, value }: Saying): boolean {
  return sayings.some((one) => one.kind === kind && one.value === value);
}

function toMeasure({ unit, days, value }: NumberToken): Saying {
  if (unit === 'time') return { kind: unit, value: `${days} days` };
  return unit === null ? { kind: 'number', value: String(value) } : { kind: unit, value: `${value} %` };
}
