import { germanAmount, germanNumber } from './german-number.ts';

/**
 * A sentence that rules write, with `{1}`, `{2}`, … where they put in what they know, and the same in another language. `{1#}` is a number, `{1.}` a word
 * without spaces, `{1}` anything. In the translation `{1}` is what was put in, as it is, and `{1!}` the same translated where it is a sentence or a word of ours.
 * A `{1#}` of either side is written as the reader writes numbers, and so are amounts of money and percentages anywhere; versions and names are not.
 */
export type SentencePair = readonly [from: string, to: string];

interface Pattern {
  readonly start: string;
  readonly expression: RegExp;
  /** Numbers of the places in the order in which the sentence has them. */
  readonly places: readonly string[];
  /** Those of them that are numbers. */
  readonly numbers: ReadonlySet<string>;
  readonly to: string;
}

/** What may stand in a place. */
const PLACES: Readonly<Record<string, string>> = { '#': '([\\d.,]+)', '.': '(\\S+?)', '': '(.+?)' };
const PLACE = /\{(\d)([#.]?)\}/g;
/** Sentences within sentences: the longest of ours is a list of five. */
const DEEPEST = 6;

/** Makes a translator of sentences; it gives null for what is no sentence of these. The first that fits counts. */
export function translateBy(pairs: readonly SentencePair[]): (text: string) => string | null {
  const whole = new Map(pairs.filter(([from]) => !from.includes('{')));
  const patterns = pairs.filter(([from]) => from.includes('{')).map(toPattern);

  const translate = (text: string, depth: number): string | null => {
    const known = whole.get(text);
    if (known !== undefined) return known;
    for (const { start, expression, places, numbers, to } of patterns) {
      if (!text.startsWith(start)) continue;
      const match = expression.exec(text);
      if (match === null) continue;
      return to.replace(/\{(\d)([!#]?)\}/g, (_, place: string, mark: string) => {
        const words = match[places.indexOf(place) + 1] ?? '';
        if (mark === '#' || numbers.has(place)) return germanNumber(words);
        const translated = mark === '' || depth === 0 ? null : translate(words, depth - 1);
        return translated ?? germanAmount(words);
      });
    }
    return null;
  };
  return (text) => translate(text, DEEPEST);
}

function toPattern([from, to]: SentencePair): Pattern {
  const pieces = from.split(/(\{\d[#.]?\})/);
  const source = pieces.map((piece) => {
    const [, , kind] = /^\{(\d)([#.]?)\}$/.exec(piece) ?? [];
    return kind === undefined ? piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : PLACES[kind];
  });
  return {
    start: pieces[0] ?? '',
    expression: new RegExp(`^${source.join('')}$`, 's'),
    places: [...from.matchAll(PLACE)].map(([, place]) => place ?? ''),
    numbers: new Set([...from.matchAll(PLACE)].flatMap(([, place, kind]) => (kind === '#' ? [place ?? ''] : []))),
    to,
  };
}
