import { createKeyWatch, tellRepeatedKey } from './find-repeated-key.ts';
import { createJsonPieces } from './parse-json.ts';
import type { JsonLinesFormat, ReportItem } from './report-format.ts';
import { badFile, type TextSource } from './text-source.ts';

const AT_ONCE = 1000;
/** Objects that are looked at to find the format. */
const FIRST = 5;
/** Text, characters, in which the first object must end and another begin. */
const LONGEST_FIRST = 4 * 1024 * 1024;

/** Whether a text is objects one after the other (a line each, or not), and the first of them; null where it is one document. */
export function splitObjects(text: string): { readonly first: readonly unknown[] } | null {
  const first: unknown[] = [];
  const parser = createJsonPieces(['$'], ({ value }) => first.push(value), { separator: '' });
  const length = Math.min(text.length, LONGEST_FIRST);
  for (let start = 0; start < length && first.length < FIRST; start += 4096) {
    parser.write(text.slice(start, start + 4096));
    if (parser.failure() !== null) break;
  }
  const isFollowed = first.length > 1 || (first.length === 1 && parser.isInside());
  return isFollowed ? { first: first.slice(0, FIRST) } : null;
}

/** Reads objects one after the other, up to one that is broken. @throws RiskError `BAD_INPUT` where that is the first */
export async function* readJsonLines(source: TextSource, format: JsonLinesFormat): AsyncGenerator<ReportItem> {
  let [objects, offset]: [unknown[], number] = [[], 0];
  const memory = new Map<string, unknown>();
  const watch = createKeyWatch();
  const onToken = watch.see;
  const parser = createJsonPieces(['$'], ({ value }) => objects.push(value), { separator: '', onToken });
  for await (const piece of source.open()) {
    parser.write(piece);
    if (parser.failure() !== null) break;
    if (objects.length < AT_ONCE) continue;
    yield* format.read(objects, { offset, memory });
    offset += objects.length;
    objects = [];
  }
  parser.end();
  yield* format.read(objects, { offset, memory });
  const repeated = watch.found();
  if (repeated !== null) {
    const position = `character ${repeated.offset + 1}`;
    yield { kind: 'unreadable', position, what: tellRepeatedKey(repeated) };
  }
  const failure = parser.failure();
  if (failure === null) return;
  const read = offset + objects.length;
  if (read === 0) throw badFile(source.name, 'cannot be read as JSON from its first object on: is it whole?', failure);
  // A tool that was stopped while it wrote leaves half a line behind; what it had written before stands.
  const what = 'cannot be read as JSON, and nothing from there on is read: is the file whole?';
  yield { kind: 'unreadable', position: `object ${read + 1}`, what };
}
