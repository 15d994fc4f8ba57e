import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLongWords } from './split-long-words.ts';

describe('long words', () => {
  it('break after punctuation, else every 16 characters; short ones stay', () => {
    expect(splitLongWords('a short text, in words')).toEqual(['a short text, in words']);
    expect(splitLongWords('at org.apache.logging.log4j now')).toEqual(['at org.', 'apache.', 'logging.', 'log4j now']);
    expect(splitLongWords('x'.repeat(40))).toEqual(['x'.repeat(16), 'x'.repeat(16), 'x'.repeat(8)]);
    expect(splitLongWords('authentication misconfiguration')).toEqual(['authentication misconfiguration']);
  });

  it('lose nothing and gain nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => splitLongWords(text).join('') === text),
    );
  });
});
