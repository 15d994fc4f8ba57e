import { splitWords } from '../../knowledge/words-in.ts';

const FROM_TO = /\bfrom\s+((?:\S+\s+){1,5}?)to\s+((?:\S+\s*){1,5})/gi;
const TO_FROM = /\bto\s+((?:\S+\s+){1,5}?)from\s+((?:\S+\s*){1,5})/gi;
/** What a number counts, where another unit makes another amount. */
const UNITS =
  /^[\s-]*(milliseconds?|ms|seconds?|sec|minutes?|min|hours?|days?|weeks?|months?|years?|[kmgtp]i?b(?:ps|it\/s)?|bytes?|bits?|eur|euros?|usd|dollars?|gbp|chf|thousand|million|billion|percent|%|€|\$)(?![\p{L}\p{N}])/iu;
const CURRENCY = /(?:€|\$|£|\b(?:eur|usd|gbp|chf))\s*$/i;
const SAME: Readonly<Record<string, string>> = {
  '%': 'percent',
  '€': 'eur',
  euro: 'eur',
  $: 'usd',
  dollar: 'usd',
  '£': 'gbp',
  m: 'ms',
  millisecond: 'ms',
  sec: 'second',
  min: 'minute',
};

/** A number, date or version that a sentence says something goes from, where a statement says that it goes to it; null where there is none. */
export function reversedDirectionIn(text: string, statement: string): string | null {
  const words = splitWords(statement);
  const told = directionsOf(statement);
  for (const [from, to] of directionsOf(text)) {
    if (!words.includes(from) || !words.includes(to)) continue;
    if (told.some(([one, other]) => one === from && other === to)) continue;
    const isTold = told.some(([one, other]) => one === to && other === from);
    if (isTold || words.indexOf(from) > words.indexOf(to)) return `from ${from}`;
  }
  return null;
}

function directionsOf(text: string): (readonly [string, string])[] {
  const firstWithDigit = (part: string) => splitWords(part).find((word) => /\p{N}/u.test(word)) ?? '';
  const pairs = [
    ...[...text.matchAll(FROM_TO)].map(([, from = '', to = '']) => [firstWithDigit(from), firstWithDigit(to)] as const),
    ...[...text.matchAll(TO_FROM)].map(([, to = '', from = '']) => [firstWithDigit(from), firstWithDigit(to)] as const),
  ];
  return pairs.filter(([from, to]) => from !== '' && to !== '' && from !== to);
}

/** A number with a unit that it does not have in the passage ("25 GB" of "25 MB"); null where there is none. Times are compared in days elsewhere. */
export function strangeUnitIn(text: string, cited: string): string | null {
  const known = measuresOf(cited);
  const found = measuresOf(text).find(
    ({ number, unit }) =>
      unit !== '' &&
      known.some((one) => one.number === number) &&
      !known.some((one) => one.number === number && one.unit === unit),
  );
  return found === undefined ? null : `${found.number} ${found.unit}`;
}

function measuresOf(text: string): { readonly number: string; readonly unit: string }[] {
  return [...text.matchAll(/(?<![\p{L}\p{N}.-])\p{N}+(?:[.,]\p{N}+)*/gu)].map(({ 0: number, index }) => {
    const [, after = ''] = UNITS.exec(text.slice(index + number.length)) ?? [];
    const [before = ''] = CURRENCY.exec(text.slice(0, index)) ?? [];
    const unit = (after || before)
      .trim()
      .toLowerCase()
      .replace(/(?<=\p{L})s$/u, '');
    return { number, unit: SAME[unit] ?? unit };
  });
}
