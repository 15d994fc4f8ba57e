import { questionWords } from './question-words.ts';

/** What was asked before, and what was answered. */
export interface Turn {
  readonly question: string;
  readonly answer: string;
  /** The question that it is about, which stands alone: what refers back is about what was asked first, and so is what follows it. */
  readonly subject: string;
}

/** A question as it is looked for. */
export interface LookedFor {
  readonly question: string;
  /** Other words for what it asks, by a model; they only help to find. */
  readonly terms: readonly string[];
  /** `question`: as it was asked; `rules`: together with the question before; `llm`: as a model has written it. */
  readonly source: 'question' | 'rules' | 'llm';
}

/** A question of so few telling words is most often about what was asked before. */
const FEW_WORDS = 2;
const REFERS_BACK =
  /^(?:and|but|so|what about|how about|why|since when|until when)\b|\b(?:it|its|they|their|them|that one|this one|those|these|he|she|there)\b/i;

/** A question as it is looked for by rules: what refers back is looked for together with the question that the conversation is about. */
export function inContext(question: string, conversation: readonly Turn[]): LookedFor {
  const subject = conversation.at(-1)?.subject;
  const refersBack = REFERS_BACK.test(question) || questionWords(question).length <= FEW_WORDS;
  if (subject === undefined || !refersBack) return { question, terms: [], source: 'question' };
  return { question: `${subject} ${question}`, terms: [], source: 'rules' };
}

/** What a question that was looked for leaves to those after it. */
export function toTurn(question: string, answer: string, lookedFor: LookedFor, conversation: readonly Turn[]): Turn {
  const before = lookedFor.source === 'rules' ? conversation.at(-1)?.subject : undefined;
  return { question, answer, subject: before ?? lookedFor.question };
}
