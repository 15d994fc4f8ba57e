import { ANSWER_INSTRUCTIONS } from '../answering/prompt.ts';
import { REPORT_INSTRUCTIONS } from '../report/prompt.ts';
import { THREAT_INSTRUCTIONS } from '../threat/prompt.ts';
import { VULNERABILITY_INSTRUCTIONS } from '../vulnerability/prompt.ts';

/** So many words of a prompt in a row are no chance. */
const RUN = 5;

const RUNS: ReadonlySet<string> = new Set(
  [VULNERABILITY_INSTRUCTIONS, THREAT_INSTRUCTIONS, REPORT_INSTRUCTIONS, ANSWER_INSTRUCTIONS].flatMap((text) =>
    runsOf(text),
  ),
);

/** Whether a sentence repeats what the model was told to do. */
export function repeatsPrompt(sentence: string): boolean {
  return runsOf(sentence).some((run) => RUNS.has(run));
}

function runsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.slice(0, Math.max(0, words.length - RUN + 1)).map((_, at) => words.slice(at, at + RUN).join(' '));
}
