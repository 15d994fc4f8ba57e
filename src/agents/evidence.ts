import type { Finding } from '../domain/assessment/finding-schema.ts';
import { describePlace } from '../domain/knowledge/describe-place.ts';
import { SOURCE_TITLES } from '../domain/source/source-titles.ts';
import type { ScoredFinding } from '../ports/assessment-store.ts';

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
  /** Where it was found: in which component, on which asset. */
  | 'component'
  | 'asset'
  | 'vex'
  | 'risk'
  | 'weakness'
  | 'description'
  /** The company's own, and no fact about the vulnerability. */
  | 'document';

/** What is known on a topic, as one text. */
export function textOn(evidence: readonly Evidence[], topic: EvidenceTopic): string {
  return evidence
    .filter((piece) => piece.topic === topic)
    .map(({ text }) => text)
    .join('; ');
}

/** The evidence of a finding, numbered in a fixed order; what is not known is not evidence and is left out. */
export function collectEvidence(finding: ScoredFinding): Evidence[] {
  const { cvss, kev, epss, ssvc, bod2604, affected } = finding;
  const pieces: Omit<Evidence, 'id'>[] = [
    { topic: 'record', source: 'CVE record', text: `${finding.vulnerabilityId}: ${finding.title}` },
  ];
  if (cvss !== null) {
    pieces.push({
      topic: 'cvss',
      source: cvss.source,
      text: `CVSS ${cvss.version} ${cvss.baseScore.toFixed(1)} ${cvss.severity} ${cvss.vector}`,
    });
  }
  if (kev !== null) pieces.push(kevEvidence(kev));
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
  pieces.push(...placeEvidence(finding));
  for (const { title, page, section, text } of finding.context) {
    pieces.push({ topic: 'document', source: describePlace({ title, page, section }), text });
  }
  return number(pieces);
}

type Piece = Omit<Evidence, 'id'>;

/** Longest words of a VEX document's author that are evidence, characters. */
const LONGEST_DETAIL = 300;

/** What is known of the place: component, asset, and what a VEX document says of the product. */
function placeEvidence({ component, asset, vex, evidence }: ScoredFinding): Piece[] {
  return [
    ...(component === null ? [] : [componentEvidence(component, evidence[0]?.tool ?? 'report')]),
    ...(asset === null ? [] : [assetEvidence(asset)]),
    ...(vex === null ? [] : [vexEvidence(vex)]),
  ];
}

function componentEvidence(component: NonNullable<Finding['component']>, source: string): Piece {
  const { name, purl, cpe, installedVersion, fixedVersion } = component;
  const installed = installedVersion === null ? '' : ` ${installedVersion}`;
  const fixed = fixedVersion === null ? '' : `, fixed in ${fixedVersion}`;
  return { topic: 'component', source, text: `found in ${name ?? purl ?? cpe}${installed}${fixed}` };
}

function assetEvidence({ id, name, criticality, exposure, owner }: NonNullable<Finding['asset']>): Piece {
  const owned = owner === null ? '' : `, owner ${owner}`;
  const text = `on ${name ?? id}: criticality ${criticality ?? 'unknown'}, exposure ${exposure}${owned}`;
  return { topic: 'asset', source: 'asset list', text };
}

function vexEvidence({ status, justification, detail, author }: NonNullable<Finding['vex']>): Piece {
  const why = [justification, detail?.slice(0, LONGEST_DETAIL)].filter(Boolean).join(': ');
  return { topic: 'vex', source: author ?? 'VEX', text: `${status}${why === '' ? '' : `: ${why}`}` };
}

const FACTS = new WeakMap<readonly Evidence[], readonly Evidence[]>();

/** The evidence without documents: what decides whether a sentence about the vulnerability holds. */
export function factsOf(evidence: readonly Evidence[]): readonly Evidence[] {
  const known = FACTS.get(evidence);
  if (known !== undefined) return known;
  const hasDocuments = evidence.some(({ topic }) => topic === 'document');
  const facts = hasDocuments ? evidence.filter(({ topic }) => topic !== 'document') : evidence;
  FACTS.set(evidence, facts);
  return facts;
}

function kevEvidence({ dateAdded, knownRansomwareCampaignUse }: NonNullable<Finding['kev']>): Omit<Evidence, 'id'> {
  const since = dateAdded === null ? '' : ` since ${dateAdded}`;
  const ransomware = knownRansomwareCampaignUse === 'Known' ? '; known use in ransomware campaigns' : '';
  return { topic: 'kev', source: SOURCE_TITLES.kev, text: `listed${since}${ransomware}` };
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

/** Numbers pieces of evidence, from a number on. */
export function number(pieces: readonly Omit<Evidence, 'id'>[], from = 1): Evidence[] {
  return pieces.map((piece, index) => ({ id: `E${index + from}`, ...piece }));
}
