import type { VexStatement } from '../../../domain/finding/sighting.ts';
import { CYCLONEDX_JUSTIFICATIONS } from '../../../domain/finding/vex-justification.ts';
import { toComponent, toFinding, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, fieldsOf, firstText, listAt, textAt, textsOf } from '../../reports/values.ts';
import { knownWord, statusOfState, unknownWord } from '../../reports/vex.ts';
import { toCwes, withDatabase } from '../../reports/vulnerability-ids.ts';

/** Dependency-Track's export of findings (finding packaging format 1.0 to 1.3). */
export const DEPENDENCY_TRACK: JsonFormat = {
  kind: 'json',
  name: 'Dependency-Track findings',
  large: 'findings',
  matches: (document) => /^dependency-?track$/i.test(textAt(document, 'meta', 'application') ?? ''),
  *read(document, { offset }) {
    const name = textAt(document, 'project', 'name');
    const version = textAt(document, 'project', 'version');
    if (offset === 0 && name !== null) yield { kind: 'subject', name, version };
    for (const [index, finding] of listAt(document, 'findings').entries()) {
      const position = `/findings/${offset + index}`;
      const justification = textAt(finding, 'analysis', 'justification')?.toLowerCase() ?? null;
      yield* unknownWord('justification', justification, [...CYCLONEDX_JUSTIFICATIONS, 'not_set'], position);
      yield readFinding(finding, position);
    }
  },
};

function readFinding(finding: unknown, position: string): ReportItem {
  const component = at(finding, 'component');
  const vulnerability = at(finding, 'vulnerability');
  const [group, name] = [textAt(component, 'group'), textAt(component, 'name')];
  return toFinding({
    ids: [
      withDatabase(textAt(vulnerability, 'vulnId'), textAt(vulnerability, 'source')),
      ...listAt(vulnerability, 'aliases').flatMap(idsOfAlias),
    ],
    component: toComponent({
      purl: textAt(component, 'purl'),
      cpe: textAt(component, 'cpe'),
      name: group === null || name === null ? name : `${group}/${name}`,
      installedVersion: textAt(component, 'version'),
    }),
    position,
    tool: 'Dependency-Track',
    severity: textAt(vulnerability, 'severity'),
    vex: toVex(at(finding, 'analysis')),
    reported: toReported({
      title: textAt(vulnerability, 'title'),
      description: textAt(vulnerability, 'description'),
      cvssVectors: ['cvssV4Vector', 'cvssV3Vector', 'cvssV2Vector'].flatMap((field) =>
        textsOf(at(vulnerability, field)),
      ),
      cwes: toCwes([at(vulnerability, 'cweId'), ...listAt(vulnerability, 'cwes').map((cwe) => at(cwe, 'cweId'))]),
    }),
  });
}

/** `cveId`, `ghsaId`, `osvId`, `sonatypeId`, … */
function idsOfAlias(alias: unknown): string[] {
  return Object.entries(fieldsOf(alias)).flatMap(([field, value]) => (/^[a-z]+Id$/.test(field) ? textsOf(value) : []));
}

function toVex(analysis: unknown): VexStatement | null {
  const status = statusOfState(at(analysis, 'state'));
  if (status === undefined) return null;
  return {
    status,
    justification: knownWord(textAt(analysis, 'justification')?.toLowerCase() ?? null, CYCLONEDX_JUSTIFICATIONS),
    detail: firstText(at(analysis, 'detail')),
    author: null,
    at: null,
  };
}
