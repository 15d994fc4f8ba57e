import { describe, expect, it } from 'vitest';
import { HONEST_PROSE, toEvidence } from '../../../test/support/honest-prose.ts';
import { groundSentence } from './ground-sentence.ts';

/** What may be lost to the checks; the rest of it claims what no evidence says, or says it in words that lies use too. */
const LEAST_KEPT = 0.9;

describe('honest prose', () => {
  it('passes, nearly all of it', () => {
    const refused: string[] = [];
    let count = 0;
    for (const { evidence, sentences } of HONEST_PROSE) {
      const pieces = toEvidence(evidence);
      for (const text of sentences) {
        count += 1;
        const grounding = groundSentence({ text, evidence: pieces.map(({ id }) => id) }, pieces);
        if (!grounding.ok) refused.push(`${text} (${grounding.violation})`);
      }
    }
    expect(count).toBeGreaterThan(140);
    expect(1 - refused.length / count, refused.join('\n')).toBeGreaterThanOrEqual(LEAST_KEPT);
  });
});
