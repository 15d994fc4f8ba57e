import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from './retry-after.ts';

const NOW = new Date('2026-03-01T12:00:00Z');

describe('parseRetryAfter', () => {
  it.each([
    ['5', 5000],
    ['0', 0],
    [' 120 ', 120_000],
    ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
    ['Fri, 31 Dec 1999 23:59:59 GMT', 0],
    ['Sunday, 01-Mar-26 12:00:10 GMT', 10_000],
    ['Friday, 31-Dec-99 23:59:59 GMT', 0],
    ['Sun Mar  1 12:01:00 2026', 60_000],
    ['Wed Mar 11 12:00:00 2026', 10 * 86_400_000],
  ])('reads "%s"', (text, milliseconds) => {
    expect(parseRetryAfter(text, NOW)).toBe(milliseconds);
  });

  it.each([
    null,
    '',
    'soon',
    '-5',
    '1.5',
    '5 s',
    'Sun, 01 Foo 2026 12:00:30 GMT',
    'Sun, 41 Mar 2026 12:00:30 GMT',
    '2026-03-01T12:00:30Z',
  ])('takes no notice of %j', (text) => {
    expect(parseRetryAfter(text, NOW)).toBeNull();
  });
});
