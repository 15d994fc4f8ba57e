import { questionWords } from './question-words.ts';

/** A question of so few telling words is most often about what was asked before. */
const FEW_WORDS = 2;
const REFERS_BACK =
  /^(?:and|but|so|what about|how about|why|since when|until when)\b|\b(?:it|its|they|their|them|that one|this one|those|these|he|she|there)\b/i;

/** A question as it is looked for: what refers back is looked for together with the question before. */
export function inContext(question: string, before: string | null): string {
  if (before === null) return question;
  return REFERS_BACK.test(question) || questionWords(question).length <= FEW_WORDS ? `${before} ${question}` : question;
}
