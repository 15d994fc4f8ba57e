import { ulid } from 'ulid';
import type { ModelDesk } from '../agents/language-model/model-desk.ts';
import type { Config } from '../config/config.ts';
import type { LanguageModelConfig } from '../config/language-model-config.ts';
import { systemClock } from '../kernel/clock.ts';
import { type Answer, answerByQuoting, DECIDING } from '../knowledge/answer.ts';
import { inContext, type LookedFor, type Turn, toTurn } from '../knowledge/follow-up.ts';
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
  /** What a conversation goes on from. */
  readonly turn: Turn;
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
  const asked = await askAny(parts, question, options, signal);
  const { answer, lookedFor } = asked.answer;
  return { ...asked, turn: toTurn(question, answer, lookedFor, options.conversation) };
}

async function askAny(
  parts: AskParts,
  question: string,
  options: AskOptions,
  signal: AbortSignal,
): Promise<Omit<AskedAnswer, 'turn'>> {
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
): Promise<Omit<AskedAnswer, 'turn'>> {
  const lookedFor = inContext(question, options.conversation);
  const { deciding, shown } = await findPassages(parts, question, lookedFor, options, signal);
  return {
    answer: { ...answerByQuoting(lookedFor.question, deciding, shown), question, lookedFor },
    notes,
    askedModel: false,
  };
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
): Promise<Omit<AskedAnswer, 'askedModel' | 'turn'>> {
  const { question, desk, tiers } = asking;
  const { RERANKED, rerankPassages } = await import('../agents/answering/rerank-passages.ts');
  const { answerByModel } = await import('../agents/answering/answer-by-model.ts');
  const wide = options.rerank ? { ...options, top: Math.max(options.top, RERANKED) } : options;
  const { lookedFor, found, notes } = await findByModel(parts, asking, wide, signal);
  let { shown: passages } = found;
  if (options.rerank) {
    const { note, isOutage, ...reranked } = await rerankPassages(lookedFor.question, passages, desk, tiers, signal);
    if (note !== null && !isOutage) notes.push(`language model: ${note}; words and meaning order the passages`);
    passages = reranked.passages.slice(0, options.top);
  }
  const byRules = { ...answerByQuoting(lookedFor.question, found.deciding, passages), question };
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
): Promise<{ lookedFor: LookedFor; found: Found; notes: string[] }> {
  const byRules = inContext(question, options.conversation);
  const found = await findPassages(parts, question, byRules, options, signal);
  const isEnough =
    byRules.source === 'question' &&
    answerByQuoting(question, found.deciding).found &&
    (await parts.foreignLanguageOf(question, signal)) === null;
  if (isEnough) return { lookedFor: byRules, found, notes: [] };
  const { rewriteQuestion } = await import('../agents/answering/rewrite-question.ts');
  const rewritten = await rewriteQuestion(question, options.conversation, desk, tiers, signal);
  if (!rewritten.ok) {
    // Of an outage the answer tells, where there is anything to be answered from.
    const isTold = rewritten.isOutage && found.shown.length > 0;
    const note = `language model: ${rewritten.reason}; the question is looked for in its own words`;
    return { lookedFor: byRules, found, notes: isTold ? [] : [note] };
  }
  const { looked: lookedFor } = rewritten;
  return { lookedFor, found: await findPassages(parts, question, lookedFor, options, signal), notes: [] };
}

/** Passages best first: those by which it is decided whether there is an answer, and those that are shown. */
interface Found {
  readonly deciding: readonly RankedPassage[];
  readonly shown: readonly RankedPassage[];
}

async function findPassages(
  { retrieval, store, telemetry }: AskParts,
  question: string,
  { question: looked, terms, source }: LookedFor,
  { filters, top }: AskOptions,
  signal: AbortSignal,
): Promise<Found> {
  // What was asked is never lost by what a model makes of it.
  const also = source === 'llm' ? [question, ...terms].join(' ') : '';
  const found = await observeRetrieval(telemetry, top, () =>
    retrieve(retrieval, looked, { filters, top: Math.max(top, DECIDING), also }, signal),
  );
  // Conditions are on documents: the intelligence has none of their fields.
  const known = filters.length > 0 ? [] : await recallFor(`${looked} ${also}`, store);
  if (known.length === 0) return { deciding: found, shown: found.slice(0, top) };
  const { besideDocuments } = await import('../agents/answering/beside-documents.ts');
  const places = (most: number) => besideDocuments(`${looked} ${also}`, found, known, most);
  return { deciding: places(DECIDING), shown: places(top) };
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
