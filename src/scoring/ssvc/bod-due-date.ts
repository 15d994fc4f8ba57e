import type { BodTimeline } from '../../domain/ssvc/decision-points.ts';
import { RiskError } from '../../kernel/risk-error.ts';

/** Calendar days that CISA BOD 26-04 gives for each timeline; null where no day is set. */
export const BOD_TIMELINE_DAYS: Readonly<Record<BodTimeline, number | null>> = {
  next_upgrade: null,
  '60_days': 60,
  '14_days': 14,
  '3_days': 3,
  '3_days_forensics': 3,
};

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * The last day of a timeline that starts on `startDay`, both `YYYY-MM-DD` in UTC; null for `next_upgrade`, which has no
 * day. Throws a `RiskError` of code `BAD_INPUT` where `startDay` is not a calendar day.
 */
export function bodDueDate(startDay: string, timeline: BodTimeline): string | null {
  const start = new Date(`${startDay}T00:00:00Z`);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(startDay) && !Number.isNaN(start.getTime());
  // The date constructor turns 30 February into 2 March, which the second look catches.
  if (!isDay || !start.toISOString().startsWith(startDay)) {
    throw new RiskError({
      code: 'BAD_INPUT',
      message: 'the start of a remediation timeline is not a day (YYYY-MM-DD)',
    });
  }
  const days = BOD_TIMELINE_DAYS[timeline];
  if (days === null) return null;
  return new Date(start.getTime() + days * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}
