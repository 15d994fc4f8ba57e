import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, cleanText, inertLine, inertText, shownAliases } from './safe-text.ts';

/** Any UTF-16, halves of characters among it. */
const codeUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 })
  .map((units) => String.fromCharCode(...units));

describe('text from outside', () => {
  it.each([
    ['a\r\nb\tc\u0000\u202e', 'a\nb c'],
    ['\ud800x\udc00', '\ufffdx\ufffd'],
    ['', ''],
  ])('%j is cleaned to %j', (text, clean) => expect(cleanText(text)).toBe(clean));

  it.each([
    ['<script>', '< script>'],
    ['< 2.17.1, <= 3, <3', '< 2.17.1, <= 3, <3'],
    ['[a](b) [c]: d ![e][f]', '[a] (b) [c] : d ![e] [f]'],
    ['{0} {a}', '{ 0} {a}'],
    ['&lt;', '& lt;'],
    ['javascript:alert(1)', 'javascript: alert(1)'],
    ['data: 3', 'data: 3'],
  ])('%j does nothing as %j', (text, inert) => expect(inertText(text)).toBe(inert));

  it('is bounded, never holds a half of a character or a control character, and stays what it is', () => {
    fc.assert(
      fc.property(codeUnits, fc.integer({ min: 1, max: 100 }), (text, limit) => {
        const clean = cleanText(text, limit);
        expect(clean.length).toBeLessThanOrEqual(limit);
        expect(clean).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Cs}/u);
        expect(cleanText(clean, limit)).toBe(clean);
        for (const line of [cleanLine(text, limit), inertLine(text, limit)]) expect(line).not.toMatch(/\n/);
      }),
    );
  });

  it('lists other ids once', () => expect(shownAliases(['a', 'a', ' ', 'b'])).toEqual(['a', 'b']));
});
