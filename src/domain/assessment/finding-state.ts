import { SOURCE_TITLES } from '../source/source-titles.ts';
import type { Finding } from './finding-schema.ts';

/** Fields that follow from the others, in the order in which a reader looks at them. */
export const OUTCOME_FIELDS = ['level', 'timeline', 'dueDate', 'deployer', 'ale'] as const;
/** Fields that a source, an asset or a person says. */
export const INPUT_FIELDS = [
  'status',
  'exploitation',
  'automatable',
  'technicalImpact',
  'kev',
  'ransomware',
  'cvss',
  'epss',
  'exposure',
  'humanImpact',
  'missionImpact',
  'criticality',
  'controls',
  'lossOfAnEvent',
  'vex',
  'acceptance',
  'unread',
] as const;
export type OutcomeField = (typeof OUTCOME_FIELDS)[number];
export type InputField = (typeof INPUT_FIELDS)[number];
export type StateField = OutcomeField | InputField;

/** What of a finding a reader acts on, flat: what a diff compares. Null is "none" or "not known". */
export interface FindingState
  extends Readonly<Record<Exclude<StateField, 'ale' | 'epss' | 'criticality'>, string | null>> {
  readonly vulnerabilityId: string;
  readonly asset: string | null;
  readonly priority: number;
  /** Expected loss, USD a year. */
  readonly ale: number | null;
  readonly epss: number | null;
  readonly criticality: number | null;
  /** Who says a field, with the day of it where that is known. */
  readonly sources: Readonly<Partial<Record<InputField, string>>>;
}

/** A finding as a diff sees it. */
export function toFindingState(finding: Finding): FindingState {
  const { vulnerabilityId, status, risk, bod2604, kev, kevStatus, cvss, epss, vex, acceptance } = finding;
  return {
    vulnerabilityId,
    priority: risk.priority,
    level: risk.level,
    timeline: bod2604?.timeline ?? null,
    dueDate: bod2604?.dueDate ?? null,
    status,
    kev: kevStatus,
    ransomware: kev?.knownRansomwareCampaignUse ?? null,
    cvss: cvss === null ? null : `${cvss.baseScore.toFixed(1)} ${cvss.vector}`,
    epss: epss?.probability ?? null,
    vex: vex?.status ?? null,
    acceptance: acceptance?.state ?? null,
    unread: unreadOf(finding),
    ...decisionPointsOf(finding),
    ...assetStateOf(finding),
    ...lossStateOf(finding),
    sources: sourcesOf(finding),
  };
}

function decisionPointsOf({ ssvc }: Finding) {
  return {
    deployer: ssvc?.deployer ?? null,
    exploitation: ssvc?.exploitation ?? null,
    automatable: ssvc?.automatable ?? null,
    technicalImpact: ssvc?.technicalImpact ?? null,
    humanImpact: ssvc?.humanImpact ?? null,
    missionImpact: ssvc?.missionImpact ?? null,
  };
}

function assetStateOf({ asset, ssvc }: Finding) {
  return {
    asset: asset?.name ?? asset?.id ?? null,
    exposure: ssvc?.exposure ?? null,
    criticality: asset?.criticality ?? null,
    controls: asset === null || asset.controls.length === 0 ? null : [...asset.controls].sort().join(', '),
  };
}

function lossStateOf({ loss }: Finding) {
  const magnitude = loss?.magnitude;
  return {
    ale: loss?.ale ?? null,
    lossOfAnEvent: magnitude === undefined ? null : `${magnitude.p5} to ${magnitude.p95} USD`,
  };
}

/** The sources that could not be read. */
function unreadOf({ sources }: Finding): string | null {
  const names = (Object.keys(sources) as (keyof Finding['sources'])[]).filter(
    (name) => sources[name].state === 'unavailable',
  );
  return names.length === 0 ? null : names.map((name) => SOURCE_TITLES[name]).join(', ');
}

function sourcesOf(finding: Finding): FindingState['sources'] {
  const { ssvc, cvss, epss, asset, vex, acceptance, sources } = finding;
  const kev = dated(SOURCE_TITLES.kev, sources.kev.at);
  const cisa = dated(SOURCE_TITLES.ssvc, sources.ssvc.at);
  const nvd = dated(SOURCE_TITLES.nvd, sources.nvd.at);
  const vector = cvss === null ? nvd : `the CVSS vector of ${cvss.source}`;
  const exploitation = { kev, cisa, nvd_reference: nvd, vector } as const;
  const derived = { cisa, derived: vector } as const;
  const said = asset === null ? { exposure: 'the command line' } : assetSays(asset.source);
  return {
    exploitation: exploitation[ssvc?.source.exploitation ?? 'kev'],
    automatable: derived[ssvc?.source.automatable ?? 'cisa'],
    technicalImpact: derived[ssvc?.source.technicalImpact ?? 'cisa'],
    kev,
    ransomware: kev,
    cvss: cvss === null ? nvd : dated(cvss.source, sources.nvd.at),
    epss: dated(SOURCE_TITLES.epss, epss?.date ?? sources.epss.at),
    ...said,
    ...(vex === null ? {} : { vex: dated(vex.author ?? 'a VEX document', vex.at) }),
    ...(acceptance === null ? {} : { acceptance: dated(acceptance.approver, acceptance.acceptedAt) }),
  };
}

function assetSays(source: string): FindingState['sources'] {
  const said = `the asset, by ${source}`;
  return {
    exposure: said,
    humanImpact: said,
    missionImpact: said,
    criticality: said,
    controls: said,
    lossOfAnEvent: said,
  };
}

function dated(name: string, at: string | null): string {
  return at === null ? name : `${name}, ${at.slice(0, 10)}`;
}
