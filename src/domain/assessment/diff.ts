import { BOD_TIMELINE, DEPLOYER_DECISION } from '../ssvc/decision-points.ts';
import { RISK_LEVELS } from './finding-schema.ts';
import { type FindingState, INPUT_FIELDS, OUTCOME_FIELDS, type StateField } from './finding-state.ts';

/** A field that is not what it was. `source`: who says the later value; null for what follows from other fields, or where nobody is known. */
export interface FieldChange {
  readonly field: StateField;
  readonly from: string | number | null;
  readonly to: string | number | null;
  readonly source: string | null;
}

/**
 * Where the outcome went: by level, then timeline, then SSVC decision, then whether CISA lists it, then ransomware, then an acceptance that has ended,
 * then due date, then expected loss. `same`: only what it rests on has moved.
 */
export type Direction = 'worse' | 'better' | 'same';

/** A finding of which something is not what it was. */
export interface ChangedFinding {
  readonly vulnerabilityId: string;
  readonly asset: string | null;
  readonly direction: Direction;
  /** By which of the grounds of a direction it went there, from 0 on: the smaller, the more it says. */
  readonly ground: number;
  readonly changes: readonly FieldChange[];
}

/** What changed between two assessments, by finding. */
export interface AssessmentDiff {
  readonly added: readonly FindingState[];
  /** Findings that the later assessment does not have: fixed where it looked at the same things again. */
  readonly removed: readonly FindingState[];
  readonly changed: readonly ChangedFinding[];
  readonly unchanged: number;
}

/** A score that moves by less is the same forecast to whoever reads it. */
const EPSS_STEP = 0.01;
/** An expected loss that moves by a smaller share is the same estimate. */
const ALE_SHARE = 0.1;

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
  let unchanged = 0;
  const changed: ChangedFinding[] = [];
  for (const [id, state] of states) {
    const old = before.get(id);
    if (old === undefined) continue;
    const changes = changesOf(old, state);
    const { vulnerabilityId, asset } = state;
    if (changes.length === 0) unchanged += 1;
    else changed.push({ vulnerabilityId, asset, ...directionOf(old, state), changes });
  }
  return { added, removed: removed.sort(byUrgency), changed, unchanged };
}

/** The changed findings by where their outcome went, those first whose level moved, then their timeline and so on; of the same ground by urgency. */
export function byDirection({ changed }: AssessmentDiff): Readonly<Record<Direction, readonly ChangedFinding[]>> {
  const of = (direction: Direction) =>
    changed.filter((one) => one.direction === direction).sort((one, other) => one.ground - other.ground);
  return { worse: of('worse'), better: of('better'), same: of('same') };
}

/** Who says what an outcome moved with, each once; empty where nothing that it rests on has changed. */
export function causesOf({ changes }: ChangedFinding): readonly string[] {
  return [...new Set(changes.flatMap(({ source }) => (source === null ? [] : [source])))];
}

function changesOf(before: FindingState, after: FindingState): FieldChange[] {
  return [...OUTCOME_FIELDS, ...INPUT_FIELDS]
    .filter((field) => !isSame(field, before[field], after[field]) || (field === 'epss' && movesLoss(before, after)))
    .map((field) => ({ field, from: before[field], to: after[field], source: sourceOf(field, before, after) }));
}

/** Whoever said it before, where nobody says it any more. */
function sourceOf(field: StateField, before: FindingState, after: FindingState): string | null {
  const key = INPUT_FIELDS.find((one) => one === field);
  return key === undefined ? null : (after.sources[key] ?? before.sources[key] ?? null);
}

function isSame(field: StateField, before: string | number | null, after: string | number | null): boolean {
  if (typeof before !== 'number' || typeof after !== 'number') return before === after;
  return field === 'ale'
    ? Math.abs(before - after) <= ALE_SHARE * Math.max(before, after)
    : Math.abs(before - after) < EPSS_STEP;
}

/** Whether a forecast that moved by little moved the expected loss: it grows with the forecast. */
function movesLoss(before: FindingState, after: FindingState): boolean {
  if (before.epss === null || after.epss === null || isSame('ale', before.ale, after.ale)) return false;
  return Math.abs(before.epss - after.epss) > ALE_SHARE * Math.max(before.epss, after.epss);
}

function directionOf(before: FindingState, after: FindingState): Pick<ChangedFinding, 'direction' | 'ground'> {
  const steps = [
    severity(after.level, [...RISK_LEVELS].reverse()) - severity(before.level, [...RISK_LEVELS].reverse()),
    severity(after.timeline, BOD_TIMELINE) - severity(before.timeline, BOD_TIMELINE),
    severity(after.deployer, DEPLOYER_DECISION) - severity(before.deployer, DEPLOYER_DECISION),
    Number(after.kev === 'listed') - Number(before.kev === 'listed'),
    Number(after.ransomware === 'Known') - Number(before.ransomware === 'Known'),
    // That people live with it mends nothing; that they no longer do leaves something to be done.
    Number(before.acceptance === 'active' && after.acceptance !== 'active'),
    Math.sign((before.dueDate ?? '').localeCompare(after.dueDate ?? '', 'en')),
    isSame('ale', before.ale, after.ale) ? 0 : (after.ale ?? 0) - (before.ale ?? 0),
  ];
  const ground = steps.findIndex((one) => one !== 0);
  const step = steps[ground] ?? 0;
  return { direction: step > 0 ? 'worse' : step < 0 ? 'better' : 'same', ground: ground < 0 ? steps.length : ground };
}

/** The place of a value among those from the mildest on; nothing to judge is milder than all. */
function severity(value: string | null, fromMildest: readonly string[]): number {
  return value === null ? -1 : fromMildest.indexOf(value);
}
