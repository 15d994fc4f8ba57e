import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, type VersionOrder } from './compare-versions.ts';

const OPPOSITE = { before: 'after', after: 'before', equal: 'equal', undecidable: 'undecidable' } as const;

/** Rising, each after all before it. */
const RISING: readonly (readonly string[])[] = [
  ['0.9.8', '0.9.8d', '0.9.8z', '0.9.8za', '0.9.8zh', '1.0.0', '1.0.1', '1.0.1f', '1.0.1g', '1.0.2', '1.0.2k'],
  ['2.0-alpha1', '2.0-beta9', '2.0-rc1', '2.0-rc2', '2.0', '2.0.1', '2.3.1', '2.12.2', '2.15.0', '2.100'],
  ['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0'],
  ['1.0.dev1', '1.0', '1.0.post1', '1.0.1'],
  ['5.0-SNAPSHOT', '5.0', '5.0-SP1', '5.0-SP2', '5.1'],
  ['1.8.0', '1.8.0_05', '1.8.0_291', '1.8.0:update300'.replace(':', '-'), '9'],
  ['2021-03-04', '2021-04-01', '2022.1.1'],
  ['20210304', '20210401', '20220101'],
  ['1:1.0', '1:2.0', '2:0.1'],
  ['2024a', '2024b', '2025a'],
  ['1.2.3a', '1.2.3b', '1.2.3k', '1.2.3.1'],
  ['1.2.3a1', '1.2.3a2', '1.2.3b1', '1.2.4'],
  ['1_4_2', '1_4_3', '2.0'],
  ['6.2.3-25423', '6.2.3-25426-3', '6.2.3-25426-4'],
  ['7.4', '7.4p1', '7.5'],
  ['1.2.3-4', '1.2.3-5', '1.2.4-1'],
  ['9', '10', '99999999999999999999998', '99999999999999999999999'],
];

describe('versions', () => {
  it.each(RISING)('rise: %s …', (...versions) => {
    for (const [index, one] of versions.entries()) {
      for (const other of versions.slice(index + 1)) {
        expect([one, other, compareVersions(one, other)]).toEqual([one, other, 'before']);
        expect([other, one, compareVersions(other, one)]).toEqual([other, one, 'after']);
      }
    }
  });

  it.each([
    ['1.0', '1.0.0'],
    ['v1.2', '1.2'],
    ['1.01', '1.1'],
    ['1.0RC1', '1.0-rc.1'],
    ['4.1.0.Final', '4.1'],
    ['5.3.0.RELEASE', '5.3.0'],
    ['1.8.0_291', '1.8.0-update291'],
    ['0:1.2', '1.2'],
    ['15.2(4)M3', '15.2(4)m3'],
    ['2021-03-04', '2021.3.4'],
  ])('%s is %s', (one, other) => expect(compareVersions(one, other)).toBe('equal'));

  it.each([
    ['1.2.3-4', '1.2.3', 'semver calls it a pre-release, Debian a later build'],
    ['1.0b', '1.0', 'a beta or a patch'],
    ['1.2.3a', '1.2.3', 'a pre-release to PEP 440, a patch to OpenSSL'],
    ['1.2.3.0b', '1.2.3', 'the same with one number more'],
    ['1.0b2', '1.0-beta2', 'the second beta or the second patch b'],
    ['9.9.2a1', '9.9.2', 'an alpha or a patch'],
    ['1.1.9a.1', '1.1.9', 'an alpha or a patch of a patch'],
    ['9.9.2a.dev2', '9.9.2', 'before an alpha, or before a patch'],
    ['1.0.2b', '1.0.2aa', 'letters as columns or as words'],
    ['1.0.2k', '1.0.2-sp1', 'patches of two kinds'],
    ['1_2_3', '1.2.3', 'updates or numbers'],
    ['1_4_2', '1.4.3', 'updates or numbers'],
    ['1.8.0_291', '1.8.0.5', 'an update or the fourth number'],
    ['1.0.0-5030-r780', '1.0.0-5050', 'text after numbers, or numbers one by one'],
    ['1cr1', '1.0.0rc1', 'a post-release of a candidate to PEP 440'],
    ['1.0-b12', '1.0', 'a beta or a build'],
    ['1.0-custom7', '1.0', 'a word that nobody knows'],
    ['1.0-g1a2b3c', '1.0-g9f8e7d', 'hashes'],
    ['1.0+build5', '1.0', 'builds'],
    ['1:1.0', '2.0', 'an epoch on one side only'],
    ['1.0-sp1', '1.0-p1', 'two kinds of patches'],
    ['1.0-rc1-rc2', '1.0-rc1', 'a pre-release of a pre-release'],
    ['1.0-dev', '1.0-alpha', 'stages of which ecosystems disagree'],
    ['1.0-sp', '1.0-sp1', 'the first or the same'],
    ['20210304', '1.2.3', 'a day and a number'],
    ['r1234', '1.0', 'no number'],
    ['4f2a9c1', '5.0', 'a hash'],
    ['15.2(4)m3', '15.2(4)m4', 'a scheme of its own'],
    ['1.x', '1.2', 'a wildcard'],
    ['', '1.0', 'nothing'],
    ['?', '1.0', 'a bound that cannot be read'],
  ])('%s and %s are undecidable: %s', (one, other) => {
    expect(compareVersions(one, other)).toBe('undecidable');
    expect(compareVersions(other, one)).toBe('undecidable');
  });

  it('with letters are decided where letters are known to be patches', () => {
    const scheme = { hasPatchLetters: true };
    expect(compareVersions('1.0.2a', '1.0.2', scheme)).toBe('after');
    expect(compareVersions('1.0.2', '1.0.2b', scheme)).toBe('before');
    expect(compareVersions('1.0.2a1', '1.0.2', scheme)).toBe('undecidable');
  });

  const number = fc.oneof(fc.nat(3), fc.constantFrom(0, 10, 20210304)).map(String);
  const tail = fc.constantFrom(
    ...[
      '',
      'a',
      'k',
      'zh',
      '-rc1',
      '-rc',
      'rc2',
      'b1',
      'b',
      'a.1',
      'aa',
      '-beta',
      '.dev1',
      '-sp1',
      '-p2',
      '_2',
      '-3',
      '~1',
      '+x',
      '-odd1',
    ],
  );
  const version = fc
    .tuple(fc.constantFrom('', '', 'v', '1:'), fc.array(number, { minLength: 1, maxLength: 3 }), tail, tail)
    .map(([start, numbers, one, other]) => start + numbers.join('.') + one + other);

  it('are ordered the same from both sides', () => {
    fc.assert(
      fc.property(
        version,
        version,
        (one, other) => compareVersions(one, other) === OPPOSITE[compareVersions(other, one)],
      ),
      { numRuns: 5000 },
    );
    fc.assert(fc.property(version, (one) => compareVersions(one, one) === 'equal'));
  });

  it('contradict no order that is decided', () => {
    const sign: Readonly<Record<VersionOrder, number>> = { before: -1, equal: 0, after: 1, undecidable: Number.NaN };
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const [ab, bc, ac] = [compareVersions(a, b), compareVersions(b, c), compareVersions(a, c)].map(
          (one) => sign[one],
        );
        if (ab === undefined || bc === undefined || ac === undefined || Number.isNaN(ab + bc + ac)) return true;
        // a ≤ b ≤ c gives a ≤ c, strictly where one of the two is strict; the mirrored case likewise.
        if (ab <= 0 && bc <= 0) return ac === Math.min(ab, bc);
        return ab < 0 || bc < 0 || ac === Math.max(ab, bc);
      }),
      { numRuns: 30_000 },
    );
  });

  it('never throw', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (one, other) => compareVersions(one, other) in OPPOSITE));
  });
});
