import { describe, expect, it } from 'vitest';
import { type Component, type Sighting, toSighting, type VexStatement } from '../domain/finding/sighting.ts';
import { applyStatements } from './apply-statements.ts';
import { createConflicts } from './conflicts.ts';
import { mergeSightings } from './merge-sightings.ts';

const CVE = 'CVE-2024-1000';
const PURL = 'pkg:maven/org.example/core@1.2';
const component = (over: Partial<Component>): Component => ({
  purl: null,
  cpe: null,
  name: null,
  installedVersion: null,
  fixedVersion: null,
  ...over,
});
const vex = (over: Partial<VexStatement> = {}): VexStatement => ({
  status: 'not_affected',
  justification: 'vulnerable_code_not_present',
  detail: null,
  author: 'Maker',
  at: '2026-01-01T00:00:00Z',
  ...over,
});
const at = (file: string) => [{ file, position: null, tool: null, severity: null }];
const seen = (over: Partial<Sighting> = {}): Sighting =>
  toSighting({ vulnerabilityId: CVE, component: component({ purl: PURL }), evidence: at('bom'), ...over });
const said = (purl: string, over: Partial<Sighting> = {}): Sighting =>
  seen({ component: component({ purl }), vex: vex(), isStatement: true, evidence: at('vex'), ...over });

const apply = (...sightings: Sighting[]) => applyStatements(sightings, () => undefined);

describe('a statement', () => {
  it.each<[string, Sighting, Sighting]>([
    ['the same package URL', said(PURL), seen({ application: 'shop' })],
    ['one without version', said('pkg:maven/org.example/core'), seen()],
    ['one with fewer qualifiers', said(PURL), seen({ component: component({ purl: `${PURL}?type=jar` }) })],
    ['an alias', said(PURL, { vulnerabilityId: 'GHSA-x', aliases: [CVE] }), seen()],
    ['a host', said(PURL), seen({ host: { hostname: 'web', ip: null } })],
    ['its application', said(PURL, { application: 'pkg:oci/shop@sha256%3Aab' }), seen({ application: 'Shop' })],
    [
      'its name',
      seen({ component: component({ name: 'core' }), vex: vex(), isStatement: true }),
      seen({ component: component({ name: 'Core', installedVersion: '1' }) }),
    ],
  ])('speaks of %s', (_, statement, found) => {
    const result = apply(found, statement);
    expect(result).toHaveLength(1);
    expect(result[0]).toMatchObject({ component: found.component, vex: vex(), host: found.host, isStatement: false });
  });

  it.each<[string, Sighting, Sighting]>([
    ['another version', said('pkg:maven/org.example/core@1.3'), seen()],
    ['another package', said('pkg:npm/core@1.2'), seen()],
    ['another application', said(PURL, { application: 'billing' }), seen({ application: 'shop' })],
    ['another qualifier', said(`${PURL}?type=war`), seen({ component: component({ purl: `${PURL}?type=jar` }) })],
    ['another vulnerability', said(PURL, { vulnerabilityId: 'CVE-2024-1001' }), seen()],
    ['an unknown component', said(PURL), seen({ component: null })],
  ])('says nothing of %s', (_, statement, found) => {
    expect(apply(found, statement)).toEqual([found, statement]);
  });

  it('says it of every application, and keeps where it stands', () => {
    const result = apply(seen({ application: 'a' }), seen({ application: 'b' }), said(PURL));
    expect(result.map(({ application, evidence }) => [application, evidence.length])).toEqual([
      ['a', 2],
      ['b', 2],
    ]);
  });

  const DEB = 'pkg:deb/debian/curl@7.88';
  it.each<[string, string, string, boolean]>([
    [
      'the release as another tool writes it',
      `${DEB}?arch=amd64&distro=debian-12.5`,
      `${DEB}?arch=amd64&distro=debian-12&upstream=curl`,
      true,
    ],
    ['another architecture', `${DEB}?arch=arm64&distro=debian-12.5`, `${DEB}?arch=amd64&distro=debian-12.5`, false],
    ['an epoch that was not found', `${DEB}?epoch=1`, DEB, false],
    ['a registry that was not found', `${DEB}?repository_url=https://a.example`, DEB, false],
    ['a JAR', `${PURL}?type=jar`, PURL, true],
    ['a classifier', `${PURL}?classifier=sources`, PURL, false],
    ['all versions of a release', 'pkg:deb/debian/curl?distro=debian-12.5', `${DEB}?distro=debian-12`, true],
    ['all versions of another release', 'pkg:deb/debian/curl?distro=debian-11', `${DEB}?distro=debian-12`, false],
    ['all versions of a release that is not known', 'pkg:deb/debian/curl?distro=debian-11', DEB, false],
  ])('that names %s', (_, stated, found, speaks) => {
    expect(apply(seen({ component: component({ purl: found }) }), said(stated))).toHaveLength(speaks ? 1 : 2);
  });

  it('clears what one tool reported under its very package URL, where a longer one of another tool is kept', () => {
    const purls = [`${DEB}?arch=amd64&distro=debian-12.5`, `${DEB}?arch=amd64&distro=debian-12&upstream=curl%407.88`];
    const found = mergeSightings(purls.map((purl) => seen({ component: component({ purl }), evidence: at(purl) })));
    expect(found).toMatchObject([{ component: { purl: purls[1] } }]);
    expect(apply(...found, said(purls[0] ?? ''))).toMatchObject([{ vex: { status: 'not_affected' } }]);
  });

  it('holds where it is the later, and a disagreement is told', () => {
    const conflicts = createConflicts();
    const [result] = applyStatements(
      [seen(), said(PURL), said(PURL, { vex: vex({ status: 'affected', at: '2026-02-01T00:00:00Z' }) })],
      conflicts.add,
    );
    expect(result?.vex?.status).toBe('affected');
    expect(conflicts.warnings()).toEqual([
      `VEX documents disagree about 1 finding, such as ${CVE} in ${PURL} (affected by Maker of 2026-02-01 holds over not_affected by Maker of 2026-01-01): the later statement holds, of equally late ones the one that leaves more to do`,
    ]);
  });
});
