/** The checkable things in a text: each is a claim that evidence must carry. */
export interface TextTokens {
  readonly cveIds: readonly string[];
  readonly cweIds: readonly string[];
  readonly techniqueIds: readonly string[];
  readonly otherIds: readonly string[];
  /** As `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, `-MM-DD` or `-MM-`. */
  readonly dates: readonly string[];
  readonly versions: readonly string[];
  readonly numbers: readonly NumberToken[];
}

/** A number and where it stands; `decimals` tells how exactly it is said. */
export interface NumberToken {
  readonly value: number;
  readonly decimals: number;
  readonly unit: 'percent' | 'time' | null;
  /** A time in days; null where it is none. */
  readonly days: number | null;
  readonly at: number;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\\.?';
const DATE_FORMS: readonly { readonly form: RegExp; readonly read: (parts: readonly string[]) => string }[] = [
  { form: /\b(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]+Z?)?\b/g, read: ([, y = '', m = '', d = '']) => `${y}-${m}-${d}` },
  {
    form: new RegExp(`\\b${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b`, 'gi'),
    read: ([, m = '', d = '', y = '']) => `${y}-${monthNumber(m)}-${d.padStart(2, '0')}`,
  },
  {
    form: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+${MONTH},?\\s+(\\d{4})\\b`, 'gi'),
    read: ([, d = '', m = '', y = '']) => `${y}-${monthNumber(m)}-${d.padStart(2, '0')}`,
  },
  {
    form: new RegExp(`\\b${MONTH},?\\s+(\\d{4})\\b`, 'gi'),
    read: ([, m = '', y = '']) => `${y}-${monthNumber(m)}`,
  },
  // A day of no year: held against the end of a date.
  {
    form: new RegExp(`\\b${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b`, 'gi'),
    read: ([, m = '', d = '']) => `-${monthNumber(m)}-${d.padStart(2, '0')}`,
  },
  {
    form: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH}\\b`, 'gi'),
    read: ([, d = '', m = '']) => `-${monthNumber(m)}-${d.padStart(2, '0')}`,
  },
  // A month alone.
  {
    form: new RegExp(`\\b(?:in|since|by|until|before|during|of) ${MONTH}(?!\\w|\\s+\\d)`, 'gi'),
    read: ([, m = '']) => `-${monthNumber(m)}-`,
  },
  { form: /(?<![\d.])\b((?:19|20)\d{2})\b(?![.\d]*\d)(?!\s*(?:%|percent))/g, read: ([, y = '']) => y },
];

function monthNumber(name: string): string {
  return String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1).padStart(2, '0');
}

const NUMBER_WORDS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  fourteen: 14,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
};
const PERCENT = /^\s*(?:%|percent\b|per cent\b)/i;
const TIME_UNIT = /^[\s-]*(?:calendar\s+|business\s+|working\s+)?(day|hour|week|month|year|minute)s?\b/i;
const DAYS: Readonly<Record<string, number>> = {
  minute: 1 / 1440,
  hour: 1 / 24,
  day: 1,
  week: 7,
  month: 30,
  year: 365,
};

/** Takes a text apart. What is part of an id, a date or a version is no number of its own. */
export function tokensOf(text: string): TextTokens {
  let rest = text;
  const take = (form: RegExp): string[] => {
    const found: string[] = [];
    rest = rest.replace(form, (match) => {
      found.push(match);
      return ' '.repeat(match.length);
    });
    return found;
  };
  const otherIds = take(
    /\b(?:GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}|(?:RHSA|DSA|USN|ZDI|VU#|MS|BDU|JVNDB|ICSA)-?\d[\w:.-]*|KB\d{6,})\b/gi,
  );
  const cveIds = take(/\bCVE-\d{4}-\d{4,}\b/gi).map((id) => id.toUpperCase());
  const cweIds = take(/\bCWE-\d+\b/gi).map((id) => id.toUpperCase());
  const techniqueIds = take(/\bTA?\d{4}(?:\.\d{3})?\b/g);
  take(/\b(?:CVSS:[\d.]+\/)?(?:[A-Z]{1,3}:[A-Z]{1,2}\/){2,}[A-Z]{1,3}:[A-Z]{1,2}\b/g);
  take(/\bBOD \d{2}-\d{2}\b/g);
  const dates = DATE_FORMS.flatMap(({ form, read }) => {
    const found: string[] = [];
    rest = rest.replace(form, (...parts) => {
      found.push(read(parts.filter((part) => typeof part === 'string')));
      return ' '.repeat(String(parts[0]).length);
    });
    return found;
  });
  const versions = take(
    /(?<![\w.])v?\d+(?:\.\d+){2,}(?:[-.][a-z]+\.?\d*)*\b|(?<![\w.])v?\d+\.\d+-(?:alpha|beta|rc)\d*\b/gi,
  );
  return {
    cveIds,
    cweIds,
    techniqueIds,
    otherIds,
    dates,
    versions: versions.map(bareVersion),
    numbers: numbersOf(rest),
  };
}

/** A version without what only decorates it. */
export function bareVersion(version: string): string {
  return version.toLowerCase().replace(/^v/, '');
}

function numbersOf(text: string): NumberToken[] {
  const numbers: NumberToken[] = [];
  for (const match of text.matchAll(/(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.-])\d+(?:\.\d+)?(?![\w]|\.\d)/g)) {
    const digits = match[0].replaceAll(',', '');
    const after = text.slice(match.index + match[0].length);
    const value = Number(digits);
    const days = daysOf(value, after);
    const unit = PERCENT.test(after) ? 'percent' : days === null ? null : 'time';
    numbers.push({ value, decimals: digits.split('.')[1]?.length ?? 0, unit, days, at: match.index });
  }
  return [...numbers, ...spelledNumbersOf(text)];
}

function spelledNumbersOf(text: string): NumberToken[] {
  const numbers: NumberToken[] = [];
  for (const match of text.matchAll(/\b[a-z]+\b/gi)) {
    const value = NUMBER_WORDS[match[0].toLowerCase()];
    if (value === undefined) continue;
    const after = text.slice(match.index + match[0].length);
    const days = daysOf(value, after);
    const isShare = PERCENT.test(after);
    if (days === null && !isShare && isNoNumber(value, after)) continue;
    const unit = isShare ? 'percent' : days === null ? null : 'time';
    numbers.push({ value, decimals: 0, unit, days, at: match.index });
  }
  return numbers;
}

/** "One" is more often a pronoun, but not before a scale; and there are three impacts of everything. */
function isNoNumber(value: number, after: string): boolean {
  return (value === 1 && !/^ (?:out )?of five\b/i.test(after)) || (value === 3 && /^ impacts\b/i.test(after));
}

function daysOf(value: number, after: string): number | null {
  const unit = TIME_UNIT.exec(after)?.[1]?.toLowerCase();
  if (unit === undefined) return null;
  // Twelve months are a year, and one is thirty days.
  const isYears = unit === 'month' && value > 0 && value % MONTHS.length === 0;
  return isYears ? (value / MONTHS.length) * 365 : value * (DAYS[unit] ?? Number.NaN);
}
