import { type FindingSubject, toWorkload } from '../../reports/finding-subject.ts';
import { toComponent, toFinding, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, firstText, listAt, textAt, textsOf } from '../../reports/values.ts';
import { findVulnerabilityIds, toCwes } from '../../reports/vulnerability-ids.ts';

/** GitLab's security reports, schemas 14 and 15 (dependency and container scanning; what others find by CVE id as well). */
export const GITLAB: JsonFormat = {
  kind: 'json',
  name: 'GitLab security report',
  large: 'vulnerabilities',
  matches: (document) =>
    Array.isArray(at(document, 'vulnerabilities')) &&
    textAt(document, 'version') !== null &&
    (/_scanning$|^sast$|^dast$|_fuzzing$|^secret_detection$/.test(textAt(document, 'scan', 'type') ?? '') ||
      Array.isArray(at(document, 'remediations'))),
  *read(document, { offset }) {
    const tool = textAt(document, 'scan', 'scanner', 'name');
    if (offset === 0) yield* readInventory(document);
    for (const [index, entry] of listAt(document, 'vulnerabilities').entries()) {
      yield readVulnerability(entry, `/vulnerabilities/${offset + index}`, tool);
    }
  },
};

/** Every dependency of the files that were read, whether vulnerable or not. */
function* readInventory(document: unknown): Generator<ReportItem> {
  for (const [index, file] of listAt(document, 'dependency_files').entries()) {
    for (const [place, dependency] of listAt(file, 'dependencies').entries()) {
      const component = toDependency(dependency);
      const position = `/dependency_files/${index}/dependencies/${place}`;
      if (component !== null) yield { kind: 'component', component, position };
    }
  }
}

function toDependency(dependency: unknown) {
  return toComponent({
    name: textAt(dependency, 'package', 'name'),
    installedVersion: textAt(dependency, 'version'),
  });
}

/** The image of container scanning, the workload of cluster image scanning; dependencies are the repository's. */
function subjectOf(location: unknown): FindingSubject | null {
  const workload = at(location, 'kubernetes_resource');
  return toWorkload({
    cluster: firstText(at(workload, 'cluster_id'), at(workload, 'agent_id')),
    namespace: at(workload, 'namespace'),
    kind: at(workload, 'kind'),
    name: at(workload, 'name'),
    container: at(workload, 'container_name'),
    image: at(location, 'image'),
  });
}

function readVulnerability(entry: unknown, position: string, tool: string | null): ReportItem {
  const identifiers = listAt(entry, 'identifiers');
  const texts = identifiers.flatMap((one) => textsOf([at(one, 'name'), at(one, 'value')]));
  const known = findVulnerabilityIds(texts.join('\n'));
  const own = identifiers.find((one) => textAt(one, 'type') === 'gemnasium');
  const component = toDependency(at(entry, 'location', 'dependency'));
  const fixed = /^Upgrade (?:\S+ )?(?:from \S+ )?to (?:versions? )?(\S.*?)(?: or above)?\.?$/.exec(
    textAt(entry, 'solution') ?? '',
  )?.[1];
  return toFinding(
    {
      // Where nothing public names it, the database's own name does.
      ids: known.length > 0 ? known : [at(own, 'name')],
      component: component && { ...component, fixedVersion: fixed ?? null },
      subject: subjectOf(at(entry, 'location')),
      position,
      tool: firstText(at(entry, 'scanner', 'name'), tool),
      severity: textAt(entry, 'severity'),
      reported: toReported({
        title: firstText(at(entry, 'name'), at(entry, 'message')),
        description: textAt(entry, 'description'),
        cvssVectors: listAt(entry, 'cvss_vectors').flatMap((one) => textsOf(at(one, 'vector'))),
        cwes: toCwes(identifiers.flatMap((one) => (textAt(one, 'type') === 'cwe' ? [at(one, 'value')] : []))),
      }),
    },
    firstText(at(entry, 'name'), at(entry, 'message')),
  );
}
