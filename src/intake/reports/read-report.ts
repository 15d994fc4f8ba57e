import { FORMATS } from '../formats/formats.ts';
import { createMappedTable, TITLED_TABLE } from '../formats/plain-table/plain-table.ts';
import { boundHeap } from './bound-heap.ts';
import { findTable, readTable } from './read-csv.ts';
import { readJson } from './read-json.ts';
import { readJsonLines, splitObjects } from './read-json-lines.ts';
import { readLargeXml } from './read-large-xml.ts';
import { readXml } from './read-xml.ts';
import { type Report, type ReportFormat, toReport, type XmlFormat } from './report-format.ts';
import type { TableField } from './table-columns.ts';
import { badFile, type TextSource, WHOLE_LIMIT_BYTES } from './text-source.ts';
import { tellUnknownColumns } from './unknown-columns.ts';
import { findVulnerabilityIds } from './vulnerability-ids.ts';

/** The beginning of a document, which tells its kind. */
export interface Beginning {
  /** The whole text where it is short enough, else its first part. */
  readonly text: string;
  readonly isWhole: boolean;
}

/** An object that may be the only one of its kind's lines, characters. */
const LONGEST_LINE = 4 * 2 ** 20;

const SUPPORTED =
  'supported are SBOMs (CycloneDX, SPDX), VEX (OpenVEX, CSAF), reports of scanners (Trivy, Grype, Nessus, SARIF and others), tables, and text with CVE ids';

/** The formats of a kind. */
function formatsOf<Kind extends ReportFormat['kind']>(kind: Kind): Extract<ReportFormat, { kind: Kind }>[] {
  return FORMATS.filter((format): format is Extract<ReportFormat, { kind: Kind }> => format.kind === kind);
}

/** Reads a document up to the limit for what is read at once. @throws RiskError `BAD_INPUT` */
export async function readBeginning(source: TextSource, limit: number = WHOLE_LIMIT_BYTES): Promise<Beginning> {
  const pieces: string[] = [];
  let length = 0;
  for await (const piece of source.open()) {
    pieces.push(piece);
    length += piece.length;
    if (length > limit) {
      boundHeap();
      return { text: pieces.join(''), isWhole: false };
    }
  }
  const text = pieces.join('');
  if (text.trim() === '') throw badFile(source.name, 'is empty; give CVE ids, an SBOM or a scanner report');
  return { text, isWhole: true };
}

/**
 * Recognises an SBOM, a scanner's report or a table (`columns`: what its columns hold, by title in lower case) by its content. Null: it is none of them, but text.
 * @throws RiskError `BAD_INPUT` where it begins like JSON, XML or a known table and cannot be read as such, or is of a format that is not known.
 */
export async function recogniseReport(
  source: TextSource,
  { text, isWhole }: Beginning,
  columns: ReadonlyMap<string, TableField> = new Map(),
): Promise<Report | null> {
  const start = text.slice(0, 4096).trimStart();
  if (/^[{[]/.test(start) && looksLikeJson(start)) return recogniseJson(source, text, isWhole);
  if (/^<(?:\?xml|!doctype|!--|[a-z][\w:.-]*[\s/>])/i.test(start)) {
    return recogniseXml(source, isWhole ? text : null);
  }
  const textFormat = formatsOf('text').find((one) => one.matches(start));
  if (textFormat !== undefined) {
    if (!isWhole)
      throw badFile(source.name, `is ${textFormat.name} of more than 64 MB, which is read only whole; split it`);
    return { format: textFormat.name, items: textFormat.read(text) };
  }
  // Who says what the columns hold has the last word on a table.
  const formats = formatsOf('csv');
  const table =
    findTable(text, columns.size > 0 ? [createMappedTable(columns), ...formats] : formats) ??
    (findVulnerabilityIds(text).length > 0 ? findTable(text, [TITLED_TABLE]) : null);
  if (table === null) return null;
  const { known } = table.format;
  const odd = known === undefined ? null : tellUnknownColumns(source.name, table.titles, known);
  return {
    format: table.format.name,
    titles: table.titles,
    items: readTable(source, table),
    ...(odd === null ? {} : { notes: [odd] }),
  };
}

/** Prose may begin with a bracket: "[URGENT] CVE-…". */
function looksLikeJson(start: string): boolean {
  return /^(?:\{\s*(?:["}]|$)|\[\s*(?:[{["\]\d-]|null|true|false|$))/.test(start);
}

async function recogniseJson(source: TextSource, text: string, isWhole: boolean): Promise<Report> {
  const { name } = source;
  const lines = splitObjects(text);
  if (lines !== null) {
    const format = formatsOf('json-lines').find((one) => lines.first.some((object) => one.matches(object)));
    if (format !== undefined) return { format: format.name, items: readJsonLines(source, format) };
    throw badFile(name, `is JSON objects one after the other, of no format that is known; ${SUPPORTED}`);
  }
  const read = await readJson(source, isWhole ? text : null, formatsOf('json'));
  if (read === null) {
    // Lines of which there is one.
    const only: unknown = isWhole && text.length < LONGEST_LINE ? JSON.parse(text) : null;
    const single = formatsOf('json-lines').find((one) => one.matches(only));
    if (single !== undefined) return { format: single.name, items: readJsonLines(source, single) };
    throw badFile(name, `is JSON of no format that is known; ${SUPPORTED}`);
  }
  return read;
}

async function recogniseXml(source: TextSource, text: string | null): Promise<Report> {
  const formats = formatsOf('xml');
  const report = text === null ? await readLargeXml(source, formats) : readWholeXml(source.name, text, formats);
  if (report === null) throw badFile(source.name, `is XML of no format that is known; ${SUPPORTED}`);
  return report;
}

function readWholeXml(name: string, text: string, formats: readonly XmlFormat[]): Report | null {
  const document = readXml(name, text);
  const format = formats.find((one) => one.matches(document));
  return format === undefined ? null : toReport(format, format.read(document));
}
