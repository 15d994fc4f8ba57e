/** One asset as the file has it: its fields under our names, and where it stands. */
export interface AssetEntry {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly place: string;
}
