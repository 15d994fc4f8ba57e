import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storableText } from './storable-text.ts';

describe('what every store can keep of a text', () => {
  it.each([
    ['a\0b', 'a\uFFFDb'],
    ['\uD800', '\uFFFD'],
    ['x\uDC00y', 'x\uFFFDy'],
    ['\uDC00\uD800', '\uFFFD\uFFFD'],
    ['log4j 😀 é', 'log4j 😀 é'],
  ])('keeps %j as %j', (text, kept) => expect(storableText(text)).toBe(kept));

  it('is what comes back out of UTF-8', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
        (text) => {
          const kept = storableText(text);
          expect(Buffer.from(kept).toString()).toBe(kept);
          expect(kept).not.toContain('\0');
          expect(kept).toHaveLength(text.length);
        },
      ),
    );
  });
});
