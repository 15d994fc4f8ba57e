import type { Messages } from './messages/messages.ts';
import { formatNumber } from './number-format.ts';

/** An amount of USD in the reader's notation, without cents: estimates have none. */
export function usd(amount: number, { locale, usd: unit }: Messages): string {
  return `${unit} ${formatNumber(Math.round(amount), locale)}`;
}

/** A probability as a percentage of few digits; never rounded to certainty or to nothing. */
export function percent(probability: number, { locale }: Messages): string {
  const value = probability * 100;
  const say = (number: number, digits: number) =>
    `${formatNumber(number, locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })} %`;
  if (value > 99 && value < 100) return `> ${say(99, 0)}`;
  if (value > 0 && value < 0.1) return `< ${say(0.1, 1)}`;
  return say(value, value >= 10 || value === 0 ? 0 : 1);
}

/** A number of at most two decimals. */
export function decimal(value: number, { locale }: Messages, digits = 2): string {
  return formatNumber(value, locale, { maximumFractionDigits: digits });
}

/** A CVSS score, 0.0 to 10.0, with its one decimal. */
export function score(value: number, { locale }: Messages): string {
  return formatNumber(value, locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** A number of three significant digits: small rates are not nothing. */
export function significant(value: number, { locale }: Messages): string {
  return formatNumber(value, locale, { maximumSignificantDigits: 3 });
}

/** The day of a moment, `YYYY-MM-DD`. */
export function dayOf(moment: string): string {
  return moment.slice(0, 10);
}

/** The day a number of days later. */
export function daysLater(moment: string, days: number): string {
  return new Date(Date.parse(`${dayOf(moment)}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
