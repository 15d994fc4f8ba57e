import { type ParsedVersion, parseVersion, type Qualifier, SHORT_KIND } from './parse-version.ts';

/** Where a version stands to another one; `undecidable` where ecosystems disagree, or nothing is known. */
export type VersionOrder = 'before' | 'equal' | 'after' | 'undecidable';

/** What is known of how the versions of a product are numbered. */
export interface VersionScheme {
  /** Whether letters are patches (OpenSSL), and no pre-releases (PEP 440). */
  readonly hasPatchLetters?: boolean;
}

/**
 * Compares versions of which nothing is known but their text, by rules on which semver 2.0.0, PEP 440, Maven, Debian and RPM agree, and by those
 * of vendors that NVD's records follow (decision record 17). Where they do not agree the order is `undecidable`.
 */
export function compareVersions(first: string, second: string, scheme: VersionScheme = {}): VersionOrder {
  if (first.trim().toLowerCase() === second.trim().toLowerCase()) return 'equal';
  const [one, other] = [parseVersion(first), parseVersion(second)];
  if (one === null || other === null) return 'undecidable';
  const order = compareParts(one, other, scheme);
  return order === null ? 'undecidable' : order < 0 ? 'before' : order > 0 ? 'after' : 'equal';
}

/** Negative, 0, positive; null is undecidable. */
type Order = number | null;

function compareParts(one: ParsedVersion, other: ParsedVersion, scheme: VersionScheme): Order {
  for (const compare of [compareEpochs, compareReleases, compareLetters, compareQualifiers, compareBuilds]) {
    const order = compare(one, other, scheme);
    if (order !== 0) return order;
  }
  return 0;
}

/** Who leaves the epoch out may mean any. */
function compareEpochs(one: ParsedVersion, other: ParsedVersion): Order {
  const [first, second] = [one.epoch, other.epoch];
  if (first === second) return 0;
  if (first === null || second === null) return (first ?? second) === '0' ? 0 : null;
  return compareNumbers(first, second);
}

/** Numbers from the left, those that are missing are 0. A day in one number (20210304) is of another scheme than numbers with dots. */
function compareReleases(one: ParsedVersion, other: ParsedVersion): Order {
  if (isDay(one.numbers[0]) !== isDay(other.numbers[0])) return null;
  const order = compareLists(one.numbers, other.numbers);
  return order !== 0 && (isContinued(one, other) || isContinued(other, one)) ? null : order;
}

/** `1.8.0_291` may be `1.8.0.291`, and so after `1.8.0.5`; `1_4_2` may be `1.4.2`. */
function isContinued({ numbers, qualifiers: [first] }: ParsedVersion, other: ParsedVersion): boolean {
  return first?.isUnderscore === true && compareLists(numbers, other.numbers.slice(0, numbers.length)) === 0;
}

function isDay(number: string | undefined): boolean {
  return number !== undefined && /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(number);
}

/** `1.0.2d` < `1.0.2k`. Against the release `a`, `b` and `c` are patches to some (OpenSSL, Debian, RPM), and pre-releases to others (PEP 440). */
function compareLetters(one: ParsedVersion, other: ParsedVersion, { hasPatchLetters = false }: VersionScheme): Order {
  const [first, second] = [one.letter, other.letter];
  if (first === second) return 0;
  if (first !== null && second !== null) return compareTwoLetters(first, second);
  const [lettered, bare] = first === null ? [other, one] : [one, other];
  const behind = bare.qualifiers[0];
  // What is a patch in another way is in no order with a letter.
  if (behind !== undefined && behind.side !== 'before') return null;
  if (!hasPatchLetters && /^[abc]$/.test(lettered.letter ?? '')) return null;
  return first === null ? -1 : 1;
}

/** `z` < `za`; whether `aa` is after `z`, as columns are, or before `b`, as words are, nobody knows. */
function compareTwoLetters(first: string, second: string): Order {
  const [byLength, byText] = [first.length - second.length, first < second ? -1 : 1];
  return byLength === 0 || byLength < 0 === byText < 0 ? byText : null;
}

function compareQualifiers(one: ParsedVersion, other: ParsedVersion): Order {
  const most = Math.max(one.qualifiers.length, other.qualifiers.length);
  for (let index = 0; index < most; index += 1) {
    const [first, second, last] = [one.qualifiers[index], other.qualifiers[index], one.qualifiers[index - 1]];
    const order = compareTwo(first, second, last);
    if (order !== 0) return isOneText(one, other, index) && !isLaterLonger(one, other, order) ? null : order;
  }
  return 0;
}

/** To semver, whose releases have three numbers, what is behind the number of a pre-release belongs to it: `1.0.0-5030-r780` is after `1.0.0-5050`. */
function isOneText(one: ParsedVersion, other: ParsedVersion, index: number): boolean {
  const isNumber = [one, other].every(
    ({ numbers, qualifiers }) => numbers.length === 3 && qualifiers[index]?.kind === '-',
  );
  return isNumber && Math.max(one.qualifiers.length, other.qualifiers.length) > index + 1;
}

/** Text is after numbers there. */
function isLaterLonger(one: ParsedVersion, other: ParsedVersion, order: Order): boolean {
  const longer = one.qualifiers.length - other.qualifiers.length;
  return order !== null && longer !== 0 && order > 0 === longer > 0;
}

function compareTwo(first: Qualifier | undefined, second: Qualifier | undefined, last: Qualifier | undefined): Order {
  if (first === undefined || second === undefined) {
    const order = sideOf(first ?? second, last);
    return order === null || second === undefined ? order : -order;
  }
  return first.kind === second.kind ? compareCounts(first, second) : compareKinds(first, second);
}

function compareKinds(first: Qualifier, second: Qualifier): Order {
  const isShort = [first, second].every(({ kind }) => kind.startsWith(SHORT_KIND));
  if (isShort) return first.kind < second.kind ? -1 : 1;
  if (first.side === null || second.side === null) return null;
  if (first.side !== second.side) return first.side === 'before' ? -1 : 1;
  return first.side === 'before' ? compareStages(first.kind, second.kind) : null;
}

/** Where a version with a qualifier is to the same without. Of a pre-release's own pre-releases semver and PEP 440 say the opposite. */
function sideOf(qualifier: Qualifier | undefined, last: Qualifier | undefined): Order {
  if (qualifier?.side === 'after') return 1;
  return qualifier?.side === 'before' && last?.side !== 'before' ? -1 : null;
}

/** `rc` < `rc1` < `rc2`; whether `sp` is `sp1` is anybody's guess, and a word that is not known may be part of a hash. */
function compareCounts({ kind, numbers: one, side }: Qualifier, { numbers: other }: Qualifier): Order {
  if (kind.startsWith('"')) return one.join('.') === other.join('.') ? 0 : null;
  if (one.length === 0 || other.length === 0) {
    if (one.length === other.length) return 0;
    const isCounted = [...one, ...other].some((number) => number !== '0');
    return side === 'before' && isCounted ? one.length - other.length : null;
  }
  const order = compareLists(one, other);
  return order === 0 && one.length !== other.length ? null : order;
}

/** The stages on whose order all agree. */
const STAGES = ['alpha', 'beta', 'rc'];

function compareStages(first: string, second: string): Order {
  const [one, other] = [STAGES.indexOf(first), STAGES.indexOf(second)];
  return one < 0 || other < 0 ? null : one - other;
}

function compareBuilds(one: ParsedVersion, other: ParsedVersion): Order {
  return one.build === other.build ? 0 : null;
}

function compareLists(one: readonly string[], other: readonly string[]): number {
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const order = compareNumbers(one[index] ?? '0', other[index] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

/** Digits without leading zeros, however many. */
function compareNumbers(first: string, second: string): number {
  if (first.length !== second.length) return first.length - second.length;
  return first === second ? 0 : first < second ? -1 : 1;
}
