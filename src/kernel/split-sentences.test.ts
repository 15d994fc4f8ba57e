import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentenceSpans, splitSentences } from './split-sentences.ts';

describe('a sentence', () => {
  it.each([
    'Die Frist läuft am 31. März 2027 um 24 Uhr ab.',
    'Der Vertrag gilt vom 1. bis zum 15. Mai, im 2. Quartal und ab der 3. Woche.',
    'Accepted by Dr. Karin Voss under Nr. 12, No. 7 and Fig. 3 of Abs. 2.',
    'Acme Inc. in Berlin and Acme Inc. Berlin hold it, z. B. Server, d. h. alles, z.B. Router, e.g. switches, i.e. all.',
    'It ends on Jan. 31 in the U.S. Army, approx. 3 hours vs. 4 hours.',
    'Es kostet ca. 3 Mio. Euro bzw. 24 Std. pro Jahr, usw. und so fort.',
    'J. R. Smith and K. Voss approve it.',
    '3. RETEST of all hosts.',
    'Es gilt ab 31.12. um 24 Uhr.',
  ])('goes on behind abbreviations, initials and ordinals: %s', (text) => {
    expect(splitSentences(text)).toEqual([text]);
  });

  it.each([
    'No. It is not.',
    'It is kept in the U.S. The copy is not.',
    'Acme Inc. It owns the server.',
    'It runs on version 2. It is old.',
    'Sie endet am 31. Danach gilt sie nicht.',
    'Server, Router usw. Alle sind gepatcht.',
    'It ends in Jan. Then it is renewed.',
    'It was fixed in 2024. Servers are patched.',
    'they are patched. all of them.',
  ])('ends where another one begins: %s', (text) => {
    const sentences = splitSentences(text);
    expect(sentences).toHaveLength(2);
    expect(sentences.join(' ')).toBe(text);
  });

  it('is the row of a table, whatever stands in its cells', () => {
    const row = 'Owner: Ann. Bob | Reason: It is shielded. It is old.';
    expect(splitSentences(`Two rows. Here:\n${row}\nThat is all. Yes.`)).toEqual([
      'Two rows.',
      'Here:',
      row,
      'That is all.',
      'Yes.',
    ]);
  });

  it('stands where it says, and nothing but space is between two', () => {
    const part = fc.constantFrom('Dr.', 'am', '31.', ' ', '\n', 'März', 'is', 'Host', '!', '。', ' | ', 'z. B.');
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('');
        let rest = text;
        for (const { at, text: own } of sentenceSpans(text).toReversed()) {
          expect(text.slice(at, at + own.length)).toBe(own);
          expect(rest.slice(at + own.length).trim()).toBe('');
          rest = rest.slice(0, at);
        }
        expect(rest.trim()).toBe('');
      }),
    );
  });
});
