/** Texts of a kind that is known, found by the words that they share with another one. */
export interface LabelledTexts {
  /**
   * The texts that share a word with a query, best first, with their Okapi BM25, the higher the better. `whole` is what a text of exactly these
   * words would have: it makes scores of different queries comparable.
   */
  search(
    words: readonly string[],
    limit: number,
  ): {
    readonly found: readonly { readonly place: number; readonly bm25: number }[];
    readonly whole: number;
  };
  close(): void;
}
