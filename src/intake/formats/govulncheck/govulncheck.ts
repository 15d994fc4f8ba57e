import { toComponent, toFinding } from '../../reports/make-items.ts';
import { fixesOf, idsOfOsv, reportedByOsv } from '../../reports/osv-record.ts';
import type { JsonFormat, JsonLinesFormat, ReportItem } from '../../reports/report-format.ts';
import { at, fieldsOf, firstText, joinTexts, listAt, textAt, textsOf } from '../../reports/values.ts';

/**
 * govulncheck's stream of messages (`-format json`, protocol 1): records of the Go vulnerability database, and findings that name them. A record
 * without a finding is of a module in use, but not of the version in use.
 */
export const GOVULNCHECK: JsonLinesFormat = {
  kind: 'json-lines',
  name: 'govulncheck',
  matches: isMessage,
  read: (objects, { offset, memory = new Map() }) =>
    readMessages(objects, (index) => `object ${offset + index + 1}`, memory),
};

/** govulncheck's messages in a list, and the single document of versions before 1.0 (`Vulns`). */
export const GOVULNCHECK_JSON: JsonFormat = {
  kind: 'json',
  name: 'govulncheck JSON',
  large: null,
  matches: (document) =>
    Array.isArray(document)
      ? document.slice(0, 5).some(isMessage)
      : ['Calls', 'Imports', 'Requires', 'Vulns'].every((field) => Object.hasOwn(fieldsOf(document), field)),
  *read(document) {
    if (Array.isArray(document)) yield* readMessages(document, (index) => `/${index}`, new Map());
    for (const [index, vulnerability] of listAt(document, 'Vulns').entries()) {
      yield readOld(vulnerability, modulesOf(document), `/Vulns/${index}`);
    }
  },
};

function isMessage(message: unknown): boolean {
  const isConfiguration = /govulncheck/.test(textAt(message, 'config', 'scanner_name') ?? '');
  return (
    isConfiguration || (textAt(message, 'finding', 'osv') !== null && Array.isArray(at(message, 'finding', 'trace')))
  );
}

function* readMessages(
  messages: readonly unknown[],
  place: (index: number) => string,
  memory: Map<string, unknown>,
): Generator<ReportItem> {
  for (const [index, message] of messages.entries()) {
    const id = textAt(message, 'osv', 'id');
    if (id !== null) memory.set(id, at(message, 'osv'));
    const finding = at(message, 'finding');
    if (finding === undefined) continue;
    const name = textAt(finding, 'osv');
    const record = memory.get(name ?? '');
    // The first frame is where the vulnerability is, the last where the program begins.
    const [frame] = listAt(finding, 'trace');
    yield toFinding({
      ids: [name, ...idsOfOsv(record)],
      component: toComponent({
        name: textAt(frame, 'module'),
        installedVersion: textAt(frame, 'version'),
        fixedVersion: textAt(finding, 'fixed_version'),
      }),
      position: place(index),
      tool: 'govulncheck',
      severity: firstText(at(record, 'severity')),
      reported: reportedByOsv(record),
    });
  }
}

function modulesOf(document: unknown): ReadonlyMap<string, string | null> {
  return new Map(listAt(document, 'Modules').map((one) => [textAt(one, 'Path') ?? '', textAt(one, 'Version')]));
}

function readOld(vulnerability: unknown, modules: ReadonlyMap<string, string | null>, position: string): ReportItem {
  const record = at(vulnerability, 'OSV');
  const name = textAt(vulnerability, 'ModPath');
  const fixes = listAt(record, 'affected').flatMap((one) =>
    textsOf(at(one, 'package', 'name')).includes(name ?? '') ? fixesOf(one) : [],
  );
  return toFinding({
    ids: idsOfOsv(record),
    component: toComponent({
      name,
      installedVersion: modules.get(name ?? '') ?? null,
      fixedVersion: joinTexts(fixes),
    }),
    position,
    tool: 'govulncheck',
    reported: reportedByOsv(record),
  });
}
