/** Flags of `eras ask`. */
export interface AskFlags {
  readonly filter: readonly string[];
  readonly top: number;
  readonly format: 'text' | 'json';
  readonly llm: boolean;
  readonly technique?: true;
  readonly examples: readonly string[];
  readonly rerank?: true;
  readonly verbose?: true;
  readonly i?: true;
}
