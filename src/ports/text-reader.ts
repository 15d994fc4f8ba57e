/** What a free text was understood to be about. Whatever it names stands in the text. */
export interface UnderstoodText {
  readonly vulnerabilityIds: readonly string[];
  readonly products: readonly UnderstoodProduct[];
  /** What it calls assets, in its own words. */
  readonly assets: readonly string[];
  /** Who understood it so: the model's name. */
  readonly by: string;
}

/** A product that a text names; what it does not say is null. */
export interface UnderstoodProduct {
  readonly vendor: string | null;
  readonly product: string;
  readonly version: string | null;
}

/** Understands a free text that rules find ambiguous. The error is why it could not, in a few words: rules go on alone. */
export interface TextReader {
  read(text: string): Promise<UnderstoodText | { readonly failed: string }>;
}
