/** One training row: a sparse vector and how much it counts. */
export interface TrainingRow {
  readonly positions: readonly number[];
  readonly values: readonly number[];
  readonly weight: number;
}

/** A fitted logistic regression. */
export interface Regression {
  readonly bias: number;
  readonly weights: Float64Array;
}

interface Column {
  readonly rows: number[];
  readonly values: number[];
}

/** Passes over all features; from here on a further pass moves no weight by as much as the rounding to 8 bits does. */
const PASSES = 40;

/** Rows turned into columns, once for all regressions over them. */
export function toColumns(rows: readonly TrainingRow[], featureCount: number): readonly Column[] {
  const columns: Column[] = Array.from({ length: featureCount }, () => ({ rows: [], values: [] }));
  rows.forEach((row, index) => {
    row.positions.forEach((position, i) => {
      columns[position]?.rows.push(index);
      columns[position]?.values.push(row.values[i] ?? 0);
    });
  });
  return columns;
}

/**
 * Fits L2-regularised logistic regression by cyclic coordinate descent. Each step divides the gradient by the upper bound
 * of the curvature (σ'(z) ≤ 1/4), so the loss never rises and the result depends on nothing but the data.
 */
export function fitRegression(
  rows: readonly TrainingRow[],
  columns: readonly Column[],
  truths: readonly boolean[],
  penalty: number,
): Regression {
  const total = rows.reduce((sum, row) => sum + row.weight, 0);
  const positive = rows.reduce((sum, row, i) => sum + (truths[i] ? row.weight : 0), 0);
  const state = {
    logits: new Float64Array(rows.length),
    errors: new Float64Array(rows.length),
    rowWeights: Float64Array.from(rows, (row) => row.weight),
    truths: Float64Array.from(truths, Number),
  };
  let bias = Math.log((positive + 0.5) / (total - positive + 0.5));
  state.logits.fill(bias);
  const everyRow = { rows: rows.map((_, i) => i), values: rows.map(() => 1) };
  refreshErrors(state, everyRow.rows);
  const weights = new Float64Array(columns.length);
  for (let pass = 0; pass < PASSES; pass++) {
    bias += moveAlong(everyRow, 0, 0, state);
    columns.forEach((column, position) => {
      const weight = weights[position] ?? 0;
      if (column.rows.length > 0) weights[position] = weight + moveAlong(column, weight, penalty, state);
    });
  }
  return { bias, weights };
}

interface FitState {
  readonly logits: Float64Array;
  /** Row weight × (probability − truth), kept in step with the logits. */
  readonly errors: Float64Array;
  readonly rowWeights: Float64Array;
  readonly truths: Float64Array;
}

function moveAlong(column: Column, weight: number, penalty: number, state: FitState): number {
  let gradient = penalty * weight;
  let curvature = penalty;
  for (let i = 0; i < column.rows.length; i++) {
    const row = column.rows[i] ?? 0;
    const value = column.values[i] ?? 0;
    gradient += (state.errors[row] ?? 0) * value;
    curvature += 0.25 * (state.rowWeights[row] ?? 0) * value * value;
  }
  const step = curvature === 0 ? 0 : -gradient / curvature;
  for (let i = 0; i < column.rows.length; i++) {
    const row = column.rows[i] ?? 0;
    state.logits[row] = (state.logits[row] ?? 0) + step * (column.values[i] ?? 0);
  }
  refreshErrors(state, column.rows);
  return step;
}

function refreshErrors(state: FitState, rows: readonly number[]): void {
  for (const row of rows) {
    const probability = 1 / (1 + Math.exp(-(state.logits[row] ?? 0)));
    state.errors[row] = (state.rowWeights[row] ?? 0) * (probability - (state.truths[row] ?? 0));
  }
}
