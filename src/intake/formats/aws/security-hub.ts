import { findCveIds } from '../../../domain/cve/cve-id.ts';
import type { VexStatement } from '../../../domain/finding/sighting.ts';
import {
  toComponent,
  toFinding,
  toFixedStatement,
  toReported,
  toSuppressedStatement,
} from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, firstText, listAt, textAt, textsOf } from '../../reports/values.ts';
import { type AwsPlace, placesOfResources } from './resources.ts';

/**
 * AWS Security Finding Format, schema 2018-10-08: replies of Security Hub (`Findings`, or `findings`), and arrays, as Prowler and others write them.
 * Findings of Inspector have vulnerability ids; those of Config, GuardDuty and Prowler have none.
 */
export const AWS_SECURITY_HUB: JsonFormat = {
  kind: 'json',
  name: 'AWS Security Finding Format',
  large: 'Findings',
  matches: (document) => !Array.isArray(document) && hasFinding(document),
  *read(document, { offset }) {
    const { findings, pointer } = findingsOf(document);
    for (const [index, finding] of findings.entries()) {
      yield* readFinding(finding, `${pointer}/${offset + index}`);
    }
  },
};

/** The same as an array, which is read in parts by itself. */
export const AWS_SECURITY_FINDINGS: JsonFormat = {
  ...AWS_SECURITY_HUB,
  large: '',
  matches: (document) => Array.isArray(document) && hasFinding(document),
};

function hasFinding(document: unknown): boolean {
  const first = findingsOf(document).findings[0];
  return /^\d{4}-\d\d-\d\d$/.test(textAt(first, 'SchemaVersion') ?? '') && textAt(first, 'ProductArn') !== null;
}

function findingsOf(document: unknown): { readonly findings: readonly unknown[]; readonly pointer: string } {
  if (Array.isArray(document)) return { findings: document, pointer: '' };
  const field = Array.isArray(at(document, 'Findings')) ? 'Findings' : 'findings';
  return { findings: listAt(document, field), pointer: `/${field}` };
}

function* readFinding(finding: unknown, pointer: string): Iterable<ReportItem> {
  const vulnerabilities = listAt(finding, 'Vulnerabilities');
  const places = placesOfResources(listAt(finding, 'Resources'));
  for (const [index, vulnerability] of vulnerabilities.entries()) {
    for (const place of places) {
      yield* readVulnerability(finding, vulnerability, place, `${pointer}/Vulnerabilities/${index}`);
    }
  }
  if (vulnerabilities.length > 0 || textAt(finding, 'Compliance', 'Status') === 'PASSED') return;
  const title = textAt(finding, 'Title');
  // Inspector names the vulnerability in the title where the list is empty.
  const ids = textAt(finding, 'ProductName') === 'Inspector' ? findCveIds(title ?? '') : [];
  for (const place of ids.length === 0 ? places.slice(0, 1) : places) {
    yield toFinding({ ...commonOf(finding), ...place, ids, position: pointer }, title);
  }
}

/** Its own id; where that is of another database, the CVEs that it is related to, since Inspector puts them there and nowhere else. */
function idsOf(vulnerability: unknown): unknown[] {
  const own = textAt(vulnerability, 'Id');
  const related = textsOf(at(vulnerability, 'RelatedVulnerabilities')).flatMap(findCveIds);
  return own === null || findCveIds(own).length === 0 ? [own, ...related] : [own];
}

function* readVulnerability(
  finding: unknown,
  vulnerability: unknown,
  place: AwsPlace,
  pointer: string,
): Iterable<ReportItem> {
  const common = {
    ...commonOf(finding),
    ...place,
    ids: idsOf(vulnerability),
    reported: toReported({
      title: textAt(finding, 'Title'),
      description: textAt(finding, 'Description'),
      cvssVectors: listAt(vulnerability, 'Cvss').flatMap((score) => textsOf(at(score, 'BaseVector'))),
    }),
  };
  const packages = listAt(vulnerability, 'VulnerablePackages');
  if (packages.length === 0) yield toFinding({ ...common, position: pointer }, at(finding, 'Title'));
  for (const [index, software] of packages.entries()) {
    const component = toComponent({
      name: textAt(software, 'Name'),
      installedVersion: textAt(software, 'Version'),
      fixedVersion: textAt(software, 'FixedInVersion'),
    });
    const position = `${pointer}/VulnerablePackages/${index}`;
    yield toFinding({ ...common, component, position }, at(finding, 'Title'));
  }
}

/** Security Hub archives what is mended, or whose resource is gone; `Workflow` is what people say of it. */
function statementOf(finding: unknown): VexStatement | null {
  const author = 'AWS Security Hub';
  const [record, workflow] = [textAt(finding, 'RecordState'), textAt(finding, 'Workflow', 'Status')];
  if (/^archived$/i.test(record ?? '')) {
    return { status: 'fixed', justification: null, detail: 'Its record is archived.', author, at: null };
  }
  if (/^suppressed$/i.test(workflow ?? ''))
    return toSuppressedStatement('It is suppressed in AWS Security Hub.', author);
  return toFixedStatement(workflow, author);
}

function commonOf(finding: unknown) {
  return {
    tool: firstText(
      at(finding, 'ProductName'),
      at(finding, 'ProductFields', 'ProviderName'),
      at(finding, 'ProductArn'),
    ),
    severity: textAt(finding, 'Severity', 'Label'),
    vex: statementOf(finding),
    reported: toReported({ title: textAt(finding, 'Title'), description: textAt(finding, 'Description') }),
  };
}
