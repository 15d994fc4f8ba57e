import { describe, expect, it } from 'vitest';
import type { Evidence } from '../evidence.ts';
import { followSentences } from './sentence-progress.ts';

const evidence: Evidence[] = [
  { id: 'E1', topic: 'risk', text: 'level Critical, likelihood 5, impact 5', source: 'ERAS' },
  { id: 'E2', topic: 'kev', text: 'listed by CISA as exploited since 2021-12-10', source: 'CISA KEV' },
  { id: 'E3', topic: 'cvss', text: 'CVSS 10.0 CRITICAL', source: 'NVD' },
];

/** What is shown of a sentence that comes a character at a time. */
function follow(text: string, cited = ['E3']): string[] {
  const progress = followSentences();
  const shown = [...text].map((_, at) => progress.grow(text.slice(0, at + 1), evidence));
  return [...shown, progress.end({ text, evidence: cited }, evidence)].filter((piece) => piece !== '');
}

describe('a sentence that is being written', () => {
  const whole = 'The CVSS score of 10.0 says that an attacker needs nothing but the network.';

  it('is shown in pieces that make up the whole', () => {
    const pieces = follow(whole);
    expect(pieces.length).toBeGreaterThan(4);
    expect(pieces.join('')).toBe(`${whole} `);
  });

  it('is shown without the places of its evidence', () => {
    expect(follow('The CVSS score of 10.0 [E3] says that an attacker needs only the network.').join('')).toBe(
      'The CVSS score of 10.0 says that an attacker needs only the network. ',
    );
  });

  it('shows no number that evidence does not carry, and takes back what it began', () => {
    const shown = follow('The vulnerability in question here has a CVSS score of 3.1 and can wait.').join('');
    expect(shown).not.toContain('3.1');
    expect(shown).toMatch(/ \[…\] $/);
  });

  it('shows nothing of a judgement that contradicts the decided one', () => {
    expect(follow('It is not exploited by anybody.', ['E2']).join('')).toBe('');
  });

  it('takes back a sentence that names no evidence', () => {
    expect(follow(whole, []).join('')).toMatch(/ \[…\] $/);
  });

  it('begins anew with the next', () => {
    const progress = followSentences();
    progress.grow('The score is 9.9 and more words follow', evidence);
    progress.end({ text: 'The score is 9.9.', evidence: ['E3'] }, evidence);
    expect(progress.grow('One two three four five six ', evidence)).toBe('One two');
  });
});
