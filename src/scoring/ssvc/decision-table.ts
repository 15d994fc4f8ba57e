/** The inputs of an SSVC decision, under the names that `unknowns` lists them by. */
export type DecisionInput =
  | 'exploitation'
  | 'exposure'
  | 'automatable'
  | 'technicalImpact'
  | 'humanImpact'
  | 'missionImpact'
  | 'kev';

/** One column of a decision table. */
export interface DecisionColumn {
  readonly name: DecisionInput;
  /** Every value of the decision point, mildest first. */
  readonly values: readonly string[];
}

/** One row: the table's own row number, one value a column, and the outcome. */
export interface DecisionRow<Outcome extends string> {
  readonly row: number;
  readonly inputs: readonly string[];
  readonly outcome: Outcome;
}

/** A complete decision table: exactly one row for each combination of values. */
export interface DecisionTable<Outcome extends string> {
  /** Name of the table at its publisher. */
  readonly title: string;
  readonly version: string;
  readonly columns: readonly DecisionColumn[];
  /** Every outcome, mildest first. */
  readonly outcomes: readonly Outcome[];
  readonly rows: readonly DecisionRow<Outcome>[];
}

/**
 * The values that a decision point may still have: one value means that it is known, several that it is not. Order and
 * repetitions do not matter. An empty list counts as every value, so that knowing nothing never makes a decision milder.
 */
export type Possible<Value extends string> = readonly Value[];

/** What one unknown input would do to the outcome, the other unknown inputs being at their worst. */
export interface UnknownInput<Outcome extends string> {
  readonly name: DecisionInput;
  /** The outcome if the input has the worst of its possible values. */
  readonly ifWorse: Outcome;
  /** The outcome if the input has the best of its possible values. */
  readonly ifBetter: Outcome;
}

/** What a table says when some inputs are only known to be among several values. */
export interface TableDecision<Outcome extends string> {
  /** The worst outcome over all combinations that are still possible. */
  readonly outcome: Outcome;
  /** The row that gives it; among equally bad rows the one with the worst inputs. */
  readonly row: number;
  /** Each input with more than one possible value, in the order of the columns, even where both outcomes agree. */
  readonly unknowns: readonly UnknownInput<Outcome>[];
}

/**
 * Decisions already made, by table and inputs. A table has few combinations of inputs (the largest here some thousands), and a portfolio
 * asks for the same few over and over: looking them up once makes scoring twice as fast.
 */
const DECISIONS = new WeakMap<object, Map<string, TableDecision<string>>>();

/**
 * Looks up the worst row that is still possible. `possible` holds one list a column, in the table's order. Total: it
 * does not rely on the table being monotone, it compares every row that is still possible.
 */
export function lookUp<Outcome extends string>(
  table: DecisionTable<Outcome>,
  possible: readonly Possible<string>[],
): TableDecision<Outcome> {
  const made = DECISIONS.get(table) ?? new Map<string, TableDecision<string>>();
  DECISIONS.set(table, made);
  const open = table.columns.map((column, index) => possibleValues(column, possible[index] ?? []));
  const key = open.map((values) => values.join()).join('|');
  const decision = (made.get(key) ?? decide(table, open)) as TableDecision<Outcome>;
  made.set(key, decision);
  return decision;
}

function decide<Outcome extends string>(
  table: DecisionTable<Outcome>,
  open: readonly (readonly string[])[],
): TableDecision<Outcome> {
  const worst = worstRow(table, open);
  const unknowns = table.columns.flatMap(({ name }, index) => {
    const values = open[index] ?? [];
    if (values.length < 2) return [];
    const outcomeWith = (value: string | undefined) =>
      worstRow(
        table,
        open.map((others, at) => (at === index && value !== undefined ? [value] : others)),
      ).outcome;
    return [{ name, ifWorse: outcomeWith(values.at(-1)), ifBetter: outcomeWith(values[0]) }];
  });
  return { outcome: worst.outcome, row: worst.row, unknowns };
}

/** The possible values of a column, mildest first and each once. */
function possibleValues(column: DecisionColumn, possible: readonly string[]): readonly string[] {
  const values = column.values.filter((value) => possible.includes(value));
  return values.length > 0 ? values : column.values;
}

function worstRow<Outcome extends string>(
  table: DecisionTable<Outcome>,
  open: readonly (readonly string[])[],
): DecisionRow<Outcome> {
  const candidates = table.rows.filter((row) => row.inputs.every((value, index) => open[index]?.includes(value)));
  const [first, ...rest] = candidates;
  // A complete table has a row for each combination, and no column is left without a value; a table test holds that.
  if (first === undefined) throw new Error(`the table "${table.title}" lacks a row`);
  return rest.reduce((worst, row) => (isWorse(table, row, worst) ? row : worst), first);
}

function isWorse<Outcome extends string>(
  table: DecisionTable<Outcome>,
  row: DecisionRow<Outcome>,
  than: DecisionRow<Outcome>,
): boolean {
  const byOutcome = table.outcomes.indexOf(row.outcome) - table.outcomes.indexOf(than.outcome);
  return byOutcome !== 0 ? byOutcome > 0 : inputSeverity(table, row) > inputSeverity(table, than);
}

/** How many steps a row's inputs lie above the mildest values, summed over the columns. */
function inputSeverity<Outcome extends string>(table: DecisionTable<Outcome>, row: DecisionRow<Outcome>): number {
  return table.columns.reduce((sum, { values }, index) => sum + values.indexOf(row.inputs[index] ?? ''), 0);
}
