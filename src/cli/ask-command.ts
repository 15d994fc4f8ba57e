import { loadProcessConfig } from '../config/process-config.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { renderAnswer } from '../reports/render-answer.ts';
import { plainText } from '../reports/words.ts';
import { createKnowledge } from '../runtime/create-knowledge.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { listenForInterruption } from './interruption.ts';
import { openStdout } from './output.ts';
import { readPairs } from './pairs.ts';
import { withStore } from './with-store.ts';

/** Flags of `eras ask`. */
export interface AskFlags {
  readonly filter: readonly string[];
  readonly top: number;
  readonly format: 'text' | 'json';
  readonly llm: boolean;
}

const LONGEST_QUESTION = 4000;

/** `eras ask`: "not in the documents" is an answer, too. */
export async function runAsk(words: readonly string[], flags: AskFlags): Promise<ExitCode> {
  const config = loadProcessConfig();
  const question = words.join(' ').trim();
  if (question === '') throw bad('there is no question; eras ask "Who owns the payment gateway?"');
  if (question.length > LONGEST_QUESTION) throw bad(`the question is longer than ${LONGEST_QUESTION} characters`);
  const filters = readPairs(flags.filter, '--filter');
  const signal = listenForInterruption();
  return withStore(config, async (store) => {
    const knowledge = createKnowledge(config, store, 1);
    try {
      const { documents } = await knowledge.state();
      if (documents === 0)
        process.stderr.write('warning: the knowledge base is empty; eras ingest PATH takes documents in\n');
      const options = { filters, top: flags.top, useModel: flags.llm };
      const { answer, note } = await knowledge.ask(question, options, signal);
      if (note !== null)
        process.stderr.write(`warning: language model: ${plainText(note)}; the passages are quoted instead\n`);
      const text = flags.format === 'json' ? `${JSON.stringify(answer, null, 2)}\n` : renderAnswer(answer);
      await openStdout().write(text);
      return EXIT.done;
    } finally {
      await knowledge.close();
    }
  });
}

function bad(message: string): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message });
}
