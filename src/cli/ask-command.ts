import { loadProcessConfig } from '../config/process-config.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { renderAnswer } from '../reports/render-answer.ts';
import { plainText } from '../reports/words.ts';
import { createKnowledge, type Knowledge } from '../runtime/create-knowledge.ts';
import { type OpenStore, openStoreToAsk } from '../runtime/open-store.ts';
import type { Telemetry } from '../runtime/open-telemetry.ts';
import type { AskFlags } from './ask-flags.ts';
import { converse, LONGEST_QUESTION } from './converse.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { readFilters } from './filters.ts';
import { listenForInterruption } from './interruption.ts';
import { type Output, openStdout } from './output.ts';
import { withStore } from './with-store.ts';
import { withTelemetry } from './with-telemetry.ts';

const LONGEST_WARNING = 1000;
/** Questions before, which one may refer back to. */
const REMEMBERED = 3;

type Asked = Awaited<ReturnType<Knowledge['ask']>>;
type Turn = Parameters<Knowledge['ask']>[1]['conversation'][number];

/** `eras ask`: "not in the documents" is an answer, too. */
export async function runAsk(words: readonly string[], flags: AskFlags): Promise<ExitCode> {
  const config = loadProcessConfig();
  const question = words.join(' ').trim();
  if (question === '' && !flags.i) throw bad('there is no question; eras ask "Who owns the payment gateway?"');
  if (question.length > LONGEST_QUESTION) throw bad(`the question is longer than ${LONGEST_QUESTION} characters`);
  if (flags.technique) return askForTechnique(question, flags);
  if (flags.examples.length > 0) throw bad('--examples is for --technique');
  const options = {
    filters: readFilters(flags.filter),
    top: flags.top,
    useModel: flags.llm,
    rerank: flags.rerank === true,
  };
  const signal = listenForInterruption();
  const told = new Set<string>();
  const onTrouble = (reason: string) => {
    if (!told.has(reason)) process.stderr.write(`warning: ${plainText(reason)}; words alone are looked for\n`);
    told.add(reason);
  };
  const work = async (store: OpenStore, telemetry: Telemetry) => {
    if (store.path === null)
      process.stderr.write('warning: the store may only be read; what a language model costs is not booked\n');
    const knowledge = await createKnowledge(config, store, { workers: 1, onTrouble, telemetry });
    const output = openStdout();
    const hinted = new Set<string>();
    const conversation: Turn[] = [];
    const askOne = async (text: string) => {
      const asked = { ...options, conversation: conversation.slice(-REMEMBERED) };
      conversation.push(await answer(knowledge, asked, text, { ...flags, output, hinted, signal }));
    };
    try {
      for (const line of await knowledge.check(options.filters))
        process.stderr.write(`warning: ${plainText(line, LONGEST_WARNING)}\n`);
      if (question !== '') await askOne(question);
      if (flags.i) await converse(askOne, signal);
      return EXIT.done;
    } finally {
      await knowledge.close();
    }
  };
  // Metrics are of long runs: a question would only take the port from one.
  return withTelemetry(config, null, (telemetry) =>
    withStore(config, (store) => work(store, telemetry), openStoreToAsk),
  );
}

/** Answers a question, and tells what else is to be known of the answer. */
async function answer(
  knowledge: Knowledge,
  options: Parameters<Knowledge['ask']>[1],
  question: string,
  to: Pick<AskFlags, 'format' | 'verbose' | 'i'> & {
    readonly output: Output;
    /** Languages that were hinted at. */
    readonly hinted: Set<string>;
    readonly signal: AbortSignal;
  },
): Promise<Turn> {
  const { answer: given, notes, askedModel, turn } = await knowledge.ask(question, options, to.signal);
  if (given.lookedFor.source !== 'llm') await hintAtLanguage(knowledge, question, to);
  for (const note of notes) process.stderr.write(`warning: ${plainText(note, LONGEST_WARNING)}\n`);
  if (to.verbose)
    process.stderr.write(`looked for: ${plainText(describeLookedFor(given.lookedFor), LONGEST_WARNING)}\n`);
  await to.output.write(
    to.format === 'json' ? `${JSON.stringify(given, null, to.i ? 0 : 2)}\n` : renderAnswer(given, askedModel),
  );
  return turn;
}

function describeLookedFor({ question, terms, source }: Asked['answer']['lookedFor']): string {
  const by = { question: 'as it was asked', rules: 'with the question before', llm: 'in the words of the model' }[
    source
  ];
  return `${question}${terms.length > 0 ? ` (also: ${terms.join(', ')})` : ''}, ${by}`;
}

/** Said once of a language: the answer may lie in documents that were not found. */
async function hintAtLanguage(
  knowledge: Knowledge,
  question: string,
  { hinted, signal }: { readonly hinted: Set<string>; readonly signal: AbortSignal },
): Promise<void> {
  const language = await knowledge.foreignLanguageOf(question, signal);
  if (language === null || hinted.has(language)) return;
  hinted.add(language);
  const name = new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language;
  process.stderr.write(
    `hint: the question seems to be in ${name}; meaning is understood in English only, so it is found by its words: ask in English, too\n`,
  );
}

/** A mode of its own: neither documents' fields nor a model have a part in it. */
async function askForTechnique(text: string, flags: AskFlags): Promise<ExitCode> {
  if (flags.filter.length > 0) throw bad('--filter is of documents, and not for --technique');
  if (flags.rerank) throw bad('--rerank is not for --technique: no model is asked');
  const { runAskTechnique } = await import('./technique-command.ts');
  return runAskTechnique(text, flags);
}

function bad(message: string): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message });
}
