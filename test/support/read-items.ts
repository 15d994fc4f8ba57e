import { readBeginning, recogniseReport } from '../../src/intake/reports/read-report.ts';
import type { ReportItem } from '../../src/intake/reports/report-format.ts';
import { holdStream, openFile, type TextSource } from '../../src/intake/reports/text-source.ts';

/** What a document is, and all that it lists. */
export interface ReadItems {
  /** Null: text. */
  readonly format: string | null;
  readonly items: readonly ReportItem[];
  readonly notes: readonly string[];
}

/** Reads a source to its end; `limit` is the length, characters, above which it is read in parts. */
export async function readItems(source: TextSource, limit?: number): Promise<ReadItems> {
  const report = await recogniseReport(source, await readBeginning(source, limit));
  const items: ReportItem[] = [];
  for await (const item of report?.items ?? []) items.push(item);
  return { format: report?.format ?? null, items, notes: report?.notes ?? [] };
}

/** Reads a text, or bytes. */
export async function readItemsOf(content: string | Uint8Array, limit?: number): Promise<ReadItems> {
  return readItems(await holdStream('report', toStream(content)), limit);
}

/** Reads a file. */
export async function readItemsOfFile(path: string, limit?: number): Promise<ReadItems> {
  return readItems(openFile(path), limit);
}

async function* toStream(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content as Uint8Array);
}
