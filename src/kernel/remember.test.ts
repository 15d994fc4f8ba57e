import { describe, expect, it } from 'vitest';
import { remember } from './remember.ts';

describe('remember', () => {
  it('works once for each input, and forgets the one that was asked for longest ago', () => {
    const worked: string[] = [];
    const shout = remember(
      (text: string) => {
        worked.push(text);
        return { text: text.toUpperCase() };
      },
      (text) => text,
      2,
    );
    expect(shout('a')).toBe(shout('a'));
    shout('b');
    shout('a');
    shout('c');
    expect(worked).toEqual(['a', 'b', 'c']);
    expect(shout('b')).toEqual({ text: 'B' });
    expect(worked).toEqual(['a', 'b', 'c', 'b']);
  });
});
