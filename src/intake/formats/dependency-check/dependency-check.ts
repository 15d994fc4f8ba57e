import type { Component } from '../../../domain/finding/sighting.ts';
import { toComponent, toFinding, toReported } from '../../reports/make-items.ts';
import { versionOfPurl } from '../../reports/package-urls.ts';
import type { JsonFormat, ReportItem, XmlFormat } from '../../reports/report-format.ts';
import { at, firstText, listAt, listOf, textAt, textOf, textsOf } from '../../reports/values.ts';
import { toCwes, withDatabase } from '../../reports/vulnerability-ids.ts';

/** OWASP Dependency-Check's JSON report (schema 1.0 and 1.1). */
export const DEPENDENCY_CHECK_JSON: JsonFormat = {
  kind: 'json',
  name: 'Dependency-Check',
  large: 'dependencies',
  matches: (document) =>
    textAt(document, 'scanInfo', 'engineVersion') !== null && Array.isArray(at(document, 'dependencies')),
  *read(document, { offset }) {
    if (offset === 0) yield* readSubject(document);
    for (const [index, dependency] of listAt(document, 'dependencies').entries()) {
      const found = listAt(dependency, 'vulnerabilities');
      const packages = [...listAt(dependency, 'packages'), ...listAt(dependency, 'vulnerabilityIds')];
      const names = packages.flatMap((one) => textsOf(at(one, 'id')));
      yield* readDependency({ dependency, names, found }, (place) =>
        place === null ? `/dependencies/${offset + index}` : `/dependencies/${offset + index}/vulnerabilities/${place}`,
      );
    }
  },
};

/** OWASP Dependency-Check's XML report (schemas 1.3 to 4). What is suppressed there is not read. */
export const DEPENDENCY_CHECK_XML: XmlFormat = {
  kind: 'xml',
  name: 'Dependency-Check XML',
  large: ['analysis.dependencies.dependency'],
  matches: (document) => /dependency-check/i.test(textAt(document, 'analysis', '@xmlns') ?? ''),
  *read(document) {
    const analysis = at(document, 'analysis');
    yield* readSubject(analysis);
    for (const [index, dependency] of listAt(analysis, 'dependencies', 'dependency').entries()) {
      const identifiers = at(dependency, 'identifiers');
      const named = ['package', 'vulnerabilityIds', 'identifier'].flatMap((kind) => listAt(identifiers, kind));
      const names = named.flatMap((one) => textsOf([at(one, 'id'), at(one, 'name')]));
      const found = listAt(dependency, 'vulnerabilities', 'vulnerability');
      const position = `analysis/dependencies/dependency[${index + 1}]`;
      yield* readDependency({ dependency, names, found }, (place) =>
        place === null ? position : `${position}/vulnerabilities/vulnerability[${place + 1}]`,
      );
    }
  },
};

function* readSubject(report: unknown): Generator<ReportItem> {
  const name = textAt(report, 'projectInfo', 'name');
  if (name !== null) yield { kind: 'subject', name, version: textAt(report, 'projectInfo', 'applicationVersion') };
}

/** Base metrics of CVSS 3 as the report calls them. */
const METRICS_3 = [
  ['AV', 'attackVector'],
  ['AC', 'attackComplexity'],
  ['PR', 'privilegesRequired'],
  ['UI', 'userInteraction'],
  ['S', 'scope'],
  ['C', 'confidentialityImpact'],
  ['I', 'integrityImpact'],
  ['A', 'availabilityImpact'],
] as const;

interface Dependency {
  readonly dependency: unknown;
  /** Package URLs and CPE names. */
  readonly names: readonly string[];
  readonly found: readonly unknown[];
}

function* readDependency(
  { dependency, names, found }: Dependency,
  place: (vulnerability: number | null) => string,
): Generator<ReportItem> {
  const component = toDependency(dependency, names);
  // A file of which nothing is known but its name is no component.
  if (component !== null && component.purl !== null) yield { kind: 'component', component, position: place(null) };
  for (const [index, vulnerability] of found.entries()) yield readVulnerability(vulnerability, component, place(index));
}

function toDependency(dependency: unknown, names: readonly string[]): Component | null {
  const purl = names.find((name) => name.startsWith('pkg:')) ?? null;
  return toComponent({
    purl,
    cpe: names.find((name) => name.startsWith('cpe:')) ?? null,
    name: textAt(dependency, 'fileName'),
    installedVersion: purl === null ? null : versionOfPurl(purl),
  });
}

function readVulnerability(vulnerability: unknown, component: Component | null, position: string): ReportItem {
  const weaknesses = [at(vulnerability, 'cwes'), at(vulnerability, 'cwes', 'cwe'), at(vulnerability, 'cwe')];
  const database = firstText(at(vulnerability, 'source'), at(vulnerability, '@source'));
  return toFinding(
    {
      ids: [withDatabase(textAt(vulnerability, 'name'), database)],
      component,
      position,
      tool: 'Dependency-Check',
      severity: textAt(vulnerability, 'severity'),
      reported: toReported({
        description: textAt(vulnerability, 'description'),
        cvssVectors: ['cvssv4', 'cvssV4', 'cvssv3', 'cvssV3'].flatMap((version) =>
          vectorOf(at(vulnerability, version)),
        ),
        cwes: toCwes(weaknesses.flatMap((list) => listOf(list).map(textOf))),
      }),
    },
    at(vulnerability, 'description'),
  );
}

/** The base metrics of version 3 as a vector: the report spells them out. Reports of before 3.1 do not say which 3. */
function vectorOf(score: unknown): string[] {
  const version = textAt(score, 'version') ?? '3.0';
  const letters = METRICS_3.map(([, field]) => (textAt(score, field) ?? '').charAt(0).toUpperCase());
  if (!/^3\.[01]$/.test(version) || letters.includes('')) return textsOf(at(score, 'vectorString'));
  return [`CVSS:${version}/${METRICS_3.map(([name], index) => `${name}:${letters[index]}`).join('/')}`];
}
