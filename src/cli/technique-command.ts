import { loadProcessConfig } from '../config/process-config.ts';
import { renderTechniques } from '../reports/render-techniques.ts';
import { plainText } from '../reports/words.ts';
import { type OpenStore, openStoreToAsk } from '../runtime/open-store.ts';
import { openTechniques } from '../runtime/open-techniques.ts';
import type { AskFlags } from './ask-flags.ts';
import { converse } from './converse.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { listenForInterruption } from './interruption.ts';
import { openStdout } from './output.ts';
import { withStore } from './with-store.ts';

const LONGEST_WARNING = 500;

/** `eras ask --technique`: which ATT&CK technique a text describes. No model, no network: equal texts give equal answers. */
export function runAskTechnique(text: string, { examples, top, format, i }: AskFlags): Promise<ExitCode> {
  const signal = listenForInterruption();
  const work = async (store: OpenStore): Promise<ExitCode> => {
    const finder = await openTechniques(store, examples);
    const output = openStdout();
    const tell = async (question: string) => {
      const answer = finder.find(question, top);
      const strangers = finder.strangersIn(question);
      if (strangers !== null) process.stderr.write(`warning: ${plainText(strangers, LONGEST_WARNING)}\n`);
      await output.write(format === 'json' ? `${JSON.stringify(answer, null, i ? 0 : 2)}\n` : renderTechniques(answer));
    };
    try {
      for (const line of finder.warnings) process.stderr.write(`warning: ${plainText(line, LONGEST_WARNING)}\n`);
      if (text !== '') await tell(text);
      if (i) await converse(tell, signal);
      return EXIT.done;
    } finally {
      finder.close();
    }
  };
  return withStore(loadProcessConfig(), work, openStoreToAsk);
}
