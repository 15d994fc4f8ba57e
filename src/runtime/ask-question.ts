import { ulid } from 'ulid';
import type { ModelDesk } from '../agents/language-model/model-desk.ts';
import type { Config } from '../config/config.ts';
import type { LanguageModelConfig } from '../config/language-model-config.ts';
import { systemClock } from '../kernel/clock.ts';
import { type Answer, answerByQuoting } from '../knowledge/answer.ts';
import { inContext, type LookedFor, type Turn } from '../knowledge/follow-up.ts';
import { type RankedPassage, type RetrievalParts, retrieve } from '../knowledge/retrieve.ts';
import type { KnowledgeFilter } from '../ports/knowledge-index.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { loadSnapshot } from './bundled-data.ts';
import { observeRetrieval } from './observe-retrieval.ts';
import type { OpenStore } from './open-store.ts';
import { recallFacts } from './recall-facts.ts';

/** How a question is to be answered. */
export interface AskOptions {
  readonly filters: readonly KnowledgeFilter[];
  readonly top: number;
  /** Whether a language model may be asked, where one is configured. */
  readonly useModel: boolean;
  /** Whether a model is to put the passages in order. */
  readonly rerank: boolean;
  /** What was asked and answered before, the latest last. */
  readonly conversation: readonly Turn[];
}

/** An answer with what was looked for, and lines on what a model did not do. */
export interface AskedAnswer {
  readonly answer: Answer & { readonly lookedFor: LookedFor };
  readonly notes: readonly string[];
  /** Whether a model was asked, also where nothing came of it. */
  readonly askedModel: boolean;
}

/** What questions are answered with. */
export interface AskParts {
  readonly config: Pick<Config, 'languageModel' | 'offline'>;
  readonly store: OpenStore;
  readonly telemetry: Telemetry;
  readonly retrieval: RetrievalParts;
  /** The language of a question, where questions by meaning are not understood in it; else null. */
  readonly foreignLanguageOf: (question: string, signal: AbortSignal) => Promise<string | null>;
}

/** Answers a question: what is looked for, passages, and what is made of them. A model is asked where it is of use, and only then is its code loaded. */
export async function askQuestion(
  parts: AskParts,
  question: string,
  options: AskOptions,
  signal: AbortSignal,
): Promise<AskedAnswer> {
  const { config, store } = parts;
  if (!options.useModel || config.languageModel === null || config.offline) {
    const notes = options.rerank
      ? ['--rerank needs a language model that may be asked; words and meaning order the passages']
      : [];
    return askRules(parts, question, options, notes, signal);
  }
  // Each question has an account of its own: the ledger would give an earlier answer again.
  const account = `ask ${ulid(systemClock.now().getTime())}`;
  const { openDeskFor } = await import('./create-model-writers.ts');
  const desk = await openDeskFor(config.languageModel, store.ledger, systemClock, account, parts.telemetry);
  try {
    const watched = untilOutage(desk);
    const asking = { question, desk: watched.desk, tiers: config.languageModel.tiers };
    return { ...(await askModel(parts, asking, options, signal)), askedModel: watched.wasAsked() };
  } finally {
    await store.ledger.forgetReplies(account);
  }
}

async function askRules(
  parts: AskParts,
  question: string,
  options: AskOptions,
  notes: readonly string[],
  signal: AbortSignal,
): Promise<AskedAnswer> {
  const lookedFor = inContext(question, options.conversation.at(-1)?.question ?? null);
  const ranked = await findPassages(parts, question, lookedFor, options, signal);
  return { answer: { ...answerByQuoting(lookedFor.question, ranked), question, lookedFor }, notes, askedModel: false };
}

interface Asking {
  readonly question: string;
  readonly desk: ModelDesk;
  readonly tiers: LanguageModelConfig['tiers'];
}

async function askModel(
  parts: AskParts,
  asking: Asking,
  options: AskOptions,
  signal: AbortSignal,
): Promise<Omit<AskedAnswer, 'askedModel'>> {
  const { question, desk, tiers } = asking;
  const { RERANKED, rerankPassages } = await import('../agents/answering/rerank-passages.ts');
  const { answerByModel } = await import('../agents/answering/answer-by-model.ts');
  const wide = options.rerank ? { ...options, top: Math.max(options.top, RERANKED) } : options;
  const { lookedFor, ranked, notes } = await findByModel(parts, asking, wide, signal);
  let passages = ranked;
  if (options.rerank) {
    const { note, isOutage, ...reranked } = await rerankPassages(lookedFor.question, ranked, desk, tiers, signal);
    if (note !== null && !isOutage) notes.push(`language model: ${note}; words and meaning order the passages`);
    passages = reranked.passages.slice(0, options.top);
  }
  const byRules = { ...answerByQuoting(lookedFor.question, passages), question };
  const { answer, note } = await answerByModel(byRules, lookedFor.question, passages, desk, tiers, signal);
  if (note !== null) notes.push(`language model: ${note}; the passages are quoted instead`);
  return { answer: { ...answer, lookedFor }, notes };
}

/**
 * Looks for a question, in a model's words where its own are not enough: it refers back, is in a language that the embedding model does not know,
 * or nothing that was found speaks of it. A plain question costs no call.
 */
async function findByModel(
  parts: AskParts,
  { question, desk, tiers }: Asking,
  options: AskOptions,
  signal: AbortSignal,
): Promise<{ lookedFor: LookedFor; ranked: readonly RankedPassage[]; notes: string[] }> {
  const byRules = inContext(question, options.conversation.at(-1)?.question ?? null);
  const ranked = await findPassages(parts, question, byRules, options, signal);
  const isEnough =
    byRules.source === 'question' &&
    answerByQuoting(question, ranked).found &&
    (await parts.foreignLanguageOf(question, signal)) === null;
  if (isEnough) return { lookedFor: byRules, ranked, notes: [] };
  const { rewriteQuestion } = await import('../agents/answering/rewrite-question.ts');
  const rewritten = await rewriteQuestion(question, options.conversation, desk, tiers, signal);
  if (!rewritten.ok) {
    // Of an outage the answer tells, where there is anything to be answered from.
    const isTold = rewritten.isOutage && ranked.length > 0;
    const note = `language model: ${rewritten.reason}; the question is looked for in its own words`;
    return { lookedFor: byRules, ranked, notes: isTold ? [] : [note] };
  }
  const { looked: lookedFor } = rewritten;
  return { lookedFor, ranked: await findPassages(parts, question, lookedFor, options, signal), notes: [] };
}

async function findPassages(
  { retrieval, store, telemetry }: AskParts,
  question: string,
  { question: looked, terms, source }: LookedFor,
  { filters, top }: AskOptions,
  signal: AbortSignal,
): Promise<readonly RankedPassage[]> {
  // What was asked is never lost by what a model makes of it.
  const also = source === 'llm' ? [question, ...terms].join(' ') : '';
  const found = await observeRetrieval(telemetry, top, () =>
    retrieve(retrieval, looked, { filters, top, also }, signal),
  );
  // Conditions are on documents: the intelligence has none of their fields.
  const known = filters.length > 0 ? [] : await recallFor(`${looked} ${also}`, store);
  if (known.length === 0) return found;
  const { besideDocuments } = await import('../agents/answering/beside-documents.ts');
  return besideDocuments(`${looked} ${also}`, found, known, top);
}

/** What mirror and snapshot have of the CVEs that a question names. */
async function recallFor(question: string, { mirror }: OpenStore): Promise<RankedPassage[]> {
  const { cvesOf, intelligencePassages } = await import('../agents/answering/intelligence-passages.ts');
  const cveIds = cvesOf(question);
  return cveIds.length === 0 ? [] : intelligencePassages(question, recallFacts(mirror, loadSnapshot(), cveIds));
}

/** A desk that is asked no more after an outage: each further question would wait as long for nothing. */
function untilOutage(desk: ModelDesk): { readonly desk: ModelDesk; readonly wasAsked: () => boolean } {
  let outage: Awaited<ReturnType<ModelDesk['ask']>> | null = null;
  let wasAsked = false;
  const watched: ModelDesk = {
    ...desk,
    async ask(question) {
      if (outage !== null) return outage;
      const answer = await desk.ask(question);
      // What the cap on costs does not allow reaches no model.
      if (answer.kind === 'answered' || answer.kind === 'failed') wasAsked = true;
      if (answer.kind === 'failed') outage = answer;
      return answer;
    },
  };
  return { desk: watched, wasAsked: () => wasAsked };
}
