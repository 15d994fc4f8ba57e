import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, ModelDesk } from '../language-model/model-desk.ts';
import { standsIn } from './stands-in.ts';
import { understandText } from './understand-text.ts';

const answering = (text: string): ModelDesk => ({
  ask: async (): Promise<Answer> => ({ kind: 'answered', text, model: 'fast' }),
  modelOf: () => 'fast',
});
const read = (text: string, answer: unknown) =>
  understandText(text, answering(JSON.stringify(answer)), new AbortController().signal);

describe('what a model understands', () => {
  it('is kept where it stands in the text', async () => {
    const text = 'Is Apache Log4j 2.14.1 on our Payment servers affected by cve 2021/44228?';
    expect(
      await read(text, {
        vulnerabilities: ['CVE-2021-44228'],
        products: [{ vendor: 'Apache', product: 'Log4j', version: '2.14.1' }],
        assets: ['payment servers'],
      }),
    ).toEqual({
      vulnerabilityIds: ['CVE-2021-44228'],
      products: [{ vendor: 'Apache', product: 'Log4j', version: '2.14.1' }],
      assets: ['payment servers'],
      by: 'fast',
    });
  });

  it('is dropped where it does not, however well known', async () => {
    const text = 'Log4Shell 2.141 hits the shop; 12021-442280 too';
    expect(
      await read(text, {
        vulnerabilities: ['CVE-2021-44228', 'GHSA-jfh8-c2jp-5v3q', 'nonsense'],
        products: [
          { vendor: 'apache', product: 'log4j', version: null },
          { vendor: 'Apache', product: 'Log4Shell', version: '2.14' },
        ],
        assets: ['sho', 'production database', ' ', 'the shop'],
      }),
    ).toEqual({
      vulnerabilityIds: [],
      products: [{ vendor: null, product: 'Log4Shell', version: null }],
      assets: ['the shop'],
      by: 'fast',
    });
  });

  it.each(['', '{}', 'sorry', '{"vulnerabilities":"CVE-2021-44228","products":[],"assets":[]}'])(
    'is nothing where the answer is %j',
    async (answer) => {
      const result = await understandText('a b', answering(answer), new AbortController().signal);
      expect(result).toEqual({ failed: expect.stringContaining('no answer that could be read') });
    },
  );

  it('is nothing where the model does not answer', async () => {
    const desk: ModelDesk = { ask: async () => ({ kind: 'too_dear', reason: 'over the cap' }), modelOf: () => '' };
    expect(await understandText('a b', desk, new AbortController().signal)).toEqual({ failed: 'over the cap' });
  });
});

it('finds whole words only', () => {
  const word = fc.stringMatching(/^[a-z]{2,6}$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), fc.nat(), fc.nat(), (words, from, length) => {
      const start = from % words.length;
      const part = words.slice(start, start + 1 + (length % words.length));
      expect(standsIn(words.join(', '), part.join('-').toUpperCase())).toBe(true);
      expect(standsIn(words.join(' '), `${part.join(' ')}zzzzzzzz`)).toBe(false);
    }),
  );
  expect([standsIn('version 1.23.', '1.2'), standsIn('version 1.23.', '1.23'), standsIn('a', '')]).toEqual([
    false,
    true,
    false,
  ]);
});
