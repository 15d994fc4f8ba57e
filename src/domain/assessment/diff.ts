import type { Finding } from './finding-schema.ts';

/** What of a finding a reader acts on, flat: what a diff compares. Null is "none" or "not known". */
export interface FindingState {
  readonly vulnerabilityId: string;
  readonly asset: string | null;
  readonly status: string;
  readonly level: string | null;
  readonly priority: number;
  readonly timeline: string | null;
  readonly dueDate: string | null;
  readonly deployer: string | null;
  readonly exploitation: string | null;
  readonly kev: string;
  readonly ransomware: string | null;
  readonly cvss: string | null;
  readonly epss: number | null;
  readonly exposure: string | null;
  readonly criticality: number | null;
  readonly vex: string | null;
  /** Where the decision of people to live with it stands. */
  readonly acceptance: string | null;
}

/** A field that is not what it was. */
export interface FieldChange {
  readonly field: string;
  readonly from: string | number | null;
  readonly to: string | number | null;
}

/** What changed between two assessments, by finding. */
export interface AssessmentDiff {
  readonly added: readonly FindingState[];
  readonly removed: readonly FindingState[];
  readonly changed: readonly {
    readonly vulnerabilityId: string;
    readonly asset: string | null;
    readonly changes: readonly FieldChange[];
  }[];
  readonly unchanged: number;
}

/** A score that moves by less is the same forecast to whoever reads it. */
const EPSS_STEP = 0.01;
const COMPARED = [
  'status',
  'level',
  'timeline',
  'dueDate',
  'deployer',
  'exploitation',
  'kev',
  'ransomware',
  'cvss',
  'exposure',
  'criticality',
  'vex',
  'acceptance',
  'epss',
] as const satisfies readonly (keyof FindingState)[];

/** A finding as a diff sees it. */
export function toFindingState(finding: Finding): FindingState {
  const { vulnerabilityId, status, risk, bod2604, ssvc, kev, kevStatus, cvss, epss, asset, vex, acceptance } = finding;
  return {
    vulnerabilityId,
    asset: asset?.name ?? asset?.id ?? null,
    status,
    level: risk.level,
    priority: risk.priority,
    timeline: bod2604?.timeline ?? null,
    dueDate: bod2604?.dueDate ?? null,
    deployer: ssvc?.deployer ?? null,
    exploitation: ssvc?.exploitation ?? null,
    kev: kevStatus,
    ransomware: kev?.knownRansomwareCampaignUse ?? null,
    cvss: cvss === null ? null : `${cvss.baseScore.toFixed(1)} ${cvss.vector}`,
    epss: epss?.probability ?? null,
    exposure: asset?.exposure ?? null,
    criticality: asset?.criticality ?? null,
    vex: vex?.status ?? null,
    acceptance: acceptance?.state ?? null,
  };
}

/** Compares two assessments, finding by finding (their stable ids), the most urgent of the later one first. */
export function diffAssessments(
  before: ReadonlyMap<string, FindingState>,
  after: ReadonlyMap<string, FindingState>,
): AssessmentDiff {
  const byUrgency = (a: FindingState, b: FindingState) =>
    b.priority - a.priority || a.vulnerabilityId.localeCompare(b.vulnerabilityId, 'en');
  const states = [...after].sort(([, a], [, b]) => byUrgency(a, b));
  const added = states.filter(([id]) => !before.has(id)).map(([, state]) => state);
  const removed = [...before].filter(([id]) => !after.has(id)).map(([, state]) => state);
  const both = states.flatMap(([id, state]) => {
    const old = before.get(id);
    return old === undefined ? [] : [{ state, changes: changesOf(old, state) }];
  });
  const changed = both.filter(({ changes }) => changes.length > 0);
  return {
    added,
    removed: removed.sort(byUrgency),
    changed: changed.map(({ state: { vulnerabilityId, asset }, changes }) => ({ vulnerabilityId, asset, changes })),
    unchanged: both.length - changed.length,
  };
}

function changesOf(before: FindingState, after: FindingState): FieldChange[] {
  return COMPARED.filter((field) => !isSame(before[field], after[field])).map((field) => ({
    field,
    from: before[field],
    to: after[field],
  }));
}

function isSame(before: string | number | null, after: string | number | null): boolean {
  if (typeof before === 'number' && typeof after === 'number') return Math.abs(before - after) < EPSS_STEP;
  return before === after;
}
