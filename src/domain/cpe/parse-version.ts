/** On which side of the release that it qualifies a word puts a version; null: usage differs. */
type Side = 'before' | 'after' | null;

/** What stands behind the numbers of a version: `-rc1`, `sp2`, `_291`. */
export interface Qualifier {
  readonly kind: string;
  readonly side: Side;
  readonly numbers: readonly string[];
  /** Written as `_291`, which is an update to Java, and the next number to RPM and to those who write `1_4_2`. */
  readonly isUnderscore?: true;
}

/** A version taken apart. */
export interface ParsedVersion {
  /** `1` of `1:2.3`; null without one. */
  readonly epoch: string | null;
  /** Without leading zeros, from the left. */
  readonly numbers: readonly string[];
  /** The patch letters of OpenSSL and others: `k` of `1.0.2k`, `zh` of `0.9.8zh`. */
  readonly letter: string | null;
  readonly qualifiers: readonly Qualifier[];
  /** What follows a `+`; it tells builds apart and orders nothing. */
  readonly build: string | null;
}

const LONGEST_VERSION = 200;

/** Words that all ecosystems read alike (semver 2.0.0, PEP 440, Maven's ComparableVersion), and those of vendors for what mends a release. */
const BEFORE: Readonly<Record<string, string>> = {
  alpha: 'alpha',
  beta: 'beta',
  milestone: 'milestone',
  m: 'milestone',
  rc: 'rc',
  cr: 'rc',
  dev: 'dev',
  snapshot: 'snapshot',
  pre: 'pre',
  preview: 'preview',
};
const AFTER: Readonly<Record<string, string>> = {
  p: 'patch',
  pl: 'patch',
  patch: 'patch',
  sp: 'sp',
  u: 'update',
  update: 'update',
  hf: 'hotfix',
  hotfix: 'hotfix',
  post: 'post',
  fp: 'fixpack',
  cu: 'cu',
};
/** Words for the release itself. */
const RELEASE = new Set(['final', 'ga', 'release']);
/** PEP 440's and Maven's short forms of alpha, beta and rc between digits (`1.0b2`), which are patches to vendors, Debian and RPM. `-b12` is a build as often as a beta. */
const SHORT = /^[abc]$/;
/** What such a form is called as the kind of a qualifier, before its letter. */
export const SHORT_KIND = 'letter ';

/** Takes a version apart; null where it is none of numbers with dots, so that nothing can be said of its order. */
export function parseVersion(text: string): ParsedVersion | null {
  if (text.length > LONGEST_VERSION) return null;
  const [version = '', build = null] = splitOnce(text.trim().toLowerCase(), '+');
  const bare = version.replace(/^v(?:ersion)?[\s._-]*(?=\d)/, '');
  // A branch (1.x), and the hash of a commit, have no place in an order.
  if (/(?:^|\.)x(?:$|\.)/.test(bare)) return null;
  if (/^(?=.*\d)(?=.*[a-f])[0-9a-f]{7,40}$/.test(bare)) return null;
  const [, epoch = null, rest = ''] = /^(?:(\d+):)?(.*)$/s.exec(bare) ?? [];
  // A date is three numbers, however they are separated.
  const dated = rest.replace(/^((?:19|20)\d\d)[-_/](0[1-9]|1[0-2])[-_/](0[1-9]|[12]\d|3[01])(?!\d)/, '$1.$2.$3');
  const numbers = /^\d+(?:\.\d+)*/.exec(dated)?.[0];
  if (numbers === undefined) return null;
  const behind = dated.slice(numbers.length);
  const letter = /^[a-z]{1,2}(?![a-z0-9])/.exec(behind)?.[0] ?? null;
  const isLetter = letter !== null && !isWord(letter);
  const qualifiers = readQualifiers(isLetter ? behind.slice(letter.length) : behind);
  if (qualifiers === null) return null;
  return {
    epoch: epoch === null ? null : trimZeros(epoch),
    numbers: toNumbers(numbers),
    letter: isLetter ? letter : null,
    qualifiers,
    build,
  };
}

function isWord(letters: string): boolean {
  return letters.length > 1 && (letters in BEFORE || letters in AFTER || RELEASE.has(letters));
}

const QUALIFIER = /^([-_.~ ]?)(?:([a-z]+)(?:[-_.]?(\d+(?:\.\d+)*))?|(?<=[-_.~ ])(\d+(?:\.\d+)*))/;

function readQualifiers(text: string): Qualifier[] | null {
  const qualifiers: Qualifier[] = [];
  for (let left = text; left !== ''; ) {
    const [all, separator = '', word, counted, alone] = QUALIFIER.exec(left) ?? [];
    if (all === undefined || all === '') return null;
    left = left.slice(all.length);
    if (word === undefined) qualifiers.push(toNumberQualifier(separator, alone ?? ''));
    else if (!RELEASE.has(word) || counted !== undefined) qualifiers.push(toQualifier(separator, word, counted));
  }
  return qualifiers;
}

/** A number alone: `1.8.0_291` is an update; `1.2-3` is a pre-release to semver, and what Debian, RPM and Maven put after. */
function toNumberQualifier(separator: string, digits: string): Qualifier {
  const numbers = toNumbers(digits);
  if (separator === '_') return { kind: 'update', side: 'after', numbers, isUnderscore: true };
  return { kind: separator, side: separator === '~' ? 'before' : null, numbers };
}

function toQualifier(separator: string, word: string, digits: string | undefined): Qualifier {
  const numbers = digits === undefined ? [] : toNumbers(digits);
  if (separator === '' && numbers.length > 0 && SHORT.test(word))
    return { kind: `${SHORT_KIND}${word}`, side: null, numbers };
  // `1cr1` is the first post-release of a candidate to PEP 440.
  const isGlued = word === 'cr' && separator === '';
  const before = Object.hasOwn(BEFORE, word) && !isGlued ? BEFORE[word] : undefined;
  if (before !== undefined) return { kind: before, side: 'before', numbers };
  const after = Object.hasOwn(AFTER, word) ? AFTER[word] : undefined;
  return { kind: after ?? `"${word}"`, side: after === undefined ? null : 'after', numbers };
}

function toNumbers(digits: string): string[] {
  return digits.split('.').map(trimZeros);
}

function trimZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
