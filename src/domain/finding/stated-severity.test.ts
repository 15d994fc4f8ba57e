import { expect, it } from 'vitest';
import { parseStatedSeverity, worstStatedSeverity } from './stated-severity.ts';

it.each([
  ['Critical', 'critical'],
  [' important ', 'high'],
  ['MODERATE', 'medium'],
  ['Negligible', 'low'],
  ['unknown', null],
  ['7.5', null],
  ['', null],
])('%j is %s', (word, severity) => {
  expect(parseStatedSeverity(word)).toBe(severity);
});

it('of several, the worst counts; of none, none', () => {
  expect(worstStatedSeverity(['low', null, 'High', 'medium'])).toBe('high');
  expect(worstStatedSeverity([null, 'unknown'])).toBeNull();
});
