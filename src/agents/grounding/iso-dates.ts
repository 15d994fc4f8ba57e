const ENGLISH = 'january february march april may june july august september october november december'.split(' ');
const GERMAN = 'januar februar märz april mai juni juli august september oktober november dezember'.split(' ');
const NAME = [
  ...new Set([...ENGLISH, ...GERMAN, ...ENGLISH.map((name) => name.slice(0, 3)), 'sept', 'jän', 'mär', 'okt', 'dez']),
]
  .toSorted((left, right) => right.length - left.length)
  .join('|');
const DAY_FIRST = new RegExp(
  `(?<![\\p{L}\\p{N}.])(\\d{1,2})(?:st|nd|rd|th|\\.)?\\s+(?:of\\s+)?(${NAME})\\.?,?\\s+(\\d{4})(?![\\p{L}\\p{N}])`,
  'giu',
);
const MONTH_FIRST = new RegExp(
  `(?<![\\p{L}\\p{N}])(${NAME})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})(?![\\p{L}\\p{N}])`,
  'giu',
);
/** As in German; with points, where there is no other order of day and month. */
const WITH_POINTS = /(?<![\p{L}\p{N}.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?![\p{L}\p{N}]|\.\d)/gu;

/** A text with whole days that are written out, in English or German, or with points, as ISO 8601 has them: "31 March 2027" is `2027-03-31`. */
export function withIsoDates(text: string): string {
  return text
    .replace(DAY_FIRST, (all, day: string, month: string, year: string) => toIso(all, year, monthOf(month), day))
    .replace(MONTH_FIRST, (all, month: string, day: string, year: string) => toIso(all, year, monthOf(month), day))
    .replace(WITH_POINTS, (all, day: string, month: string, year: string) => toIso(all, year, Number(month), day));
}

function monthOf(name: string): number {
  const lower = name.toLowerCase().replace('jän', 'jan').replace(/^mär$/, 'märz');
  const at = [ENGLISH, GERMAN]
    .map((names) => names.findIndex((one) => one.startsWith(lower)))
    .find((place) => place !== -1);
  return (at ?? -1) + 1;
}

function toIso(all: string, year: string, month: number, day: string): string {
  if (month < 1 || month > 12 || Number(day) < 1 || Number(day) > 31) return all;
  return `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
}
