import { expect, it } from 'vitest';
import { foldCase } from './fold-case.ts';

it.each([
  ['Jürgen Straße', 'JÜRGEN STRASSE'],
  ['Straße', 'STRAẞE'],
  ['ΟΔΟΣ', 'οδος'],
  ['ZÜRICH', 'Zu\u0308rich'],
  ['ÉTÉ', 'été'],
])('%s and %s are the same but for their case', (left, right) => {
  expect(foldCase(left)).toBe(foldCase(right));
  expect(foldCase(foldCase(left))).toBe(foldCase(left));
});
