import { type FindingSubject, toWorkload } from '../../reports/finding-subject.ts';
import { toComponent, toFinding, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, firstText, listAt, textAt } from '../../reports/values.ts';
import { vectorsOf } from '../trivy/trivy.ts';

/**
 * Resources of the Trivy Operator (`aquasecurity.github.io/v1alpha1`), as `kubectl get -o json` gives them: one, a `List` of them, or an array.
 * Vulnerability reports have ids; config audit, RBAC, compliance and secret reports name no vulnerability.
 */
export const TRIVY_OPERATOR: JsonFormat = {
  kind: 'json',
  name: 'Trivy Operator',
  large: 'items',
  matches: (document) => {
    const [first] = listAt(document, 'items');
    return [document, first, Array.isArray(document) ? document[0] : undefined].some(isOperatorResource);
  },
  *read(document, { offset }) {
    for (const { resource, pointer } of resourcesOf(document, offset)) yield* readResource(resource, pointer);
  },
};

function isOperatorResource(value: unknown): boolean {
  return textAt(value, 'apiVersion')?.startsWith('aquasecurity.github.io/') ?? false;
}

function* resourcesOf(document: unknown, offset: number): Iterable<{ resource: unknown; pointer: string }> {
  if (Array.isArray(document)) {
    for (const [index, resource] of document.entries()) yield { resource, pointer: `/${index}` };
    return;
  }
  if (Array.isArray(at(document, 'items'))) {
    for (const [index, resource] of listAt(document, 'items').entries()) {
      yield { resource, pointer: `/items/${offset + index}` };
    }
    return;
  }
  yield { resource: document, pointer: '' };
}

function* readResource(resource: unknown, pointer: string): Iterable<ReportItem> {
  const found = at(resource, 'report', 'vulnerabilities');
  if (Array.isArray(found) && found.length === 0) {
    yield { kind: 'looked', host: null, subject: subjectOf(resource), tool: toolOf(resource) };
  }
  for (const [index, entry] of listAt(resource, 'report', 'vulnerabilities').entries()) {
    yield readVulnerability(resource, entry, `${pointer}/report/vulnerabilities/${index}`);
  }
  for (const [index, entry] of listAt(resource, 'report', 'secrets').entries()) {
    yield toFinding({ ids: [], position: `${pointer}/report/secrets/${index}` }, at(entry, 'title'));
  }
  for (const [index, entry] of listAt(resource, 'report', 'checks').entries()) {
    if (at(entry, 'success') === true) continue;
    yield toFinding({ ids: [], position: `${pointer}/report/checks/${index}` }, at(entry, 'title'));
  }
  for (const [index, entry] of listAt(resource, 'status', 'summaryReport', 'controlCheck').entries()) {
    if (at(entry, 'totalFail') === 0) continue;
    yield toFinding({ ids: [], position: `${pointer}/status/summaryReport/controlCheck/${index}` }, at(entry, 'name'));
  }
  yield* readDetails(resource, pointer);
}

function* readDetails(resource: unknown, pointer: string): Iterable<ReportItem> {
  for (const [index, entry] of listAt(resource, 'status', 'detailReport', 'results').entries()) {
    for (const [place, check] of listAt(entry, 'checks').entries()) {
      if (at(check, 'success') === true) continue;
      const position = `${pointer}/status/detailReport/results/${index}/checks/${place}`;
      yield toFinding({ ids: [], position }, firstText(at(check, 'title'), at(entry, 'name')));
    }
  }
}

const toolOf = (resource: unknown) => textAt(resource, 'report', 'scanner', 'name') ?? 'Trivy';

/** The container that a report is about, by the labels that the operator gives it; without them its image. */
function subjectOf(resource: unknown): FindingSubject | null {
  const label = (name: string) => at(resource, 'metadata', 'labels', `trivy-operator.${name}`);
  return toWorkload({
    namespace: firstText(label('resource.namespace'), at(resource, 'metadata', 'namespace')),
    kind: label('resource.kind'),
    name: label('resource.name'),
    container: label('container.name'),
    image: imageOf(resource),
  });
}

function imageOf(resource: unknown): string | null {
  const artifact = at(resource, 'report', 'artifact');
  const repository = textAt(artifact, 'repository');
  if (repository === null) return null;
  const [tag, digest] = [textAt(artifact, 'tag'), textAt(artifact, 'digest')];
  const version = tag === null ? (digest === null ? '' : `@${digest}`) : `:${tag}`;
  const server = textAt(resource, 'report', 'registry', 'server');
  return `${server === null ? '' : `${server}/`}${repository}${version}`;
}

function readVulnerability(resource: unknown, entry: unknown, position: string): ReportItem {
  return toFinding(
    {
      ids: [at(entry, 'vulnerabilityID')],
      component: toComponent({
        purl: firstText(at(entry, 'packagePURL'), at(entry, 'pkgPURL')),
        name: textAt(entry, 'resource'),
        installedVersion: textAt(entry, 'installedVersion'),
        fixedVersion: textAt(entry, 'fixedVersion'),
      }),
      subject: subjectOf(resource),
      position,
      tool: toolOf(resource),
      severity: textAt(entry, 'severity'),
      reported: toReported({
        title: textAt(entry, 'title'),
        description: textAt(entry, 'description'),
        cvssVectors: vectorsOf(at(entry, 'cvss')),
      }),
    },
    at(entry, 'title'),
  );
}
