import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Component, type Sighting, toSighting, type VexStatement } from '../domain/finding/sighting.ts';
import { joinAssets } from './assets/join-assets.ts';
import { joinComponents } from './join-components.ts';
import { mergeSightings } from './merge-sightings.ts';

const CVE = 'CVE-2024-1000';
const component = (over: Partial<Component>): Component => ({
  purl: null,
  cpe: null,
  name: null,
  installedVersion: null,
  fixedVersion: null,
  ...over,
});
const seen = (tool: string, of: Partial<Component>, over: Partial<Sighting> = {}): Sighting =>
  toSighting({
    vulnerabilityId: CVE,
    component: component(of),
    evidence: [{ file: `${tool}.json`, position: null, tool, severity: null }],
    ...over,
  });
const TRIVY = seen('Trivy', {
  purl: 'pkg:deb/debian/libssl1.1@1.1.1k?arch=amd64&distro=debian-11.5',
  fixedVersion: '2.15.0, 2.3.1, 2.12.2',
});
const GRYPE = seen('Grype', {
  purl: 'pkg:deb/debian/libssl1.1@1.1.1k?arch=amd64&upstream=openssl&distro=debian-11',
  fixedVersion: '2.15.0',
});
const text = fc.option(fc.constantFrom('a', 'b', 'a, b', 'longer'));
const components = fc.record({ purl: text, cpe: text, name: text, installedVersion: text, fixedVersion: text });

describe('what two tools say of one package', () => {
  it('is one finding with the evidence of both, and the same component whichever is read first', () => {
    const [one, other] = [mergeSightings([TRIVY, GRYPE]), mergeSightings([GRYPE, TRIVY])];
    expect(one).toHaveLength(1);
    expect(one[0]?.evidence.map(({ tool }) => tool)).toEqual(['Trivy', 'Grype']);
    expect(one[0]?.component).toEqual(other[0]?.component);
    expect(one[0]?.component).toMatchObject({ purl: GRYPE.component?.purl, fixedVersion: '2.15.0' });
  });

  it('comes to the same component in every order', () => {
    fc.assert(
      fc.property(components, components, (one, other) => {
        expect(joinComponents(one, other)).toEqual(joinComponents(other, one));
      }),
    );
  });
});

describe('a statement of another build', () => {
  const vex: VexStatement = {
    status: 'not_affected',
    justification: 'vulnerable_code_not_present',
    detail: null,
    author: 'Maker',
    at: null,
  };
  const statement = seen(
    'VEX',
    { purl: 'pkg:deb/debian/libssl1.1@1.1.1k?arch=amd64&distro=debian-12' },
    { vex, isStatement: true },
  );

  it('does not clear what was found in this one', () => {
    for (const sightings of [
      [statement, TRIVY],
      [TRIVY, statement],
    ]) {
      const merged = mergeSightings(sightings);
      expect(merged).toHaveLength(2);
      expect(joinAssets(merged, null).map((subject) => subject.vex)).toEqual([null]);
    }
  });
});

describe('a record that was taken back', () => {
  const takenBack = (vulnerabilityId: string) =>
    toSighting({
      vulnerabilityId,
      register: 'withdrawn',
      evidence: [{ file: 'osv.json', position: null, tool: 'OSV', severity: null }],
      reported: { title: 'from the record', description: null, cvssVectors: [], cwes: [] },
    });
  const found = (vulnerabilityId: string) =>
    toSighting({ vulnerabilityId, evidence: [{ file: 'a.json', position: null, tool: 'Trivy', severity: 'high' }] });

  it.each([
    ['CVE-2024-1000', 'unread', null],
    ['GHSA-aaaa-bbbb-cccc', 'withdrawn', 'from the record'],
  ])('of %s beside what a tool has found leaves it %s, in any order', (id, register, title) => {
    for (const both of [
      [takenBack(id), found(id)],
      [found(id), takenBack(id)],
    ]) {
      for (const [one] of [mergeSightings(both), joinAssets(both, null)]) {
        expect([one?.register, one?.reported?.title ?? null]).toEqual([register, title]);
      }
    }
  });
});
