const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

// The three forms of an HTTP date (RFC 9110, section 5.6.7): IMF-fixdate, RFC 850, asctime. All mean GMT.
const IMF_FIXDATE = /^[a-z]{3}, (?<day>\d{2}) (?<month>[a-z]{3}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/i;
const RFC_850 = /^[a-z]{6,9}, (?<day>\d{2})-(?<month>[a-z]{3})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/i;
const ASCTIME = /^[a-z]{3} (?<month>[a-z]{3}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/i;

/**
 * How long a `Retry-After` header (RFC 9110, section 10.2.3) asks to wait, in milliseconds. A date in the past means
 * not at all; null where the header is missing or makes no sense, which is then ignored.
 */
export function parseRetryAfter(text: string | null, now: Date): number | null {
  const value = text?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const moment = parseHttpDate(value, now);
  return moment === null ? null : Math.max(0, moment - now.getTime());
}

function parseHttpDate(text: string, now: Date): number | null {
  const parts = (IMF_FIXDATE.exec(text) ?? RFC_850.exec(text) ?? ASCTIME.exec(text))?.groups;
  if (parts === undefined) return null;
  const month = MONTHS.indexOf((parts['month'] ?? '').toLowerCase());
  const [hour = 0, minute = 0, second = 0] = (parts['time'] ?? '').split(':').map(Number);
  const day = Number(parts['day']);
  const year = fullYear(parts['year'] ?? '', now);
  if (month === -1 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return null;
  return Date.UTC(year, month, day, hour, minute, second);
}

// A two-digit year that looks more than 50 years ahead lies in the past (RFC 9110, section 5.6.7).
function fullYear(text: string, now: Date): number {
  if (text.length === 4) return Number(text);
  const thisYear = now.getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(text);
  return year > thisYear + 50 ? year - 100 : year;
}
