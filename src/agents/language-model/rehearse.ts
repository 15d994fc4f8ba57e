import type { ModelProvider } from '../../domain/language-model/model-catalogue.ts';
import { NO_TOKENS } from '../../domain/language-model/token-usage.ts';
import { success } from '../../kernel/result.ts';
import type { LanguageModel, ModelPrompt } from '../../ports/language-model.ts';

/** Characters a token of prompts like ours, and tokens of what a model usually writes; for estimates only. */
const CHARACTERS_PER_TOKEN = 3.5;
const TOKENS_PER_FIELD = 70;
const TOKENS_OF_SUMMARY = 200;

/**
 * A model that is never asked: it answers as briefly as passes every check, and tells what a real one would have used. With it, an assessment
 * can be rehearsed by the very code that will run it.
 */
export function createRehearsalModel(provider: ModelProvider, isBatch: boolean): LanguageModel {
  let hasWrittenCache = false;
  return {
    provider,
    isBatch,
    async generate({ prompt }) {
      const fields = fieldsOf(prompt);
      const ids = [...prompt.evidence.matchAll(/<finding cveId="([^"]+)">/g)].map(([, id = '']) => id);
      const isSummary = fields === null;
      const answer = isSummary
        ? { text: [SENTENCE] }
        : {
            findings: ids.map((cveId) => ({
              cveId,
              ...Object.fromEntries(fields.map((field) => [field, [SENTENCE]])),
            })),
          };
      const stable = tokens(prompt.instructions);
      const output = isSummary ? TOKENS_OF_SUMMARY : ids.length * fields.length * TOKENS_PER_FIELD;
      const usage = {
        ...NO_TOKENS,
        input: tokens(prompt.evidence) + (prompt.isCached ? 0 : stable),
        cacheWrite5m: prompt.isCached && !hasWrittenCache ? stable : 0,
        cacheRead: prompt.isCached && hasWrittenCache ? stable : 0,
        output,
      };
      hasWrittenCache ||= prompt.isCached;
      return success({ text: JSON.stringify(answer), stop: 'end', usage });
    },
    countTokens: async () => null,
  };
}

const SENTENCE = { text: 'It is a vulnerability.', evidence: ['E1'] };

function tokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

/** The fields asked for of each finding; null where a summary is asked for. */
function fieldsOf({ schema }: ModelPrompt): string[] | null {
  const { properties } = schema as { properties?: { findings?: { items?: { properties?: object } } } };
  if (properties?.findings === undefined) return null;
  return Object.keys(properties.findings.items?.properties ?? {}).filter((name) => name !== 'cveId');
}
