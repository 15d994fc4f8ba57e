import { describe, expect, it } from 'vitest';
import { type Spoken, weighWords } from './weigh-words.ts';

const shareOfWords = (words: readonly string[], passages: readonly Spoken[]) => weighWords(words, passages).shares;
const passage = (text: string) => ({ text, section: null, document: { title: '' } });

describe('the share of telling words', () => {
  const passages = [
    passage('The number of people who help.'),
    passage('A number.'),
    passage('Numbers help.'),
    passage('The desk has a phone; its number is 1.'),
  ];

  it('is of whole words, of which rarer ones count more', () => {
    const [generic, , , telling] = shareOfWords(['phone', 'number', 'help', 'desk'], passages);
    expect(generic).toBeLessThan(0.5);
    expect(telling).toBeGreaterThan(0.5);
  });

  it('is 1 with all of them and 0 with none', () => {
    expect(shareOfWords(['numbers', 'helping'], passages)[2]).toBe(1);
    expect(shareOfWords(['firewall'], passages)).toEqual([0, 0, 0, 0]);
    expect(shareOfWords([], passages)).toEqual([0, 0, 0, 0]);
  });

  it('is half or more of a question that a single passage has half of', () => {
    expect(shareOfWords(['telnet', 'allowed'], [passage('Telnet is forbidden.')])).toEqual([0.5]);
  });
});
