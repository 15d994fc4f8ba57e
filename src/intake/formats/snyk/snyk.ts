import { type FindingSubject, toFindingSubject } from '../../reports/finding-subject.ts';
import { toComponent, toFinding, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, firstText, joinTexts, listAt, textAt, textsOf } from '../../reports/values.ts';
import { toCwes } from '../../reports/vulnerability-ids.ts';

/** `snyk test` and `snyk container test` with `--json`: one project, or a list of them; a container's applications inside. (`snyk code` writes SARIF.) */
export const SNYK: JsonFormat = {
  kind: 'json',
  name: 'Snyk',
  large: 'vulnerabilities',
  matches: (document) => (Array.isArray(document) ? document.slice(0, 100).some(isProject) : isProject(document)),
  *read(document, { offset, memory = new Map() }) {
    // Applications are read with the first part.
    for (const { project, pointer } of projectsOf(document)) {
      if (offset > 0 && pointer !== '') continue;
      yield* readProject(project, pointer, offset, memory);
    }
  },
};

function isProject(document: unknown): boolean {
  const isOwn = ['dependencyCount', 'licensesPolicy', 'uniqueCount'].some((field) => at(document, field) !== undefined);
  return Array.isArray(at(document, 'vulnerabilities')) && typeof at(document, 'ok') === 'boolean' && isOwn;
}

interface Project {
  readonly project: unknown;
  readonly pointer: string;
}

function projectsOf(document: unknown): Project[] {
  const projects = Array.isArray(document)
    ? document.map((project, index) => ({ project, pointer: `/${index}` }))
    : [{ project: document, pointer: '' }];
  return projects.flatMap((one) => [
    one,
    ...listAt(one.project, 'applications').map((project, index) => ({
      project,
      pointer: `${one.pointer}/applications/${index}`,
    })),
  ]);
}

/** A vulnerability is listed once for each path that leads to it: a finding is the first of them. */
function* readProject(
  project: unknown,
  pointer: string,
  offset: number,
  memory: Map<string, unknown>,
): Generator<ReportItem> {
  const name = textAt(project, 'projectName');
  if (name !== null && offset === 0) yield { kind: 'subject', name, version: null };
  if (listAt(project, 'vulnerabilities').length === 0) {
    yield { kind: 'looked', host: null, subject: toFindingSubject(name), tool: 'Snyk' };
  }
  for (const [index, entry] of listAt(project, 'vulnerabilities').entries()) {
    const key = [pointer, ...['id', 'packageName', 'name', 'version'].map((field) => textAt(entry, field))].join('\n');
    if (memory.has(key)) continue;
    memory.set(key, true);
    yield readVulnerability(entry, toFindingSubject(name), `${pointer}/vulnerabilities/${offset + index}`);
  }
}

function readVulnerability(entry: unknown, subject: FindingSubject | null, position: string): ReportItem {
  const id = textAt(entry, 'id');
  const title = firstText(at(entry, 'title'), id) ?? 'a license';
  if (textAt(entry, 'type') === 'license' || id?.startsWith('snyk:lic:'))
    return { kind: 'no-id', position, what: title };
  const details = listAt(entry, 'cvssDetails');
  return toFinding(
    {
      ids: [id, ...['CVE', 'GHSA', 'RHSA'].flatMap((field) => textsOf(at(entry, 'identifiers', field)))],
      component: toComponent({
        name: firstText(at(entry, 'packageName'), at(entry, 'moduleName'), at(entry, 'name')),
        installedVersion: textAt(entry, 'version'),
        fixedVersion: joinTexts(at(entry, 'fixedIn')) ?? textAt(entry, 'nearestFixedInVersion'),
      }),
      subject,
      position,
      tool: 'Snyk',
      severity: firstText(at(entry, 'severityWithCritical'), at(entry, 'severity')),
      reported: toReported({
        title,
        description: textAt(entry, 'description'),
        cvssVectors: [
          ...new Set([...textsOf(at(entry, 'CVSSv3')), ...details.flatMap((one) => textsOf(at(one, 'cvssV3Vector')))]),
        ],
        cwes: toCwes(textsOf(at(entry, 'identifiers', 'CWE'))),
      }),
    },
    title,
  );
}
