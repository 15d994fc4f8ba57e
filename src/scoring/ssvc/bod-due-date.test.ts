import { describe, expect, it } from 'vitest';
import { BOD_TIMELINE } from '../../domain/ssvc/decision-points.ts';
import { BOD_TIMELINE_DAYS, bodDueDate } from './bod-due-date.ts';

describe('the due date of a BOD 26-04 timeline', () => {
  it.each([
    ['2026-06-10', '3_days_forensics', '2026-06-13'],
    ['2026-06-10', '3_days', '2026-06-13'],
    ['2026-02-20', '14_days', '2026-03-06'],
    ['2024-02-20', '14_days', '2024-03-05'],
    ['2026-11-22', '60_days', '2027-01-21'],
    ['2026-03-28', '3_days', '2026-03-31'],
    ['2026-06-10', 'next_upgrade', null],
  ] as const)('of %s with %s is %s', (start, timeline, due) => {
    expect(bodDueDate(start, timeline)).toBe(due);
  });

  it('has fewer days for each worse timeline', () => {
    expect(BOD_TIMELINE.map((timeline) => BOD_TIMELINE_DAYS[timeline])).toEqual([null, 60, 14, 3, 3]);
  });

  it.each(['', '2026-02-30', '2026-13-01', '2026-6-1', '2026-06-10T00:00:00Z', 'today'])('refuses "%s"', (start) => {
    expect(() => bodDueDate(start, '3_days')).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });
});
