import { expect, it } from 'vitest';
import { DEFAULT_TEMPLATE } from '../reports/document/template.ts';
import { unreadableStyles } from './unreadable-styles.ts';

const of = (unreadable: readonly string[]) =>
  unreadableStyles({ template: { ...DEFAULT_TEMPLATE, word: { styles: '', theme: null, unreadable } } });

it('styles of a Word template that cannot be read are one line; none is none', () => {
  expect(unreadableStyles({ template: DEFAULT_TEMPLATE })).toBeNull();
  expect(of([])).toBeNull();
  expect(of(['Normal', 'a\nb'])).toMatch(
    /^warning: the Word template has text that cannot be read .* in "Normal", "a b": /,
  );
  expect(of('abcdefg'.split(''))).toContain('"e" and 2 more: ');
});
