import type { Component } from '../../../domain/finding/sighting.ts';
import { toComponent, toFinding } from '../../reports/make-items.ts';
import { fixesOf, idsOfOsv, reportedByOsv } from '../../reports/osv-record.ts';
import type { JsonFormat, JsonLinesFormat, ReportItem } from '../../reports/report-format.ts';
import { at, joinTexts, listAt, textAt } from '../../reports/values.ts';

/** Packages of one record that become findings of their own; more are one finding without component. */
const MOST_PACKAGES = 50;

/** Fields of the schema besides `id` and `modified`, both of which it requires. */
const FIELDS = ['schema_version', 'affected', 'aliases', 'upstream', 'related', 'details', 'summary', 'withdrawn'];

/** Records of the OSV schema 1.x: one, a list of them, and the answers of osv.dev's API (`vulns`, or `results` of a batch). */
export const OSV: JsonFormat = {
  kind: 'json',
  name: 'OSV',
  large: 'results.*.vulns',
  matches: (document) => isOsvRecord(Array.isArray(document) ? document[0] : document) || isAnswer(document),
  *read(document, { offset }) {
    if (Array.isArray(document)) yield* readRecords(document, '');
    else if (isOsvRecord(document)) yield* readRecord(document, '');
    yield* readRecords(listAt(document, 'vulns'), '/vulns');
    for (const [index, result] of listAt(document, 'results').entries()) {
      yield* readRecords(listAt(result, 'vulns'), `/results/${index}/vulns`, offset);
    }
  },
};

/** Records of the OSV schema, one after the other. */
export const OSV_LINES: JsonLinesFormat = {
  kind: 'json-lines',
  name: 'OSV lines',
  matches: isOsvRecord,
  *read(objects, { offset }) {
    for (const [index, record] of objects.entries()) yield* readRecord(record, `object ${offset + index + 1}`);
  },
};

function isOsvRecord(document: unknown): boolean {
  const hasBoth = textAt(document, 'id') !== null && textAt(document, 'modified') !== null;
  return hasBoth && FIELDS.some((field) => at(document, field) !== undefined);
}

function isAnswer(document: unknown): boolean {
  const [first] = listAt(document, 'vulns');
  if (textAt(first, 'id') !== null && textAt(first, 'modified') !== null) return true;
  return listAt(document, 'results').some((result) => Array.isArray(at(result, 'vulns')));
}

function* readRecords(records: readonly unknown[], place: string, offset = 0): Generator<ReportItem> {
  for (const [index, record] of records.entries()) yield* readRecord(record, `${place}/${offset + index}`);
}

/** A finding for each package that a record says is affected. */
function* readRecord(record: unknown, position: string): Generator<ReportItem> {
  const isWithdrawn = textAt(record, 'withdrawn') !== null;
  const common = { ids: idsOfOsv(record), reported: reportedByOsv(record), isWithdrawn };
  const packages = packagesOf(record);
  if (packages.length === 0 || packages.length > MOST_PACKAGES) yield toFinding({ ...common, position });
  else for (const component of packages) yield toFinding({ ...common, component, position });
}

function packagesOf(record: unknown): Component[] {
  const found = new Map<string, Component>();
  for (const affected of listAt(record, 'affected')) {
    const component = toComponent({
      purl: textAt(affected, 'package', 'purl'),
      name: textAt(affected, 'package', 'name'),
      fixedVersion: joinTexts(fixesOf(affected)),
    });
    const key = `${textAt(affected, 'package', 'ecosystem')} ${component?.name} ${component?.purl}`;
    if (component !== null && !found.has(key)) found.set(key, component);
  }
  return [...found.values()];
}
