/** One asset as the file has it: its fields under our names, and where it stands. */
export interface AssetEntry {
  readonly fields: Readonly<Record<string, unknown>>;
  /** What the file calls its fields, where that is not told by another entry. */
  readonly titles: readonly string[];
  readonly place: string;
}
