import { createKeyWatch, findRepeatedKey, type RepeatedKey, tellRepeatedKey } from './find-repeated-key.ts';
import { brokenJson, isNestedTooDeeply, MOST_DEPTH, type ParsedValue, parsePieces } from './parse-json.ts';
import { type JsonFormat, type Report, type ReportItem, toReport } from './report-format.ts';
import { badFile, type TextSource } from './text-source.ts';
import { fieldsOf } from './values.ts';

/** Entries of a large array that are in memory at once. */
const AT_ONCE = 1000;

/**
 * Reads a JSON document, at once or, where its text is not given, in parts. Null: it is of none of the formats.
 * @throws RiskError `BAD_INPUT` where it cannot be read as JSON
 */
export async function readJson(
  source: TextSource,
  text: string | null,
  formats: readonly JsonFormat[],
): Promise<Report | null> {
  const larges = formats.flatMap(({ large }) => (large === null ? [] : [large]));
  const outline = text === null ? await readOutline(source, [...new Set(larges)]) : null;
  const document = outline === null ? parseWhole(source.name, text ?? '') : outline.document;
  const format = formats.find((one) => one.matches(document));
  if (format === undefined) return null;
  const items =
    outline === null
      ? withRepeatedKey(text ?? '', format.read(document, { offset: 0 }))
      : lookedWhereClean(readInParts(source, format, outline));
  return toReport(format, items);
}

/** What a document holds, and a line on what a repeated key hides of it: looking for one takes 20 ms a megabyte. */
function* withRepeatedKey(text: string, items: Iterable<ReportItem>): Generator<ReportItem> {
  yield* items;
  yield* toGap(findRepeatedKey(text.replace(/^\ufeff/, '')));
}

function toGap(repeated: RepeatedKey | null): ReportItem[] {
  if (repeated === null) return [];
  return [{ kind: 'unreadable', position: `character ${repeated.offset + 1}`, what: tellRepeatedKey(repeated) }];
}

function parseWhole(name: string, text: string): unknown {
  if (isNestedTooDeeply(text)) throw badFile(name, `is JSON nested more than ${MOST_DEPTH} deep, which no report is`);
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw brokenJson(name, error);
  }
}

/** What stands beside the large arrays. */
interface Outline {
  /** With the first entry of each large array, by which formats are recognised. */
  readonly document: unknown;
  /** Large arrays, of whatever format, that have been shortened. */
  readonly shortened: ReadonlySet<string>;
  readonly repeated: RepeatedKey | null;
}

async function readOutline(source: TextSource, larges: readonly string[]): Promise<Outline> {
  const shortened = new Set<string>();
  const watch = createKeyWatch();
  let document: unknown;
  const onValue = ({ value, parent, stack }: ParsedValue) => {
    if (stack.length === 0) document = value;
    if (!Array.isArray(parent) || parent.length < 2) return false;
    shortened.add(larges.find((large) => isAt(large, keysOf(stack))) ?? '');
    // Shortened as it grows, so that it never does.
    parent.length = 1;
    return true;
  };
  for await (const _ of parsePieces(source, ['$', ...larges.map(toPath)], onValue, watch.see));
  return { document, shortened, repeated: watch.found() };
}

/** Selects the entries of a large array; '' is the document itself. */
const toPath = (large: string) => (large === '' ? '$.*' : `$.${large}.*`);

/** Where a value's array is: what the parser calls its stack begins with the document. */
const keysOf = (stack: ParsedValue['stack']) => stack.slice(1).map(({ key }) => String(key));

const namesOf = (large: string) => (large === '' ? [] : large.split('.'));

function isAt(large: string, keys: readonly string[]): boolean {
  const names = namesOf(large);
  return names.length === keys.length && names.every((name, index) => name === '*' || name === keys[index]);
}

interface Part {
  readonly path: readonly string[];
  readonly items: unknown[];
  readonly offset: number;
}

/** Without its large array everything looks clean: what was looked at counts where the whole has no finding. */
async function* lookedWhereClean(items: AsyncIterable<ReportItem>): AsyncGenerator<ReportItem> {
  const looked: ReportItem[] = [];
  let isClean = true;
  for await (const item of items) {
    if (item.kind === 'finding') isClean = false;
    if (item.kind === 'looked') looked.push(item);
    else yield item;
  }
  if (isClean) yield* looked;
}

/** All beside the large array first, then the large array a part at a time; what the rest gives again with each part is told once. */
async function* readInParts(source: TextSource, format: JsonFormat, outline: Outline): AsyncGenerator<ReportItem> {
  const { large } = format;
  if (large === null) {
    throw badFile(source.name, `is ${format.name} of more than 64 MB, which is read only whole; split it`);
  }
  const isWholeBeside = [...outline.shortened].every((one) => one === large);
  const { document } = isWholeBeside ? outline : await readOutline(source, [large]);
  const rest = withoutLarge(document, namesOf(large));
  const told = new Set<string>();
  const memory = new Map<string, unknown>();
  for (const item of format.read(rest, { offset: 0 })) {
    if ('position' in item) told.add(item.position);
    yield item;
  }
  yield* toGap(outline.repeated);
  for await (const { path, items, offset } of partsOf(source, large)) {
    for (const item of format.read(withArray(rest, path, items), { offset, memory })) {
      if (item.kind !== 'subject' && item.kind !== 'looked' && !told.has(item.position)) yield item;
    }
  }
}

async function* partsOf(source: TextSource, large: string): AsyncGenerator<Part> {
  const parts: Part[] = [];
  let part: Part | null = null;
  const parsing = parsePieces(source, [toPath(large)], ({ value, key, parent, stack }) => {
    if (!Array.isArray(parent)) return false;
    const path = keysOf(stack);
    const isNext = part !== null && part.items.length < AT_ONCE && part.path.join('\n') === path.join('\n');
    if (part === null || !isNext) {
      if (part !== null) parts.push(part);
      part = { path, items: [], offset: Number(key) };
    }
    part.items.push(value);
    parent.length = 0;
    return true;
  });
  for await (const _ of parsing) yield* parts.splice(0);
  if (part !== null) parts.push(part);
  yield* parts;
}

/** A copy in which the large arrays are empty. */
function withoutLarge(value: unknown, [name, ...names]: readonly string[]): unknown {
  if (name === undefined) return Array.isArray(value) ? [] : value;
  if (Array.isArray(value)) return name === '*' ? value.map((entry) => withoutLarge(entry, names)) : value;
  const fields = fieldsOf(value);
  const keys = name === '*' ? Object.keys(fields) : [name].filter((key) => Object.hasOwn(fields, key));
  if (keys.length === 0) return value;
  return { ...fields, ...Object.fromEntries(keys.map((key) => [key, withoutLarge(fields[key], names)])) };
}

/** A copy with other entries at a path. */
function withArray(value: unknown, [key, ...rest]: readonly string[], items: readonly unknown[]): unknown {
  if (key === undefined) return items;
  if (Array.isArray(value)) {
    // Siblings keep their places, so that what names a place is right.
    return value.map((entry, index) => (String(index) === key ? withArray(entry, rest, items) : entry));
  }
  const fields = fieldsOf(value);
  return { ...fields, [key]: withArray(fields[key], rest, items) };
}
