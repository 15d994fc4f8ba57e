import { createInterface } from 'node:readline/promises';
import { loadProcessConfig } from '../config/process-config.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { renderAnswer } from '../reports/render-answer.ts';
import { plainText } from '../reports/words.ts';
import { createKnowledge, type Knowledge } from '../runtime/create-knowledge.ts';
import { type OpenStore, openStoreToAsk } from '../runtime/open-store.ts';
import type { Telemetry } from '../runtime/open-telemetry.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { readFilters } from './filters.ts';
import { listenForInterruption } from './interruption.ts';
import { type Output, openStdout } from './output.ts';
import { withStore } from './with-store.ts';
import { withTelemetry } from './with-telemetry.ts';

/** Flags of `eras ask`. */
export interface AskFlags {
  readonly filter: readonly string[];
  readonly top: number;
  readonly format: 'text' | 'json';
  readonly llm: boolean;
  readonly i?: true;
}

const LONGEST_QUESTION = 4000;
const LONGEST_WARNING = 1000;

/** `eras ask`: "not in the documents" is an answer, too. */
export async function runAsk(words: readonly string[], flags: AskFlags): Promise<ExitCode> {
  const config = loadProcessConfig();
  const question = words.join(' ').trim();
  if (question === '' && !flags.i) throw bad('there is no question; eras ask "Who owns the payment gateway?"');
  if (question.length > LONGEST_QUESTION) throw bad(`the question is longer than ${LONGEST_QUESTION} characters`);
  const options = { filters: readFilters(flags.filter), top: flags.top, useModel: flags.llm };
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
    const askOne = (text: string, before: string | null) =>
      answer(knowledge, { ...options, before }, text, {
        format: flags.format,
        isOneOfMany: flags.i === true,
        output,
        hinted,
        signal,
      });
    try {
      for (const line of await knowledge.check(options.filters))
        process.stderr.write(`warning: ${plainText(line, LONGEST_WARNING)}\n`);
      if (question !== '') await askOne(question, null);
      if (flags.i) await converse(askOne, question === '' ? null : question, signal);
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

async function answer(
  knowledge: Knowledge,
  options: Parameters<Knowledge['ask']>[1],
  question: string,
  to: {
    readonly format: AskFlags['format'];
    readonly isOneOfMany: boolean;
    readonly output: Output;
    /** Languages that were hinted at. */
    readonly hinted: Set<string>;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { answer: given, note } = await knowledge.ask(question, options, to.signal);
  await hintAtLanguage(knowledge, question, to);
  if (note !== null)
    process.stderr.write(`warning: language model: ${plainText(note)}; the passages are quoted instead\n`);
  await to.output.write(
    to.format === 'json' ? `${JSON.stringify(given, null, to.isOneOfMany ? 0 : 2)}\n` : renderAnswer(given),
  );
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

/** A question a line until there are no more; what refers back is looked for together with the question before. */
async function converse(
  ask: (question: string, before: string | null) => Promise<void>,
  first: string | null,
  signal: AbortSignal,
): Promise<void> {
  const isTerminal = process.stdin.isTTY === true;
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: isTerminal, prompt: '? ' });
  const stop = () => lines.close();
  signal.addEventListener('abort', stop, { once: true });
  let before = first;
  try {
    if (isTerminal) lines.prompt();
    for await (const line of lines) {
      const question = line.trim().slice(0, LONGEST_QUESTION);
      if (question === 'exit' || question === 'quit') break;
      if (question !== '') await ask(question, before);
      if (question !== '') before = question;
      if (isTerminal) lines.prompt();
    }
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener('abort', stop);
    lines.close();
  }
}

function bad(message: string): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message });
}
