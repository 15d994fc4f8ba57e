import type { Finding } from '../../../domain/assessment/finding-schema.ts';
import { decisionWords, dueWords, levelWords, placeWords, reasonWords } from '../../words.ts';
import { present } from '../json-text.ts';
import { inertLine } from '../safe-text.ts';
import { signedText } from '../signed-text.ts';
import { acceptanceWords, stateOfFinding } from '../vex-statement.ts';
import { toLocations } from './locations.ts';
import { toLevel } from './rule.ts';

/** A finding as a result: what is decided in plain sentences, where it is, and its decisions once more for machines. */
export function toResult(finding: Finding, ruleIndex: number): unknown {
  return present({
    ruleId: inertLine(finding.vulnerabilityId, 200),
    ruleIndex,
    kind: kindOf(finding),
    level: toLevel(finding),
    rank: finding.risk.priority,
    message: { text: messageOf(finding) },
    locations: toLocations(finding),
    partialFingerprints: { 'erasFindingId/v1': inertLine(finding.id, 200) },
    suppressions: suppressionsOf(finding),
    properties: propertiesOf(finding),
  });
}

/** Section 3.27.9: only what fails has a level; what was fixed passes, what does not apply is not applicable, the rest is for people. */
function kindOf({ risk, vex }: Finding): string {
  if (risk.level !== null) return 'fail';
  if (vex?.status === 'fixed') return 'pass';
  return vex?.status === 'not_affected' ? 'notApplicable' : 'review';
}

function messageOf(finding: Finding): string {
  const { narrative, bod2604 } = finding;
  const place = placeWords(finding);
  const decided = bod2604 === null ? '' : ` Remediation: ${`${decisionWords(finding)} ${dueWords(finding)}`.trim()}.`;
  return [
    `${inertLine(finding.vulnerabilityId, 200)}${place === '' ? '' : ` ${inertLine(place.startsWith('on ') ? place : `in ${place}`, 300)}`}: ${levelWords(finding)}.${decided}`,
    `Why: ${reasonWords(finding)}.`,
    signedText(narrative.remediation, narrative, 2000),
  ]
    .filter((text) => text !== '')
    .join(' ');
}

/** A risk that somebody accepted, and a product that a VEX document clears (section 3.27.23). */
function suppressionsOf(finding: Finding): unknown[] {
  const { acceptance, vex } = finding;
  const accepted =
    acceptance === null
      ? []
      : [
          {
            kind: 'external',
            status:
              acceptance.state === 'active' ? 'accepted' : acceptance.state === 'expired' ? 'rejected' : 'underReview',
            justification: acceptanceWords(acceptance),
          },
        ];
  const cleared =
    vex?.status === 'not_affected'
      ? [{ kind: 'external', status: 'accepted', justification: `VEX: ${stateOfFinding(finding).impact}` }]
      : [];
  return [...accepted, ...cleared];
}

function propertiesOf(finding: Finding): Record<string, unknown> {
  const { risk, status, epss, kev, kevStatus, ssvc, bod2604, vex, loss, attack, asset, component, cvss } = finding;
  const text = (value: string | null | undefined) => (value == null ? null : inertLine(value, 500));
  return present({
    status,
    riskLevel: risk.level,
    riskScore: risk.score,
    likelihood: risk.likelihood,
    impact: risk.impact,
    priority: risk.priority,
    cvssEnvironmental:
      cvss?.environmental == null ? null : { ...cvss.environmental, vector: inertLine(cvss.environmental.vector, 300) },
    epss: epss === null ? null : { ...epss, date: text(epss.date) },
    kevStatus,
    kev: kev === null ? null : { ...kev, dateAdded: text(kev.dateAdded), dueDate: text(kev.dueDate) },
    ssvc,
    bod2604,
    vexStatus: vex?.status,
    lossAleUsd: loss?.ale,
    attackTechniques: attack.map(({ techniqueId }) => text(techniqueId)),
    asset: text(asset?.name ?? asset?.id),
    assetOwner: text(asset?.owner),
    componentPurl: text(component?.purl),
    fixedVersion: text(component?.fixedVersion),
    unknowns: [...new Set(risk.unknowns.map(({ name }) => name))],
  });
}
