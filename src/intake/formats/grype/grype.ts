import { toComponent, toFinding, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, fieldsOf, firstText, listAt, textAt, textsOf } from '../../reports/values.ts';

/**
 * Grype's JSON report (Anchore), from 0.1 with `fixedInVersion` and `cvssV3` to today's with `fix` and lists. What a user told Grype to ignore
 * (`ignoredMatches`) stays ignored.
 */
export const GRYPE: JsonFormat = {
  kind: 'json',
  name: 'Grype',
  large: 'matches',
  matches: (document) => Array.isArray(at(document, 'matches')) && (isNamed(document) || hasMatch(document)),
  *read(document, { offset }) {
    const target = at(document, 'source', 'target');
    const subject = firstText(at(target, 'userInput'), target);
    if (subject !== null) yield { kind: 'subject', name: subject, version: null };
    if (listAt(document, 'matches').length === 0) yield { kind: 'looked', host: null, subject: null, tool: 'Grype' };
    for (const [index, match] of listAt(document, 'matches').entries()) {
      yield readMatch(match, `/matches/${offset + index}`);
    }
  },
};

const isNamed = (document: unknown) => textAt(document, 'descriptor', 'name') === 'grype';

function hasMatch(document: unknown): boolean {
  const first = fieldsOf(listAt(document, 'matches')[0]);
  return 'vulnerability' in first && 'artifact' in first;
}

function readMatch(match: unknown, position: string): ReportItem {
  const [vulnerability, artifact] = [at(match, 'vulnerability'), at(match, 'artifact')];
  const related = listAt(match, 'relatedVulnerabilities');
  const all = [vulnerability, ...related];
  return toFinding(
    {
      ids: all.map((one) => at(one, 'id')),
      component: toComponent({
        purl: textAt(artifact, 'purl'),
        cpe: firstText(...listAt(artifact, 'cpes')),
        name: textAt(artifact, 'name'),
        installedVersion: textAt(artifact, 'version'),
        fixedVersion: fixesOf(vulnerability),
      }),
      position,
      tool: 'Grype',
      severity: textAt(vulnerability, 'severity'),
      reported: toReported({
        description: firstText(...all.map((one) => at(one, 'description'))),
        cvssVectors: [...new Set(all.flatMap(vectorsOf))],
        cwes: listAt(vulnerability, 'cwes').flatMap((cwe) => textsOf(at(cwe, 'cwe'))),
      }),
    },
    at(artifact, 'name'),
  );
}

function fixesOf(vulnerability: unknown): string | null {
  const versions = textsOf(at(vulnerability, 'fix', 'versions'));
  return versions.length > 0 ? versions.join(', ') : textAt(vulnerability, 'fixedInVersion');
}

function vectorsOf(vulnerability: unknown): string[] {
  const scores = [...listAt(vulnerability, 'cvss'), at(vulnerability, 'cvssV3'), at(vulnerability, 'cvssV2')];
  return scores.flatMap((score) => textsOf(at(score, 'vector')));
}
