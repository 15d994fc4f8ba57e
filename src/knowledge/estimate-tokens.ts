const PART = /[a-z]+|[^\sa-z]/gi;
/** Letters that a token of an English word holds, and tokens that another character takes: a tokenizer finds fewer tokens in most texts. */
const LETTERS = 5;
const TOKENS_OF_OTHERS = 0.8;

/**
 * Tokens of a text, rather too many than too few, in a time that grows with its length alone: a tokenizer's grows with the square of that of a
 * word, and there are words of megabytes.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  let others = 0;
  for (const [part] of text.matchAll(PART)) {
    if (/^[a-z]/i.test(part)) tokens += Math.ceil(part.length / LETTERS);
    else others += 1;
  }
  return tokens + Math.ceil(others * TOKENS_OF_OTHERS);
}
