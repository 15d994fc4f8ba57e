import type { RiskLevel } from '../../domain/assessment/finding-schema.ts';

/** Counts of findings per level. */
export type LevelCounts = Readonly<Record<RiskLevel, number>>;

/** A cell of the 5×5 matrix that holds findings; cells without any are not listed. */
export interface HeatCell {
  /** 1 to 5. */
  readonly likelihood: number;
  /** 1 to 5. */
  readonly impact: number;
  readonly count: number;
  /** The count as the reader writes numbers; absent: digits. */
  readonly shown?: string;
  /** The worst level of its findings. */
  readonly level: RiskLevel;
}

/** Findings of one level that are due on one day. */
export interface DueDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly level: RiskLevel;
  readonly count: number;
}

/** Findings with the same scores, rounded: CVSS to 0.1, EPSS to 0.01. */
export interface ScorePoint {
  /** 0 to 10. */
  readonly cvss: number;
  /** 0 to 1. */
  readonly epss: number;
  readonly level: RiskLevel;
  readonly isExploited: boolean;
  readonly count: number;
}

/** Findings that a technique is mapped to, in one of its tactics. */
export interface TechniqueCell {
  /** ATT&CK short name, such as `initial-access`. */
  readonly tactic: string;
  readonly techniqueId: string;
  readonly name: string;
  /** Groups that ATT&CK has seen using it: the first by name, and how many there are; null where it names none. */
  readonly groups?: { readonly names: readonly string[]; readonly count: number } | null;
  readonly count: number;
}

/** Counts of one assessment among those that went before. */
export interface TrendPoint {
  readonly assessmentId: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly counts: LevelCounts;
}

/** Words that a chart shows, in the reader's language. */
export interface ChartWords {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** What colour and shape stand for. */
  readonly legend: string;
  readonly levels: Readonly<Record<RiskLevel, string>>;
  /** Other words, by the chart. */
  readonly more: Readonly<Record<string, string>>;
}

/** A chart as data: what it shows and its words. `src/reports/charts` draws it; a dashboard may. */
export type Chart = { readonly words: ChartWords } & (
  | { readonly name: 'heat-map'; readonly cells: readonly HeatCell[] }
  | {
      readonly name: 'loss-exceedance';
      readonly points: readonly { readonly loss: number; readonly probability: number }[];
      /** USD a year. */
      readonly ale: number;
      /** USD a year. */
      readonly var95: number;
    }
  | { readonly name: 'due-dates'; readonly days: readonly DueDay[] }
  | { readonly name: 'epss-cvss'; readonly points: readonly ScorePoint[] }
  | { readonly name: 'attack-matrix'; readonly cells: readonly TechniqueCell[] }
  | { readonly name: 'trend'; readonly points: readonly TrendPoint[] }
);
