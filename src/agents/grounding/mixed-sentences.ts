import { sentenceWords } from './sentence-words.ts';
import { type NumberToken, tokensOf } from './tokens-of-text.ts';

/** What has one place in a sentence: another one in that place makes another statement. */
interface Filling {
  readonly kind: 'code' | 'name' | 'time' | 'percent' | 'date';
  readonly value: string;
}

/** The parts of a sentence that say something each. */
const PARTS = /[;,]\s+|\s+(?:and|but|while|whereas|or)\s+/i;

/**
 * What a sentence puts in the place of another: all else of a part of it stands in one sentence of the text, which names something else of that kind
 * ("A is owned by Ann. B is owned by Bob." does not say that A is owned by Bob). Null where it does not.
 */
export function mixedUpIn(text: string, sentences: readonly string[]): string | null {
  const inAll = new Set(fillingsOf(text).map(keyOf));
  const known = sentences.map((sentence): Known => ({ forms: formsOf(sentence), fillings: fillingsOf(sentence) }));
  for (const part of text.split(PARTS)) {
    const words = [...plainFormsOf(part)];
    const fillings = fillingsOf(part);
    if (words.length === 0 || fillings.length === 0) continue;
    const fitting = known.filter((one) => words.every((word) => one.forms.has(word)));
    const isWhole = fitting.some((one) => fillings.every((filling) => holds(one, filling)));
    if (isWhole) continue;
    for (const one of fitting) {
      const strange = fillings.find(
        (filling) =>
          !holds(one, filling) && one.fillings.some((other) => other.kind === filling.kind && !inAll.has(keyOf(other))),
      );
      if (strange !== undefined) return strange.value;
    }
  }
  return null;
}

const keyOf = ({ kind, value }: Filling) => `${kind} ${value}`;

/** A sentence of the text. */
interface Known {
  readonly forms: ReadonlySet<string>;
  readonly fillings: readonly Filling[];
}

/** At the start of a sentence a name looks like any word. */
function holds({ forms, fillings }: Known, { kind, value }: Filling): boolean {
  return fillings.some((one) => one.kind === kind && one.value === value) || (!isMeasure(kind) && forms.has(value));
}

const isMeasure = (kind: Filling['kind']) => kind !== 'code' && kind !== 'name';

function formsOf(sentence: string): ReadonlySet<string> {
  return new Set(sentenceWords(sentence).map(({ form }) => form));
}

/** Words that are no names. */
function plainFormsOf(sentence: string): ReadonlySet<string> {
  return new Set(
    sentenceWords(sentence)
      .filter(({ kind }) => kind === 'word')
      .map(({ form }) => form),
  );
}

function fillingsOf(sentence: string): Filling[] {
  const { numbers, dates } = tokensOf(sentence);
  const names = sentenceWords(sentence).flatMap(({ form, kind }) => (kind === 'word' ? [] : [{ kind, value: form }]));
  const measures = numbers.flatMap((number) => measureOf(number) ?? []);
  return [...names, ...measures, ...dates.map((date) => ({ kind: 'date' as const, value: date }))];
}

function measureOf({ unit, days, value }: NumberToken): Filling | null {
  if (unit === null) return null;
  return { kind: unit, value: unit === 'time' ? `${days} days` : `${value} %` };
}
