import { createInterface } from 'node:readline/promises';

/** Longest question, characters. */
export const LONGEST_QUESTION = 4000;

/** A question a line from standard input, until there are no more or one says `exit`. */
export async function converse(ask: (question: string) => Promise<void>, signal: AbortSignal): Promise<void> {
  const isTerminal = process.stdin.isTTY === true;
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: isTerminal, prompt: '? ' });
  const stop = () => lines.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (isTerminal) lines.prompt();
    for await (const line of lines) {
      const question = line.trim().slice(0, LONGEST_QUESTION);
      if (question === 'exit' || question === 'quit') break;
      if (question !== '') await ask(question);
      if (isTerminal) lines.prompt();
    }
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener('abort', stop);
    lines.close();
  }
}
