import { JSONParser } from '@streamparser/json';
import type { JsonLinesFormat, ReportItem } from './report-format.ts';
import { badFile, type TextSource } from './text-source.ts';

const AT_ONCE = 1000;
/** Objects that are looked at to find the format. */
const FIRST = 5;

/** Whether a text is objects one after the other (a line each, or not), and the first of them; null where it is one document. */
export function splitObjects(text: string): { readonly first: readonly unknown[] } | null {
  const first: unknown[] = [];
  const parser = new JSONParser({ separator: '', paths: ['$'], keepStack: false });
  let isOver = false;
  parser.onValue = ({ value }) => {
    first.push(value);
    isOver = first.length >= FIRST;
  };
  parser.onError = () => {
    isOver = true;
  };
  for (let start = 0; start < text.length && !isOver; start += 4096) parser.write(text.slice(start, start + 4096));
  return first.length > 1 ? { first } : null;
}

/** Reads objects one after the other. @throws RiskError `BAD_INPUT` where one of them is broken */
export async function* readJsonLines(source: TextSource, format: JsonLinesFormat): AsyncGenerator<ReportItem> {
  let [objects, offset]: [unknown[], number] = [[], 0];
  let failure: Error | null = null;
  const memory = new Map<string, unknown>();
  const parser = new JSONParser({ separator: '', paths: ['$'], keepStack: false });
  parser.onValue = ({ value }) => objects.push(value);
  parser.onError = (error) => {
    failure ??= error;
  };
  for await (const piece of source.open()) {
    parser.write(piece);
    if (failure !== null) break;
    if (objects.length < AT_ONCE) continue;
    yield* format.read(objects, { offset, memory });
    offset += objects.length;
    objects = [];
  }
  yield* format.read(objects, { offset, memory });
  if (failure !== null)
    throw badFile(source.name, `cannot be read as JSON after object ${offset + objects.length}`, failure);
}
