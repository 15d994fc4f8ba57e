import type { Finding } from '../domain/assessment/finding-schema.ts';
import { SOURCE_TITLES } from '../domain/source/source-titles.ts';
import type { ScoredFinding } from '../ports/assessment-store.ts';
import { safeSentences } from './grounding/untrusted-text.ts';

/** One numbered piece of evidence of a finding: what a sentence may rest on, written by rules or by a model. */
export interface Evidence {
  /** `E1`, `E2`, … */
  readonly id: string;
  readonly topic: EvidenceTopic;
  readonly source: string;
  readonly text: string;
}

export type EvidenceTopic =
  | 'record'
  | 'cvss'
  | 'kev'
  | 'epss'
  | 'ssvc'
  | 'bod2604'
  | 'attack'
  | 'affected'
  | 'risk'
  | 'weakness'
  | 'description';

/** The evidence of a finding, numbered in a fixed order; what is not known is not evidence and is left out. */
export function collectEvidence(finding: ScoredFinding): Evidence[] {
  const { cvss, kev, epss, ssvc, bod2604, affected } = finding;
  const pieces: Omit<Evidence, 'id'>[] = [
    { topic: 'record', source: 'CVE record', text: `${finding.vulnerabilityId}: ${safeTitle(finding)}` },
  ];
  if (cvss !== null) {
    pieces.push({
      topic: 'cvss',
      source: cvss.source,
      text: `CVSS ${cvss.version} ${cvss.baseScore.toFixed(1)} ${cvss.severity} ${cvss.vector}`,
    });
  }
  if (kev !== null) {
    const ransomware = kev.knownRansomwareCampaignUse === 'Known' ? '; known use in ransomware campaigns' : '';
    pieces.push({ topic: 'kev', source: SOURCE_TITLES.kev, text: `listed since ${kev.dateAdded}${ransomware}` });
  }
  if (epss !== null) {
    const date = epss.date === null ? '' : ` on ${epss.date}`;
    pieces.push({ topic: 'epss', source: SOURCE_TITLES.epss, text: `probability ${epss.probability}${date}` });
  }
  if (ssvc !== null) pieces.push(ssvcEvidence(ssvc));
  if (bod2604 !== null) pieces.push(bodEvidence(bod2604));
  for (const technique of finding.attack) {
    const text = `${technique.techniqueId} ${technique.name ?? ''} (${technique.role}, ${technique.source})`;
    pieces.push({ topic: 'attack', source: SOURCE_TITLES.attack, text });
  }
  for (const { vendor, product, versions } of affected.slice(0, 3)) {
    pieces.push({
      topic: 'affected',
      source: 'CVE record',
      text: `${vendor} ${product}${versions === null ? '' : ` ${versions}`}`,
    });
  }
  pieces.push(...judgementEvidence(finding), ...descriptionEvidence(finding));
  return pieces.map((piece, index) => ({ id: `E${index + 1}`, ...piece }));
}

/** A title from outside may hold anything; one that is no plain phrase is left out. */
function safeTitle({ title, vulnerabilityId }: ScoredFinding): string {
  return safeSentences(title, TITLE_CHARACTERS) || vulnerabilityId;
}

const TITLE_CHARACTERS = 200;
/** Enough for what a weakness is and where; the rest of a description is mostly versions and history. */
const DESCRIPTION_CHARACTERS = 700;

function judgementEvidence({ risk, cwes }: ScoredFinding): Omit<Evidence, 'id'>[] {
  const pieces: Omit<Evidence, 'id'>[] = [];
  if (risk.level !== null) {
    const text = `level ${risk.level}: likelihood ${risk.likelihood} of 5, impact ${risk.impact} of 5`;
    pieces.push({ topic: 'risk', source: 'ERAS', text });
  }
  if (cwes.length > 0) pieces.push({ topic: 'weakness', source: 'CVE record', text: cwes.slice(0, 3).join(', ') });
  return pieces;
}

function descriptionEvidence({ description, status }: ScoredFinding): Omit<Evidence, 'id'>[] {
  if (description === null || status === 'rejected') return [];
  const text = safeSentences(description, DESCRIPTION_CHARACTERS);
  return text === '' ? [] : [{ topic: 'description', source: 'CVE record', text }];
}

function ssvcEvidence(ssvc: NonNullable<Finding['ssvc']>): Omit<Evidence, 'id'> {
  const { exploitation, automatable, technicalImpact, deployer, coordinator } = ssvc;
  return {
    topic: 'ssvc',
    source: 'SSVC',
    text: `exploitation ${exploitation}, automatable ${automatable}, technical impact ${technicalImpact}; deployer ${deployer}, coordinator ${coordinator}`,
  };
}

function bodEvidence({ row, timeline, startDate, dueDate }: NonNullable<Finding['bod2604']>): Omit<Evidence, 'id'> {
  const due = dueDate === null ? '' : `, due ${dueDate}`;
  return { topic: 'bod2604', source: 'CISA BOD 26-04', text: `row ${row}: ${timeline}, from ${startDate}${due}` };
}
