const PART = /[a-z]+|[^\sa-z]/gi;
/** Letters of an English word that a token holds, at the least on average: a tokenizer finds fewer tokens in most texts. */
const LETTERS = 4;

/**
 * Tokens of a text, rather too many than too few, in a time that grows with its length alone: a tokenizer's grows with the square of that of a
 * word, and there are words of megabytes.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  let others = 0;
  for (const [part] of text.matchAll(PART)) {
    if (/[a-z]/i.test(part[0] ?? '')) tokens += Math.ceil(part.length / LETTERS / 1.25);
    else others += 1;
  }
  return tokens + Math.ceil(others * 0.8);
}
