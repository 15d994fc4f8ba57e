import type { RiskLevel } from '../../domain/assessment/finding-schema.ts';

/** Least score (likelihood × impact, 1 to 25) of each level; `Low` is what is below them all. */
export interface LevelThresholds {
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
}

/** The thresholds of a 5×5 matrix unless the configuration gives others. */
export const DEFAULT_LEVEL_THRESHOLDS: LevelThresholds = { critical: 20, high: 12, medium: 6 };

/** The level of a score. Total over 1 to 25, monotone. */
export function decideLevel(score: number, thresholds: LevelThresholds = DEFAULT_LEVEL_THRESHOLDS): RiskLevel {
  if (score >= thresholds.critical) return 'Critical';
  if (score >= thresholds.high) return 'High';
  return score >= thresholds.medium ? 'Medium' : 'Low';
}
