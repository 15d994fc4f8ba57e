import type { Fact, Run, Text } from '../document/document.ts';
import { splitLongWords } from '../typeset/split-long-words.ts';

/** A run for the template; short keys, since a register has tens of thousands of them. */
export interface RunData {
  /** Its text; pieces where a line may break within. */
  readonly t: string | readonly string[];
  readonly s?: string;
  readonly l?: string;
  readonly h?: string;
  readonly g?: string;
}

/** A line of text; a line of nothing but text is its string. `targets` are the ids that can be led to. */
export function textData(text: Text, targets: ReadonlySet<string>): string | readonly RunData[] {
  const [only] = text;
  if (text.length === 1 && only !== undefined && isPlain(only)) {
    const pieces = piecesOf(only.text);
    if (typeof pieces === 'string') return pieces;
  }
  return text.map((run) => runData(run, targets));
}

/** A term and its value. */
export function factData({ term, value }: Fact) {
  return { term, value: textData(value, new Set()) };
}

/** A text, in pieces where it has words that no column holds. */
export function piecesOf(text: string): string | readonly string[] {
  const pieces = splitLongWords(text);
  return pieces.length === 1 ? text : pieces;
}

function isPlain({ style, level, href, target }: Run): boolean {
  return style === undefined && level === undefined && href === undefined && target === undefined;
}

function runData({ text, style, level, href, target }: Run, targets: ReadonlySet<string>): RunData {
  return {
    t: level === undefined ? piecesOf(text) : text,
    ...(style === undefined ? {} : { s: style }),
    ...(level === undefined ? {} : { l: level }),
    ...(href === undefined ? {} : { h: href }),
    ...(target === undefined || !targets.has(target) ? {} : { g: target }),
  };
}
