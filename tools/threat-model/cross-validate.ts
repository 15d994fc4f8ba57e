import type { AttackMapping } from '../../src/domain/attack/attack.ts';
import { indexThreatModel } from '../../src/scoring/threat-mapping/parse-threat-model.ts';
import { predictTechniques, rankTechniques } from '../../src/scoring/threat-mapping/predict.ts';
import { type LabelledCve, VIEWS, type View } from './labelled-cves.ts';
import { type TrainingExtras, trainThreatModel } from './train.ts';

/** Folds of the cross-validation: each CVE is predicted by a model that nine tenths of the others trained. */
const FOLDS = 10;

/** What a model that has not seen a CVE says of it, from one view. */
export interface HeldOutPrediction {
  readonly cve: LabelledCve;
  readonly view: View;
  readonly mappings: readonly AttackMapping[];
  /** Uncalibrated scores of all techniques in any role. */
  readonly scores: readonly { readonly techniqueId: string; readonly score: number }[];
  /** Techniques by their score as exploitation technique, the likeliest first. */
  readonly exploitation: readonly { readonly techniqueId: string; readonly score: number }[];
}

/** Predicts every CVE by a model trained without its fold. Folds are dealt from the CVE ids and the seed alone. */
export function crossValidate(
  cves: readonly LabelledCve[],
  seed: number,
  chain: TrainingExtras['chain'],
): HeldOutPrediction[] {
  const folds = dealFolds(cves, seed);
  const extras = { meta: {}, calibration: { any: RAW_SCORES, exploitation: RAW_SCORES }, chain, chainShare: 0 };
  const predictions: HeldOutPrediction[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const seen = cves.filter((_, i) => folds[i] !== fold);
    const model = indexThreatModel(trainThreatModel(seen, extras));
    for (const cve of cves.filter((_, i) => folds[i] === fold)) {
      for (const view of VIEWS) {
        const input = cve.views[view];
        if (input === undefined) continue;
        predictions.push({
          cve,
          view,
          mappings: predictTechniques(input, model),
          scores: rankTechniques(input, 'any', model),
          exploitation: rankTechniques(input, 'exploitation', model),
        });
      }
    }
  }
  return predictions;
}

/** Stands in for the calibration in folds, so that mappings keep the order of their scores. */
const RAW_SCORES = [
  { score: 0, share: 0 },
  { score: 1, share: 1 },
];

function dealFolds(cves: readonly LabelledCve[], seed: number): number[] {
  const order = cves
    .map((cve, i) => ({ i, key: hash(`${seed}:${cve.cveId}`), cveId: cve.cveId }))
    .sort((left, right) => left.key - right.key || (left.cveId < right.cveId ? -1 : 1));
  const folds: number[] = [];
  order.forEach(({ i }, place) => {
    folds[i] = place % FOLDS;
  });
  return folds;
}

/** FNV-1a with a final mix, 32 bits: a seeded order that does not depend on the platform. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
