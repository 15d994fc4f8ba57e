import type { CalibrationPoint } from './threat-model.ts';

/**
 * The confidence for a score: the share of held-out predictions with such a score that were right, between two points by
 * straight line, rounded to three places. 0 where there are no points.
 */
export function calibrate(score: number, points: readonly CalibrationPoint[]): number {
  let below: CalibrationPoint | null = null;
  for (const point of points) {
    if (score < point.score) return round(below === null ? point.share : interpolate(score, below, point));
    below = point;
  }
  return round(below?.share ?? 0);
}

function interpolate(score: number, below: CalibrationPoint, above: CalibrationPoint): number {
  return below.share + ((above.share - below.share) * (score - below.score)) / (above.score - below.score);
}

function round(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 1000) / 1000;
}
