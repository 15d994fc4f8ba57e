import type { ThreatScores } from './score.ts';
import type { ThreatModel } from './threat-model.ts';

/** Features shown at most; a similar CVE may come on top. */
const MAX_FEATURES = 4;

/**
 * What spoke for a head, most telling first: the features with the largest positive weight times value, and the most
 * similar labelled CVE that it is true of. `headIndex` is a position in `model.heads`.
 */
export function explainHead(headIndex: number, { vector, neighbours }: ThreatScores, model: ThreatModel): string[] {
  const weights = model.heads[headIndex]?.weights ?? [];
  const reasons = vector.positions
    .map((position, i) => ({ position, push: (weights[position] ?? 0) * (vector.values[i] ?? 0) }))
    .filter(({ push }) => push > 0)
    .sort((left, right) => right.push - left.push || left.position - right.position)
    .slice(0, MAX_FEATURES)
    .map(({ position }) => model.features[position] ?? '');
  const alike = neighbours.find((example) => model.examples[example]?.heads.includes(headIndex));
  return alike === undefined ? reasons : [...reasons, `similar: ${model.examples[alike]?.cveId}`];
}
