import { parseCveId } from '../../../domain/cve/cve-id.ts';
import { toComponent, toFinding, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, fieldsOf, firstText, listAt, listOf, textAt, textOf, textsOf } from '../../reports/values.ts';
import { findVulnerabilityIds, toCwes } from '../../reports/vulnerability-ids.ts';

/** Fields beside `id` that hold the ids of an entry, as they are called in lower case without underscores. */
const ID_FIELDS: ReadonlySet<string> = new Set([
  'cve',
  'cveid',
  'cves',
  'cveids',
  'vulnerabilityid',
  'vulnerabilityids',
]);
/** Entries that are looked at to find out whether a list has ids. */
const SEARCHED = 1000;

/**
 * Any other JSON that says where its CVE ids are: a list of ids, entries with a field such as `cve`, `cveId` or `id` that holds one (in a list, or by
 * name in an object), and DefectDojo's generic findings. It comes last: what every other format says of itself is more than that.
 */
export const GENERIC: JsonFormat = {
  kind: 'json',
  name: 'JSON with CVE ids',
  large: 'findings',
  matches: (document) => isGenericFindings(document) || placesOf(document).length > 0,
  *read(document, { offset }) {
    const places = isGenericFindings(document)
      ? [{ entries: listAt(document, 'findings'), pointer: '/findings' }]
      : placesOf(document);
    for (const { entries, pointer } of places) {
      for (const [index, entry] of entries.entries()) {
        yield readEntry(entry, Array.isArray(entries) ? `${pointer}/${offset + index}` : pointer);
      }
    }
  },
};

/** DefectDojo's "Generic Findings Import": findings with a title and a severity. */
function isGenericFindings(document: unknown): boolean {
  const findings = at(document, 'findings');
  if (!Array.isArray(findings)) return false;
  return findings.slice(0, SEARCHED).every((one) => textAt(one, 'title') !== null && textAt(one, 'severity') !== null);
}

interface Place {
  readonly entries: readonly unknown[];
  readonly pointer: string;
}

/** Lists whose entries have ids: the document, its fields; or the document's own entry, or its fields as entries. */
function placesOf(document: unknown): Place[] {
  if (Array.isArray(document)) return hasIds(document) ? [{ entries: document, pointer: '' }] : [];
  if (isIdentified(document)) return [{ entries: [document], pointer: '' }];
  const fields = Object.entries(fieldsOf(document));
  const lists = fields.flatMap(([name, entries]) =>
    Array.isArray(entries) && hasIds(entries) ? [{ entries, pointer: `/${escaped(name)}` }] : [],
  );
  if (lists.length > 0) return lists;
  return fields.flatMap(([name, entry]) => {
    const named = parseCveId(name).ok ? { cve: name, ...fieldsOf(entry) } : entry;
    return isIdentified(named) ? [{ entries: [named], pointer: `/${escaped(name)}` }] : [];
  });
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function hasIds(entries: readonly unknown[]): boolean {
  return entries.slice(0, SEARCHED).some((entry) => isCve(entry) || isIdentified(entry));
}

function isIdentified(entry: unknown): boolean {
  return idsOf(entry).some(isCve);
}

function isCve(value: unknown): boolean {
  return typeof value === 'string' && parseCveId(value).ok;
}

/** The ids of an entry; `{ "cve": { "id": … } }` is how NVD writes them, `cveMetadata` the CVE Program. */
function idsOf(entry: unknown): string[] {
  const values = Object.entries(fieldsOf(entry)).flatMap(([field, value]) => {
    const name = field.replaceAll('_', '').toLowerCase();
    // An "id" may be anything's.
    if (name === 'id') return findVulnerabilityIds(textOf(value) ?? '');
    return ID_FIELDS.has(name) ? listOf(value).map((one) => firstText(one, at(one, 'id'), at(one, 'cve'))) : [];
  });
  return textsOf([...values, at(entry, 'cveMetadata', 'cveId')]);
}

function readEntry(entry: unknown, position: string): ReportItem {
  return toFinding(
    {
      ids: typeof entry === 'string' ? [entry] : idsOf(entry),
      component: toComponent({
        purl: textAt(entry, 'purl'),
        cpe: textAt(entry, 'cpe'),
        name: firstText(...['component_name', 'componentName', 'component', 'package'].map((name) => at(entry, name))),
        installedVersion: firstText(
          ...['component_version', 'componentVersion', 'version'].map((name) => at(entry, name)),
        ),
        fixedVersion: firstText(...['fix_version', 'fixed_version', 'fixedVersion'].map((name) => at(entry, name))),
      }),
      position,
      severity: textAt(entry, 'severity'),
      reported: toReported({
        title: textAt(entry, 'title'),
        description: textAt(entry, 'description'),
        cvssVectors: ['cvssv4', 'cvssv3'].flatMap((field) => textsOf(at(entry, field))),
        cwes: toCwes([...listOf(at(entry, 'cwes')), ...listOf(at(entry, 'cwe'))].map(textOf)),
      }),
    },
    firstText(at(entry, 'title'), entry),
  );
}
