import { type Answer, cite, NOT_FOUND } from '../../knowledge/answer.ts';
import type { RankedPassage } from '../../knowledge/retrieve.ts';
import type { ModelPrompt } from '../../ports/language-model.ts';
import { withoutOrders } from '../grounding/untrusted-text.ts';
import type { ModelDesk } from '../language-model/model-desk.ts';
import { chooseTier, type ModelTask, type ModelTier } from '../language-model/policy.ts';
import { SummaryAnswer, toJsonSchema } from '../writing/answer-schema.ts';
import { groundAnswer, type NumberedPassage } from './ground-answer.ts';
import { ANSWER_INSTRUCTIONS, ANSWER_PROMPT_VERSION } from './prompt.ts';
import { readReply, undelimited } from './read-reply.ts';

const MAX_OUTPUT_TOKENS = 600;
const SCHEMA = toJsonSchema(SummaryAnswer);
/** Of each passage, characters that a model is shown. */
const MOST_SHOWN = 2400;

/** An answer, and why a model did not give it; null where one did, or none was asked. */
export interface WrittenAnswer {
  readonly answer: Answer;
  readonly note: string | null;
}

/**
 * An answer by a model over the passages that were found: each sentence is checked against those that it names, and what they do not carry is
 * taken out. `byRules` stands where the model gives nothing that holds. `meant`: the question in full, where it refers back.
 */
export async function answerByModel(
  byRules: Answer,
  meant: string,
  ranked: readonly RankedPassage[],
  desk: ModelDesk,
  tierOverrides: Partial<Record<ModelTask, ModelTier>>,
  signal: AbortSignal,
): Promise<WrittenAnswer> {
  if (ranked.length === 0) return { answer: byRules, note: null };
  const passages = ranked.map((passage, index): NumberedPassage => {
    const place = [passage.document.title, passage.section ?? ''].filter((part) => part !== '').join(', ');
    const own = withoutOrders(passage.text).slice(0, MOST_SHOWN);
    return { id: `P${index + 1}`, passage, text: `${withoutOrders(place)}: ${own}`, own };
  });
  const reply = await desk.ask({
    task: 'answer',
    tier: chooseTier('answer', 'simple', tierOverrides),
    promptVersion: ANSWER_PROMPT_VERSION,
    promptFor: () => toPrompt(byRules.question, meant, passages),
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    signal,
  });
  if (reply.kind !== 'answered') return { answer: byRules, note: reply.reason };
  const sentences = readReply(SummaryAnswer, reply.text)?.text ?? null;
  if (sentences === null) return { answer: byRules, note: `${reply.model} gave no answer that could be read` };
  if (sentences.length === 0)
    return { answer: { ...byRules, answer: NOT_FOUND, found: false, source: 'llm', citations: [] }, note: null };
  const grounded = sentences.map((sentence) => groundAnswer(sentence, passages)).filter((one) => one.ok);
  if (grounded.length === 0) return { answer: byRules, note: 'the model wrote nothing that a passage carries' };
  return {
    note: null,
    answer: {
      ...byRules,
      answer: grounded.map(({ text }) => text).join(' '),
      found: true,
      source: 'llm',
      citations: grounded.flatMap(({ text, citedBy }) => citedBy.flatMap(({ passage }) => cite(text, passage))),
    },
  };
}

/** Passages first, delimited, then the question: neither can close a delimiter. */
function toPrompt(question: string, meant: string, passages: readonly NumberedPassage[]): ModelPrompt {
  const lines = passages.map(({ id, text }) => `<passage id="${id}">\n${undelimited(text)}\n</passage>`);
  const inFull = meant === question ? '' : `\n(in full: ${undelimited(meant)})`;
  return {
    instructions: ANSWER_INSTRUCTIONS,
    isCached: false,
    evidence: `${lines.join('\n')}\n<question>\n${undelimited(question)}${inFull}\n</question>`,
    quotesDocuments: true,
    schemaName: 'answer',
    schema: SCHEMA,
  };
}
