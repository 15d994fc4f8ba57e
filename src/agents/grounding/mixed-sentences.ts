import { BETWEEN_PARTS, type Saying, sayingsOf, says } from './sayings.ts';
import { sentenceWords } from './sentence-words.ts';

/**
 * What a sentence puts in the place of another: all else of a part of it stands in one sentence of the text, which names something else of that kind
 * ("A is owned by Ann. B is owned by Bob." does not say that A is owned by Bob). Null where it does not.
 */
export function mixedUpIn(text: string, sentences: readonly string[]): string | null {
  const inAll = sayingsOf(text);
  const known = sentences.map(toKnown);
  for (const part of text.split(BETWEEN_PARTS)) {
    const words = sentenceWords(part);
    const plain = words.filter(({ kind }) => kind === 'word');
    const sayings = sayingsOf(part, words);
    if (plain.length === 0 || sayings.length === 0) continue;
    const fitting = known.filter(({ forms }) => plain.every(({ form }) => forms.has(form)));
    const isWhole = fitting.some((one) => sayings.every((saying) => holds(one, saying)));
    if (isWhole) continue;
    for (const one of fitting) {
      const strange = sayings.find(
        (saying) =>
          !holds(one, saying) && one.sayings.some((other) => other.kind === saying.kind && !says(inAll, other)),
      );
      if (strange !== undefined) return strange.value;
    }
  }
  return null;
}

/** A sentence of the text. */
interface Known {
  readonly forms: ReadonlySet<string>;
  readonly sayings: readonly Saying[];
}

function toKnown(sentence: string): Known {
  const words = sentenceWords(sentence);
  return { forms: new Set(words.map(({ form }) => form)), sayings: sayingsOf(sentence, words) };
}

/** At the start of a sentence a name looks like any word. */
function holds({ forms, sayings }: Known, saying: Saying): boolean {
  const isName = saying.kind === 'code' || saying.kind === 'name';
  return says(sayings, saying) || (isName && forms.has(saying.value));
}
