import { findFeatures, WORD_PREFIX } from '../../src/scoring/threat-mapping/features.ts';
import type { HeadRole, ThreatHead, ThreatModelFile } from '../../src/scoring/threat-mapping/threat-model.ts';
import { buildVector } from '../../src/scoring/threat-mapping/vector.ts';
import type { LabelledCve, View } from './labelled-cves.ts';
import { fitRegression, type TrainingRow, toColumns } from './logistic.ts';

// Chosen on folds of other seeds than the one that the committed figures are measured with (the same CVEs, so the figures
// are a little kind); the variations that were tried moved F1 by at most 0.01.
const PENALTY = 0.4;
const LEAST_CVES_PER_FEATURE = 2;
const LEAST_CVES_PER_HEAD = 6;
/** Value of a feature that is no word: half the length that all words of a text share. */
const FACT_SCALE = 0.5;
/** Each CVE is shown as the sources alone and together show it, so that the model copes with either. */
const TRAINING_VIEWS: readonly View[] = ['all', 'kev', 'record', 'record_without_vector'];
const HEAD_ROLES: readonly HeadRole[] = ['any', 'exploitation', 'primary_impact', 'secondary_impact'];

/** What training adds to what was learnt from the CVEs. */
export interface TrainingExtras {
  readonly meta: ThreatModelFile['meta'];
  readonly calibration: ThreatModelFile['calibration'];
  readonly chain: ThreatModelFile['chain'];
  readonly chainShare: number;
}

/** Trains the model from labelled CVEs; the same CVEs give the same model. */
export function trainThreatModel(cves: readonly LabelledCve[], extras: TrainingExtras): ThreatModelFile {
  const shown = cves.map(toFeatureSets);
  const { features, scales } = chooseFeatures(shown);
  const index = new Map(features.map((name, position): [string, number] => [name, position]));
  const toPositions = (names: Iterable<string>) => [...names].flatMap((name) => index.get(name) ?? []);
  const owners: number[] = [];
  const rows: TrainingRow[] = shown.flatMap((sets, owner) =>
    sets.map((names) => {
      owners.push(owner);
      return { ...buildVector(toPositions(names), { features, scales }), weight: 1 / sets.length };
    }),
  );
  const wanted = chooseHeads(cves);
  const heads = fitHeads(cves, wanted, rows, owners, features.length);
  const examples = cves.map((cve, owner) => ({
    cveId: cve.cveId,
    features: toPositions(shown[owner]?.[0] ?? []).sort((left, right) => left - right),
    heads: wanted.flatMap((head, position) => (isTrue(head, cve) ? [position] : [])),
  }));
  return { format: 'eras-threat-model/1', ...extras, features, scales, heads, examples };
}

function toFeatureSets(cve: LabelledCve): ReadonlySet<string>[] {
  const distinct = new Map<string, ReadonlySet<string>>();
  for (const view of TRAINING_VIEWS) {
    const input = cve.views[view];
    if (input === undefined) continue;
    const names = findFeatures(input);
    const key = [...names].sort().join('\n');
    if (!distinct.has(key)) distinct.set(key, names);
  }
  return [...distinct.values()];
}

function chooseFeatures(shown: readonly (readonly ReadonlySet<string>[])[]): { features: string[]; scales: number[] } {
  const counts = new Map<string, number>();
  for (const sets of shown) {
    for (const name of new Set(sets.flatMap((set) => [...set]))) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const features = [...counts.keys()].filter((name) => (counts.get(name) ?? 0) >= LEAST_CVES_PER_FEATURE).sort();
  const scales = features.map((name) => {
    if (!name.startsWith(WORD_PREFIX)) return FACT_SCALE;
    return round(Math.log((shown.length + 1) / ((counts.get(name) ?? 0) + 1)) + 1, 3);
  });
  return { features, scales };
}

interface HeadName {
  readonly techniqueId: string;
  readonly role: HeadRole;
}

function chooseHeads(cves: readonly LabelledCve[]): HeadName[] {
  const techniques = [...new Set(cves.flatMap((cve) => [...cve.techniques]))].sort();
  return HEAD_ROLES.flatMap((role) => techniques.map((techniqueId) => ({ techniqueId, role }))).filter(
    (head) => cves.filter((cve) => isTrue(head, cve)).length >= LEAST_CVES_PER_HEAD,
  );
}

function isTrue({ techniqueId, role }: HeadName, cve: LabelledCve): boolean {
  return role === 'any' ? cve.techniques.has(techniqueId) : cve.labels[role].has(techniqueId);
}

function fitHeads(
  cves: readonly LabelledCve[],
  wanted: readonly HeadName[],
  rows: readonly TrainingRow[],
  owners: readonly number[],
  featureCount: number,
): ThreatHead[] {
  const columns = toColumns(rows, featureCount);
  return wanted.map((head) => {
    const truths = owners.map((owner) => {
      const cve = cves[owner];
      return cve !== undefined && isTrue(head, cve);
    });
    const { bias, weights } = fitRegression(rows, columns, truths, PENALTY);
    return { ...head, bias: round(bias, 4), ...quantise(weights) };
  });
}

/** Weights as integers of 8 bits and the size of one step: small, readable and the same on every machine. */
function quantise(weights: Float64Array): { step: number; weights: number[] } {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const step = Number((largest / 127 || 1).toPrecision(4));
  // Adding 0 turns -0 into 0, which JSON would otherwise lose.
  return {
    step,
    weights: Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / step))) + 0),
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
