import { describe, expect, it } from 'vitest';
import { toComponent } from '../intake/reports/make-items.ts';
import type { AdvisedPackage, Advisory } from '../ports/advisory-source.ts';
import { fixedVersionIn } from './fixed-versions.ts';

type Ranges = readonly (readonly [introduced: string | null, fixed: string])[];

const packageOf = (purl: string, ecosystem: string, ranges: Ranges): AdvisedPackage => ({
  purl,
  name: null,
  ecosystem,
  ranges: ranges.map(([introduced, fixed]) => ({ introduced, fixed })),
});
const fixedIn = (purl: string, ...packages: readonly AdvisedPackage[]) => {
  const component = toComponent({ purl });
  if (component === null) throw new Error('there is no component');
  const advisory: Advisory = {
    id: 'GHSA-x',
    aliases: [],
    isWithdrawn: false,
    summary: null,
    details: null,
    cvssVectors: [],
    cwes: [],
    packages,
  };
  return fixedVersionIn(advisory, component);
};

const DJANGO = packageOf('pkg:pypi/django', 'PyPI', [
  ['2.2', '2.2.18'],
  ['3.0', '3.0.12'],
  ['3.1', '3.1.6'],
]);
const CORE = 'pkg:maven/org.apache.logging.log4j/log4j-core';
const LOG4J = [
  packageOf(CORE, 'Maven', [['2.13.0', '2.15.0']]),
  packageOf(CORE, 'Maven', [[null, '2.3.1']]),
  packageOf(CORE, 'Maven', [['2.4', '2.12.2']]),
];
const ALPINE = Array.from({ length: 7 }, (_, index) =>
  packageOf('pkg:apk/alpine/openssl?arch=source', `Alpine:v3.${10 + index}`, [[null, `1.1.1n-r${index}`]]),
);

describe('the version that mends a component', () => {
  it.each([
    ['pkg:pypi/django@3.1.5', '3.1.6'],
    ['pkg:pypi/django@3.0.1', '3.0.12'],
    ['pkg:pypi/django@2.2', '2.2.18'],
  ])('is that of the range in which %s lies', (purl, fixed) => {
    expect(fixedIn(purl, DJANGO)).toBe(fixed);
  });

  it.each([
    ['2.14.1', '2.15.0'],
    ['2.11.0', '2.12.2'],
    ['2.0', '2.3.1'],
  ])('is never an earlier one: log4j-core %s', (version, fixed) => {
    expect(fixedIn(`${CORE}@${version}`, ...LOG4J)).toBe(fixed);
  });

  it.each([
    ['alpine-3.16.0', '1.1.1n-r6'],
    ['3.10.2', '1.1.1n-r0'],
    ['alpine-3.17.1', null],
  ])('is of the release of the distribution: %s', (distro, fixed) => {
    expect(fixedIn(`pkg:apk/alpine/openssl@1.1.1l-r7?arch=x86_64&distro=${distro}`, ...ALPINE)).toBe(fixed);
  });

  it.each([
    ['Debian:11', 'debian-11.5'],
    ['Rocky Linux:9', 'rocky-linux-9'],
    ['Ubuntu:Pro:22.04:LTS', 'ubuntu-22.04'],
    ['Red Hat:rhel_eus:9.2::appstream', 'rhel-9'],
  ])('knows the release %s by %s', (ecosystem, distro) => {
    const [own, other] = [ecosystem, ecosystem.replace(/\d+/, '7')].map((name) =>
      packageOf('pkg:deb/debian/x', name, [[null, `2-${name === ecosystem}`]]),
    );
    if (own === undefined || other === undefined) throw new Error('there is no package');
    expect(fixedIn(`pkg:deb/debian/x@1?distro=${distro}`, other, own)).toBe('2-true');
  });

  it('is all that remain where the order of versions cannot be told, and none is dropped without a word', () => {
    const branches = Array.from({ length: 30 }, (_, index) => `r${index}z`);
    const open = packageOf(
      'pkg:generic/x',
      'X',
      branches.map((fixed) => [null, fixed]),
    );
    const fixed = fixedIn('pkg:generic/x@q1', open);
    expect(fixed?.split(', ')).toHaveLength(20);
    expect(fixed).toMatch(/ and 10 more$/);
    expect(fixedIn('pkg:generic/x', packageOf('pkg:generic/x', 'X', [['1', '2']]))).toBe('2');
  });

  it('is a later one where the version lies in no range, and none where all are earlier', () => {
    expect(fixedIn('pkg:pypi/django@2.0', DJANGO)).toBe('2.2.18, 3.0.12, 3.1.6');
    expect(fixedIn('pkg:pypi/django@3.2', DJANGO)).toBeNull();
  });

  it('is of the package by its name where the advisory has no package URL that can be read', () => {
    const named = { ...packageOf('purl:rpm/suse/libqt4&distro=x', 'SUSE:x', [[null, '4.8.6']]), name: 'libqt4' };
    expect(fixedIn('pkg:rpm/suse/libqt4@4.8.5', named)).toBe('4.8.6');
    expect(fixedIn('pkg:rpm/suse/other@4.8.5', named)).toBeNull();
  });
});
