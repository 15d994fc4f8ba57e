import type { Block } from '../../domain/knowledge/document.ts';
import { isMarking } from './is-marking.ts';

/** What numbers the pages of a document that has none of its own: converters write heads and feet into the text. */
const NUMBERED = /\b(?:page|seite)\s+\d+\s*(?:of|von|\/)\s*\d+\b/i;
const LEAST_PAGES = 3;
/** Blocks before and after such a line among which the rest of the head or foot stands. */
const REACH = 2;
const LONGEST_LINE = 200;

/**
 * Blocks without heads and feet that stand in the text: lines alike but for the page that they count ("Page 3 of 12"), and what stands with at least
 * half of them, each time the same.
 */
export function withoutFurniture(all: readonly Block[]): readonly Block[] {
  const blocks = all.filter(({ text }) => !isMarking(text));
  const numbered = placesOfNumbers(blocks);
  if (numbered.length < LEAST_PAGES) return blocks;
  const isNear = new Set(numbered.flatMap((place) => neighboursOf(place, blocks.length)));
  const counts = new Map<string, number>();
  for (const place of isNear)
    for (const line of new Set(linesOf(blocks[place]).map(bare))) counts.set(line, (counts.get(line) ?? 0) + 1);
  const isOften = (count: number) => count >= LEAST_PAGES && 2 * count >= numbered.length;
  const repeated = new Set([...counts].filter(([, count]) => isOften(count)).map(([line]) => line));
  return blocks.flatMap((block, place) => {
    if (numbered.includes(place)) return [];
    if (!isNear.has(place)) return [block];
    const lines = linesOf(block);
    const left = lines.filter((line) => bare(line) !== '' && !repeated.has(bare(line)));
    if (left.length === lines.length) return [block];
    const { isHeaded, ...rest } = block;
    const headed = isHeaded === true && left[0] === lines[0] ? ({ isHeaded } as const) : {};
    return left.length === 0 ? [] : [{ ...rest, ...headed, text: left.join('\n') }];
  });
}

/** Those of the form that most pages have. */
function placesOfNumbers(blocks: readonly Block[]): number[] {
  const places = new Map<string, number[]>();
  for (const [place, { text }] of blocks.entries())
    if (text.length <= LONGEST_LINE && NUMBERED.test(text)) {
      const form = text.replace(/\d+/, '#');
      places.set(form, [...(places.get(form) ?? []), place]);
    }
  return [...places.values()].toSorted((left, right) => right.length - left.length)[0] ?? [];
}

function neighboursOf(place: number, count: number): number[] {
  const from = Math.max(0, place - REACH);
  return Array.from({ length: 2 * REACH + 1 }, (_, index) => from + index).filter((one) => one < count);
}

const linesOf = (block: Block | undefined) => block?.text.split('\n') ?? [];

/** A line as it is in any table: cells of a head move with what stands below it. */
function bare(line: string): string {
  return line.replace(/[\s|]+/g, ' ').trim();
}
