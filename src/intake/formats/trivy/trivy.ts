import { groupBy } from '../../../kernel/group-by.ts';
import { type FindingSubject, toWorkload } from '../../reports/finding-subject.ts';
import { toComponent, toFinding, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, LookedAt, ReportItem } from '../../reports/report-format.ts';
import { at, fieldsOf, firstText, listAt, textAt, textsOf } from '../../reports/values.ts';

/**
 * Trivy's JSON report: schema version 2 (`Results`), and the list of results that Trivy wrote before 0.20. Its Kubernetes summary has the
 * same results below each resource. What it says of licences is no finding.
 */
export const TRIVY: JsonFormat = {
  kind: 'json',
  name: 'Trivy',
  large: 'Results.*.Vulnerabilities',
  matches: (document) => !isCluster(document) && (isSchema2(document) || hasResult(document)),
  *read(document, { offset }) {
    const artifact = textAt(document, 'ArtifactName');
    if (artifact !== null) yield { kind: 'subject', name: artifact, version: null };
    yield* lookedAt(document);
    for (const { result, subject, pointer } of placesOf(document)) {
      for (const [index, entry] of listAt(result, 'Vulnerabilities').entries()) {
        yield readVulnerability(entry, subject, `${pointer}/Vulnerabilities/${offset + index}`);
      }
      for (const kind of ['Misconfigurations', 'Secrets']) {
        for (const [index, entry] of listAt(result, kind).entries()) {
          const what = firstText(at(entry, 'Title'), at(entry, 'ID'), at(entry, 'RuleID')) ?? kind;
          yield { kind: 'no-id', position: `${pointer}/${kind}/${index}`, what };
        }
      }
    }
  },
};

/** Trivy's report of a Kubernetes cluster: the same, with the results of each resource. */
export const TRIVY_CLUSTER: JsonFormat = {
  ...TRIVY,
  large: 'Resources.*.Results.*.Vulnerabilities',
  matches: (document) => isCluster(document) && hasResult(document),
};

const isCluster = (document: unknown) => 'ClusterName' in fieldsOf(document);

const hasResult = (document: unknown) => placesOf(document).some(({ result }) => isResult(result));

/** Without results, an image in which nothing was found. */
function isSchema2(document: unknown): boolean {
  return at(document, 'SchemaVersion') === 2 && 'ArtifactName' in fieldsOf(document);
}

function isResult(value: unknown): boolean {
  const fields = fieldsOf(value);
  return 'Target' in fields && ['Type', 'Class', 'Vulnerabilities'].some((field) => field in fields);
}

interface Place {
  readonly result: unknown;
  /** The resource of a cluster that it is about. */
  readonly subject: FindingSubject | null;
  readonly pointer: string;
}

/** Every list of results, and where it is. */
function placesOf(document: unknown): Place[] {
  const toPlaces = (results: readonly unknown[], pointer: string, subject: FindingSubject | null = null) =>
    results.map((result, index) => ({ result, subject, pointer: `${pointer}/${index}` }));
  if (Array.isArray(document)) return toPlaces(document, '');
  const direct = toPlaces(listAt(document, 'Results'), '/Results');
  const below = ['Resources', 'Findings', 'Vulnerabilities', 'Misconfigurations'].flatMap((field) =>
    listAt(document, field).flatMap((resource, index) =>
      toPlaces(listAt(resource, 'Results'), `/${field}/${index}/Results`, subjectOf(document, resource)),
    ),
  );
  return [...direct, ...below];
}

/** What was searched for vulnerabilities and has none: the artifact, each resource of a cluster. Results of configurations and secrets alone say nothing of them. */
function* lookedAt(document: unknown): Generator<LookedAt> {
  const places = placesOf(document);
  const isSearched = ({ result }: Place) =>
    Array.isArray(at(result, 'Vulnerabilities')) || /-pkgs$/.test(textAt(result, 'Class') ?? '');
  const hasAny = ({ result }: Place) => listAt(result, 'Vulnerabilities').length > 0;
  if (isSchema2(document) && !places.some(hasAny) && (places.length === 0 || places.some(isSearched))) {
    yield { kind: 'looked', host: null, subject: null, tool: 'Trivy' };
  }
  const bySubject = groupBy(places, ({ subject }) => subject?.id ?? null);
  for (const [id, some] of bySubject) {
    const subject = some[0]?.subject ?? null;
    if (id === null || some.some(hasAny) || !some.some(isSearched)) continue;
    yield { kind: 'looked', host: null, subject, tool: 'Trivy' };
  }
}

function subjectOf(document: unknown, resource: unknown): FindingSubject | null {
  return toWorkload({
    cluster: at(document, 'ClusterName'),
    namespace: at(resource, 'Namespace'),
    kind: at(resource, 'Kind'),
    name: at(resource, 'Name'),
  });
}

function readVulnerability(entry: unknown, subject: FindingSubject | null, position: string): ReportItem {
  return toFinding(
    {
      ids: [at(entry, 'VulnerabilityID'), ...textsOf(at(entry, 'VendorIDs'))],
      component: toComponent({
        purl: textAt(entry, 'PkgIdentifier', 'PURL'),
        name: textAt(entry, 'PkgName'),
        installedVersion: textAt(entry, 'InstalledVersion'),
        fixedVersion: textAt(entry, 'FixedVersion'),
      }),
      subject,
      position,
      tool: 'Trivy',
      severity: textAt(entry, 'Severity'),
      reported: toReported({
        title: textAt(entry, 'Title'),
        description: textAt(entry, 'Description'),
        cvssVectors: vectorsOf(at(entry, 'CVSS')),
        cwes: textsOf(at(entry, 'CweIDs')),
      }),
    },
    firstText(at(entry, 'Title'), at(entry, 'PkgName')),
  );
}

/** Vectors by whoever scored, those of the newest version first. */
export function vectorsOf(scores: unknown): string[] {
  const all = Object.values(fieldsOf(scores));
  return ['V40Vector', 'V3Vector', 'V2Vector'].flatMap((field) => all.flatMap((score) => textsOf(at(score, field))));
}
