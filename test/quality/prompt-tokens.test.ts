import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countTokens } from 'gpt-tokenizer';
import { describe, expect, it } from 'vitest';
import { VERBOSE_REPORT, VERBOSE_THREAT, VERBOSE_VULNERABILITY } from '../../bench/verbose-prompts.ts';
import { REPORT_INSTRUCTIONS, REPORT_PROMPT_VERSION } from '../../src/agents/report/prompt.ts';
import { THREAT_INSTRUCTIONS, THREAT_PROMPT_VERSION } from '../../src/agents/threat/prompt.ts';
import { VULNERABILITY_INSTRUCTIONS, VULNERABILITY_PROMPT_VERSION } from '../../src/agents/vulnerability/prompt.ts';

const PROMPTS = [
  { version: VULNERABILITY_PROMPT_VERSION, text: VULNERABILITY_INSTRUCTIONS, verbose: VERBOSE_VULNERABILITY },
  { version: THREAT_PROMPT_VERSION, text: THREAT_INSTRUCTIONS, verbose: VERBOSE_THREAT },
  { version: REPORT_PROMPT_VERSION, text: REPORT_INSTRUCTIONS, verbose: VERBOSE_REPORT },
];
/** Tokens of each prompt by version, as they were committed: a changed text needs a new version, and its line here shows what it costs. */
const BASELINE: Readonly<Record<string, number>> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'prompt-tokens.baseline.json'), 'utf8'),
);

describe.each(PROMPTS)('the prompt $version', ({ version, text, verbose }) => {
  it('has the tokens of its version', () => {
    expect(countTokens(text), `a changed prompt needs a new version and a new line`).toBe(BASELINE[version]);
  });

  it('has at least a quarter fewer than a verbose one', () => {
    expect(countTokens(text)).toBeLessThanOrEqual(0.75 * countTokens(verbose));
  });
});
