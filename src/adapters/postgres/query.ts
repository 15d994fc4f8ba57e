/** Runs a statement with its values in the place of `$1`, `$2`, … and returns its rows. */
export type Query = <Row extends object = Record<string, unknown>>(
  statement: string,
  values?: readonly unknown[],
) => Promise<Row[]>;
