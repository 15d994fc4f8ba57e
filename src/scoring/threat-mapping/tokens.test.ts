import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findWords, joinTexts, MAX_TEXT_LENGTH } from './tokens.ts';

describe('joinTexts', () => {
  it('joins in lower case, without addresses and CVE ids', () => {
    expect(joinTexts(['See HTTPS://example.com/x for CVE-2021-44228', 'JNDI']).split(/\s+/)).toEqual([
      'see',
      'for',
      '.',
      'jndi',
      '.',
      '',
    ]);
  });

  it('is bounded whatever the length', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 12_000 }), { maxLength: 4 }), (texts) => {
        // Lower case may be longer (İ becomes two units), never more than thrice.
        expect(joinTexts(texts).length).toBeLessThanOrEqual(3 * (MAX_TEXT_LENGTH + 3));
      }),
    );
  });
});

describe('findWords', () => {
  it('leaves out the words of every advisory and folds plurals', () => {
    expect([...findWords('the attacker sends crafted packets via proxies to a bus')]).toEqual([
      'send',
      'crafted',
      'packet',
      'proxy',
      'bus',
    ]);
  });
});
