import type { RiskLevel } from '../../domain/assessment/finding-schema.ts';
import type { HeatCell } from '../charts/chart.ts';
import type { FigureBlock } from '../document/document.ts';

const STEPS = [1, 2, 3, 4, 5] as const;

/** A field of the matrix; without findings it is empty. */
export interface HeatField {
  /** The count as the reader writes numbers; empty where there are none. */
  readonly shown: string;
  /** Null where there are no findings. */
  readonly level: RiskLevel | null;
}

export interface HeatRow {
  readonly likelihood: number;
  readonly fields: readonly HeatField[];
}

/** The matrix of a chart of that name as rows from the likeliest down, impact rising to the right; null for other charts. */
export function heatRows({ chart }: FigureBlock): readonly HeatRow[] | null {
  if (chart.name !== 'heat-map') return null;
  return STEPS.toReversed().map((likelihood) => ({
    likelihood,
    fields: STEPS.map((impact) => fieldOf(chart.cells, likelihood, impact)),
  }));
}

function fieldOf(cells: readonly HeatCell[], likelihood: number, impact: number): HeatField {
  const found = cells.find((one) => one.likelihood === likelihood && one.impact === impact && one.count > 0);
  return found === undefined
    ? { shown: '', level: null }
    : { shown: found.shown ?? String(found.count), level: found.level };
}
