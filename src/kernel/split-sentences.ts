import { isSentenceEnd } from './is-sentence-end.ts';

/** A sentence in its text, without the spaces around it. */
export interface SentenceSpan {
  /** Where it stands in the text, in UTF-16 units. */
  readonly at: number;
  readonly text: string;
}

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Sets the cells of a table's row apart. */
const CELL = ' | ';

/** The sentences of a text, trimmed; the row of a table is one, whatever stands in its cells. */
export function splitSentences(text: string): string[] {
  return sentenceSpans(text).map((one) => one.text);
}

/** The sentences of prose, trimmed, where ` | ` sets no cells apart. */
export function splitProse(text: string): string[] {
  return proseSpans(text).map((one) => one.text);
}

/** The sentences of a text with their places in it. */
export function sentenceSpans(text: string): SentenceSpan[] {
  if (!text.includes(CELL)) return proseSpans(text);
  return [...text.matchAll(/[^\n]+/g)].flatMap(({ index, 0: line }) => {
    const spans = line.includes(CELL) ? [span(line, 0, line.length)] : proseSpans(line);
    return spans.filter((one) => one.text !== '').map((one) => ({ ...one, at: index + one.at }));
  });
}

/** By the rules of Unicode (UAX #29), and at each point, question or exclamation mark behind which a space follows, but for points of abbreviations. */
function proseSpans(text: string): SentenceSpan[] {
  const starts = [...SEGMENTER.segment(text)].flatMap(({ segment, index }) => [
    index,
    ...[...segment.matchAll(/(?<=[.!?])\s+(?=\S)/g)].map((gap) => index + gap.index + gap[0].length),
  ]);
  const spans: SentenceSpan[] = [];
  let from = 0;
  for (const start of [...starts.slice(1), text.length]) {
    const before = text.slice(from, start).trimEnd();
    if (
      start < text.length &&
      !/[\n\u2029]/.test(text.slice(from + before.length, start)) &&
      !isSentenceEnd(before, text.slice(start, start + 1 + NEXT))
    )
      continue;
    const one = span(text, from, start);
    if (one.text !== '') spans.push(one);
    from = start;
  }
  return spans;
}

/** Characters that tell how a text goes on. */
const NEXT = 60;

function span(text: string, from: number, to: number): SentenceSpan {
  const own = text.slice(from, to);
  return { at: from + (own.length - own.trimStart().length), text: own.trim() };
}
