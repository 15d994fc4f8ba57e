import { describe, expect, it } from 'vitest';
import { at, firstText, listOf, numberOf, textOf, textsOf, wholeTextOf } from './values.ts';

describe('readers of unknown documents', () => {
  it('cut long texts, never within a character, and leave those in which ids are looked for whole', () => {
    expect(textOf('x'.repeat(5000))).toHaveLength(4000);
    expect(textOf(`${'x'.repeat(3999)}😀`)).toBe('x'.repeat(3999));
    expect(wholeTextOf('x'.repeat(5000))).toHaveLength(5000);
  });

  it('take what is of another type for absent', () => {
    expect([null, undefined, {}, [], true, Number.NaN, ' '].map(textOf)).toEqual(Array(7).fill(null));
    expect(textsOf(['a', 1, null, { '#text': ' b ', '@x': '1' }])).toEqual(['a', '1', 'b']);
    expect([listOf(undefined), listOf(''), listOf('a'), listOf(['a'])]).toEqual([[], [], ['a'], ['a']]);
    expect([numberOf('7.5'), numberOf(''), numberOf('x'), numberOf(2)]).toEqual([7.5, null, null, 2]);
    expect(firstText(null, '', 'a', 'b')).toBe('a');
  });

  it('find own fields only', () => {
    expect(at({ a: { b: 1 } }, 'a', 'b')).toBe(1);
    expect(at({}, 'constructor', 'name')).toBeUndefined();
    expect(at(null, 'a')).toBeUndefined();
  });
});
