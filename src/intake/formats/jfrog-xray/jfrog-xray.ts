import type { Component } from '../../../domain/finding/sighting.ts';
import { type FindingSubject, toFindingSubject } from '../../reports/finding-subject.ts';
import { toFinding, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, fieldsOf, firstText, joinTexts, listAt, textAt, textsOf } from '../../reports/values.ts';
import { toCwes } from '../../reports/vulnerability-ids.ts';
import { parseComponentId, parseImpactPath } from './component-id.ts';

/** Components of one issue at most: an image names each layer's copy. */
const MOST_COMPONENTS = 50;

/** JFrog Xray's vulnerabilities report, as the user interface and the REST API export it. */
export const JFROG_XRAY_UNIFIED: JsonFormat = {
  kind: 'json',
  name: 'JFrog Xray',
  large: 'rows',
  matches: (document) => at(document, 'total_rows') !== undefined && Array.isArray(at(document, 'rows')),
  *read(document, { offset }) {
    for (const [index, row] of listAt(document, 'rows').entries()) {
      const component = parseComponentId(textAt(row, 'vulnerable_component') ?? '');
      const fixedVersion = joinTexts(at(row, 'fixed_versions'));
      const artifact = textAt(row, 'impacted_artifact');
      const subject = toFindingSubject(artifact, artifact?.replace(/^[a-z]+:\/\//i, ''), at(row, 'path'));
      yield readIssue(
        row,
        { component: component && { ...component, fixedVersion }, subject },
        `/rows/${offset + index}`,
      );
    }
  },
};

/** JFrog Xray's artifact summary (REST API, `summary/artifact`). */
export const JFROG_XRAY_SUMMARY: JsonFormat = {
  kind: 'json',
  name: 'JFrog Xray artifact summary',
  large: 'artifacts.*.issues',
  matches: (document) =>
    listAt(document, 'artifacts').some(
      (artifact) => Array.isArray(at(artifact, 'issues')) && 'general' in fieldsOf(artifact),
    ),
  *read(document, { offset }) {
    for (const [index, artifact] of listAt(document, 'artifacts').entries()) {
      const { path, name } = fieldsOf(at(artifact, 'general'));
      const subject = toFindingSubject(firstText(path, name), name, at(artifact, 'general', 'component_id'));
      if (subject !== null) yield { kind: 'subject', name: subject.id, version: null };
      if (listAt(artifact, 'issues').length === 0) yield { kind: 'looked', host: null, subject, tool: 'JFrog Xray' };
      for (const [place, issue] of listAt(artifact, 'issues').entries()) {
        const position = `/artifacts/${index}/issues/${offset + place}`;
        for (const component of componentsOf(issue)) yield readIssue(issue, { component, subject }, position);
      }
    }
  },
};

/** Each component once that the paths of an issue end in. */
function componentsOf(issue: unknown): (Component | null)[] {
  const found = new Map<string, Component>();
  for (const path of textsOf(at(issue, 'impact_path')).slice(0, 1000)) {
    const component = parseImpactPath(path);
    if (component !== null) found.set(`${component.name}\n${component.installedVersion}`, component);
  }
  return found.size === 0 || found.size > MOST_COMPONENTS ? [null] : [...found.values()];
}

function readIssue(
  issue: unknown,
  { component, subject }: { readonly component: Component | null; readonly subject: FindingSubject | null },
  position: string,
): ReportItem {
  const cves = listAt(issue, 'cves');
  const scores = cves.flatMap((cve) =>
    ['cvss_v3_vector', 'cvss_v3', 'cvss_v2_vector', 'cvss_v2'].flatMap((field) => textsOf(at(cve, field))),
  );
  return toFinding(
    {
      ids: [...cves.map((cve) => at(cve, 'cve')), at(issue, 'issue_id')],
      component,
      subject,
      position,
      tool: 'JFrog Xray',
      severity: textAt(issue, 'severity'),
      reported: toReported({
        title: textAt(issue, 'summary'),
        description: textAt(issue, 'description'),
        // The summary has "7.2/CVSS:3.1/AV:N/…".
        cvssVectors: [...new Set(scores.flatMap((score) => /CVSS:\d.*$|^AV:.*$/.exec(score)?.[0] ?? []))],
        cwes: toCwes(cves.flatMap((cve) => [...textsOf(at(cve, 'cwe')), ...textsOf(at(cve, 'cwes'))])),
      }),
    },
    firstText(at(issue, 'summary')),
  );
}
