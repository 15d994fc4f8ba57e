import { JSONParser } from '@streamparser/json';
import type { Report } from './read-report.ts';
import type { JsonFormat, ReportItem, ReportPart } from './report-format.ts';
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
  const document = text === null ? await readOutline(source, formats) : parseWhole(source.name, text);
  const format = formats.find((one) => one.matches(document));
  if (format === undefined) return null;
  const items = text === null ? readInParts(source, format, document) : format.read(document, { offset: 0 });
  return { format: format.name, items };
}

function parseWhole(name: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw badFile(name, 'begins like JSON but cannot be read as JSON: is it whole?', error);
  }
}

/** The document with its large arrays emptied: what there is beside them. */
async function readOutline(source: TextSource, formats: readonly JsonFormat[]): Promise<unknown> {
  const large = [...new Set(formats.flatMap(({ large: path }) => (path === null ? [] : [path])))];
  let outline: unknown;
  const forget = ({ parent }: { parent?: unknown }) => {
    // Emptied as it grows, so that it never does.
    if (Array.isArray(parent)) parent.length = 0;
  };
  await parseStream(source, ['$', ...large.map((path) => `$.${path}.*`)], (found) => {
    if (found.stack.length === 0) outline = found.value;
    else forget(found);
  });
  return outline;
}

async function* readInParts(source: TextSource, format: JsonFormat, outline: unknown): AsyncGenerator<ReportItem> {
  const { large } = format;
  if (large === null) {
    throw badFile(source.name, `is ${format.name} of more than 64 MB, which is read only whole; split it`);
  }
  let [path, items, offset]: [string[], unknown[], number] = [[], [], 0];
  const memory = new Map<string, unknown>();
  const parts: (ReportPart & { readonly path: string[]; readonly items: unknown[] })[] = [];
  let isWithout = true;
  const cut = () => {
    if (items.length > 0) parts.push({ path, items, offset, memory });
    offset += items.length;
    items = [];
  };
  const pieces = parsePieces(source, [`$.${large}.*`], ({ value, parent, stack }) => {
    const here = stack.slice(1).map(({ key }) => String(key));
    if (here.join('\n') !== path.join('\n')) {
      cut();
      [path, offset] = [here, 0];
    }
    items.push(value);
    if (Array.isArray(parent)) parent.length = 0;
    if (items.length >= AT_ONCE) cut();
  });
  for await (const _ of pieces) {
    isWithout &&= parts.length === 0;
    for (const part of parts.splice(0)) yield* format.read(withArray(outline, part.path, part.items), part);
  }
  cut();
  for (const part of parts) yield* format.read(withArray(outline, part.path, part.items), part);
  // What grew is something else than the large array: the outline is the document.
  if (isWithout && parts.length === 0) yield* format.read(outline, { offset: 0 });
}

/** A copy of the outline with other entries at a path, and none in the other large arrays. */
function withArray(outline: unknown, [key, ...rest]: readonly string[], items: readonly unknown[]): unknown {
  if (key === undefined) return items;
  if (Array.isArray(outline)) {
    // Siblings keep their places, so that what names a place is right.
    return outline.map((entry, index) => (String(index) === key ? withArray(entry, rest, items) : entry));
  }
  const fields = fieldsOf(outline);
  return { ...fields, [key]: withArray(fields[key], rest, items) };
}

interface Parsed {
  readonly value?: unknown;
  readonly parent?: unknown;
  readonly stack: readonly { readonly key?: string | number | undefined }[];
}

async function parseStream(source: TextSource, paths: string[], onValue: (found: Parsed) => void): Promise<void> {
  for await (const _ of parsePieces(source, paths, onValue));
}

/** Parses a document piece by piece, and yields after each. */
async function* parsePieces(
  source: TextSource,
  paths: string[],
  onValue: (found: Parsed) => void,
): AsyncGenerator<void> {
  const parser = new JSONParser({ paths, keepStack: true });
  let failure: Error | null = null;
  parser.onValue = onValue;
  parser.onError = (error) => {
    failure ??= error;
  };
  for await (const piece of source.open()) {
    parser.write(piece);
    if (failure !== null) break;
    yield;
  }
  if (failure !== null || !parser.isEnded) {
    throw badFile(source.name, 'begins like JSON but cannot be read as JSON: is it whole?', failure);
  }
}
