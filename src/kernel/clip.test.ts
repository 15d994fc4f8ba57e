import { describe, expect, it } from 'vitest';
import { clip, clipLine } from './clip.ts';

describe('text', () => {
  it('of the limit stays, longer text is cut to it', () => {
    expect(clip('abcd', 4)).toBe('abcd');
    expect(clip('abcde', 4)).toBe('abc…');
  });

  it('is not cut within a character of two units', () => {
    expect(clip('ab😀cd', 4)).toBe('ab…');
    expect(clip('a😀bcd', 4)).toBe('a😀…');
  });

  it('becomes a line without control and direction characters', () => {
    expect(clipLine(' a\n\u202eb\u2028c ', 10)).toBe('a b c');
  });
});
