import type { CalibrationPoint } from '../../src/scoring/threat-mapping/threat-model.ts';

/** A held-out score and whether the analysts had named the technique. */
export interface Outcome {
  readonly score: number;
  readonly isRight: boolean;
}

/** Below this nothing is named, so that the calibration need not tell such scores apart. */
const LEAST_SCORE = 0.06;
/** Outcomes in one bin: enough for a share that is good to about 0.05. */
const BIN_SIZE = 90;

interface Bin {
  readonly count: number;
  readonly scores: number;
  readonly right: number;
}

/**
 * Isotonic calibration: bins of equal size by score, neighbouring bins joined where the share would fall (pool adjacent
 * violators). Points ascend strictly in score and never fall in share.
 */
export function fitCalibration(outcomes: readonly Outcome[]): CalibrationPoint[] {
  const sorted = outcomes
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((left, right) => left.score - right.score || Number(left.isRight) - Number(right.isRight));
  const bins: Bin[] = [];
  for (let start = 0; start < sorted.length; start += BIN_SIZE) {
    bins.push(toBin(sorted.slice(start, start + BIN_SIZE)));
    joinFalling(bins);
  }
  return bins.map(({ count, scores, right }) => ({
    score: Number((scores / count).toFixed(3)),
    share: Number((right / count).toFixed(3)),
  }));
}

function toBin(outcomes: readonly Outcome[]): Bin {
  return {
    count: outcomes.length,
    scores: outcomes.reduce((sum, { score }) => sum + score, 0),
    right: outcomes.filter(({ isRight }) => isRight).length,
  };
}

function joinFalling(bins: Bin[]): void {
  for (;;) {
    const [before, last] = bins.slice(-2);
    if (before === undefined || last === undefined || before.right / before.count < last.right / last.count) return;
    bins.splice(-2, 2, {
      count: before.count + last.count,
      scores: before.scores + last.scores,
      right: before.right + last.right,
    });
  }
}
