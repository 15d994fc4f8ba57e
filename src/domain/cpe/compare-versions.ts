import { type ParsedVersion, parseVersion, type Qualifier } from './parse-version.ts';

/** Where a version stands to another one; `undecidable` where ecosystems disagree, or nothing is known. */
export type VersionOrder = 'before' | 'equal' | 'after' | 'undecidable';

/**
 * Compares versions of which nothing is known but their text, by rules on which semver 2.0.0, PEP 440, Maven, Debian and RPM agree, and by those
 * of vendors that NVD's records follow (decision record 17). Where they do not agree the order is `undecidable`.
 */
export function compareVersions(first: string, second: string): VersionOrder {
  if (first.trim().toLowerCase() === second.trim().toLowerCase()) return 'equal';
  const [one, other] = [parseVersion(first), parseVersion(second)];
  if (one === null || other === null) return 'undecidable';
  const order = comparePart(one, other);
  return order === null ? 'undecidable' : order < 0 ? 'before' : order > 0 ? 'after' : 'equal';
}

/** Negative, 0, positive; null is undecidable. */
type Order = number | null;

function comparePart(one: ParsedVersion, other: ParsedVersion): Order {
  for (const compare of [compareEpochs, compareReleases, compareLetters, compareQualifiers, compareBuilds]) {
    const order = compare(one, other);
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
  return compareLists(one.numbers, other.numbers);
}

function isDay(number: string | undefined): boolean {
  return number !== undefined && /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(number);
}

/** `1.0.2` < `1.0.2a` < `1.0.2z` < `1.0.2za`. `1.0a` may be an alpha as well, as `1.0b` and `1.0c` may be no release. */
function compareLetters(one: ParsedVersion, other: ParsedVersion): Order {
  const [first, second] = [one.letter, other.letter];
  if (first === second) return 0;
  if (first !== null && second !== null) return first.length - second.length || (first < second ? -1 : 1);
  const lettered = first === null ? other : one;
  if (/^[abc]$/.test(lettered.letter ?? '') && lettered.numbers.length < 3) return null;
  return first === null ? -1 : 1;
}

function compareQualifiers(one: ParsedVersion, other: ParsedVersion): Order {
  const most = Math.max(one.qualifiers.length, other.qualifiers.length);
  for (let index = 0; index < most; index += 1) {
    const [first, second, last] = [one.qualifiers[index], other.qualifiers[index], one.qualifiers[index - 1]];
    const order = compareTwo(first, second, last);
    if (order !== 0) return order;
  }
  return 0;
}

function compareTwo(first: Qualifier | undefined, second: Qualifier | undefined, last: Qualifier | undefined): Order {
  if (first === undefined || second === undefined) {
    const order = sideOf(first ?? second, last);
    return order === null || second === undefined ? order : -order;
  }
  if (first.kind === second.kind) return compareCounts(first, second);
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
