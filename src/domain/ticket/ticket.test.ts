import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../assessment/finding-schema.ts';
import { describeFix } from './describe-fix.ts';
import { type Fix, fixIdentity, fixOf } from './fix.ts';
import { parseRecordPlace } from './record-place.ts';
import { type FixSighting, joinSightings, placesOf } from './sighting.ts';

const NAMES = { assessmentId: 'A1', assetSource: 'servicenow' };

const component = (over: Partial<NonNullable<Finding['component']>>) => ({
  purl: null,
  cpe: null,
  name: null,
  installedVersion: null,
  fixedVersion: null,
  ...over,
});
const finding = (over: Partial<Finding>) =>
  ({ vulnerabilityId: 'CVE-2024-1000', component: null, affected: [], evidence: [], asset: null, ...over }) as Finding;

const text = fc.string({ unit: 'binary', maxLength: 300 });
const sighting: fc.Arbitrary<FixSighting> = fc.record({
  vulnerabilityId: fc.constantFrom('CVE-2024-1000', 'CVE-2024-2000', 'GHSA-x'),
  assetId: fc.option(fc.constantFrom('a', 'b')),
  assetName: fc.constant(null),
  assetSource: fc.constantFrom('servicenow', 'assets.csv'),
  owner: fc.option(fc.constantFrom('web', 'data')),
  level: fc.constantFrom('Critical', 'High', 'Medium', 'Low'),
  dueDate: fc.option(fc.constantFrom('2026-01-01', '2026-02-01')),
  why: fc.constantFrom('', 'exploited'),
  places: fc.subarray(['p', 'q']),
  seenAt: fc.constant('2026-01-01T00:00:00Z'),
});
const sightings = fc.uniqueArray(sighting, {
  minLength: 1,
  maxLength: 6,
  selector: ({ vulnerabilityId, assetId }) => `${vulnerabilityId} ${assetId}`,
});

describe('the fix of a finding', () => {
  it.each([
    ['pkg:maven/org.example/log4j-core@2.14.1?type=jar#sub', 'pkg:maven/org.example/log4j-core'],
    ['pkg:npm/%40scope/name@1.2.3', 'pkg:npm/%40scope/name'],
    ['pkg:npm/@scope/name', 'pkg:npm/@scope/name'],
    ['pkg:golang/golang.org/x/net', 'pkg:golang/golang.org/x/net'],
  ])('is the same for each version of %s', (purl, name) => {
    expect(fixOf(finding({ component: component({ purl, fixedVersion: '3' }) }))).toEqual({
      kind: 'upgrade',
      component: name,
      fixedVersion: '3',
    });
  });

  it('is about what is known: a component, else a product, else the vulnerability', () => {
    const affected = [{ vendor: 'Apache', product: 'Log4j', versions: null }];
    expect(fixOf(finding({ component: component({ name: 'openssl' }), affected }))).toEqual({
      kind: 'component',
      component: 'openssl',
    });
    expect(fixOf(finding({ component: component({}), affected })).kind).toBe('product');
    expect(fixOf(finding({})).kind).toBe('vulnerability');
  });

  it('is another one for another version, and does not mix what stands in its fields', () => {
    const upgrade = (name: string, fixedVersion: string): Fix => ({ kind: 'upgrade', component: name, fixedVersion });
    expect(fixIdentity(upgrade('a', '1'))).not.toBe(fixIdentity(upgrade('a', '2')));
    expect(fixIdentity(upgrade('a","b', '1'))).not.toBe(fixIdentity(upgrade('a', 'b","1')));
    expect(fixIdentity({ kind: 'product', vendor: 'Apache', product: 'Log4j' })).toBe(
      fixIdentity({ kind: 'product', vendor: 'apache', product: 'log4j' }),
    );
  });
});

describe('the ticket of a fix', () => {
  it('is the same whatever the order of what it mends', () => {
    fc.assert(
      fc.property(sightings, fc.array(fc.nat()), (all, order) => {
        const shuffled = all
          .map((one, place) => [order[place] ?? 0, one] as const)
          .sort(([one], [other]) => one - other)
          .map(([, one]) => one);
        const fix: Fix = { kind: 'component', component: 'openssl' };
        expect(describeFix(fix, shuffled, NAMES)).toEqual(describeFix(fix, all, NAMES));
      }),
    );
  });

  it('is bounded and plain, whatever stands in reports', () => {
    fc.assert(
      fc.property(text, text, text, sightings, (name, fixedVersion, host, all) => {
        const fix = fixOf(finding({ component: component({ name: name || 'x', fixedVersion }) }));
        const many = Array.from({ length: 80 }, (_, place) => ({
          ...(all[place % all.length] as FixSighting),
          vulnerabilityId: `CVE-2024-${1000 + place}`,
          assetName: host.replaceAll(/[\p{C}\p{Z}]/gu, '') || null,
        }));
        const { title, description } = describeFix(fix, many, NAMES);
        expect(title.length).toBeLessThanOrEqual(160);
        expect(title).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(description.length).toBeLessThanOrEqual(4000);
        expect(description.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(description).toContain('assessment A1');
      }),
    );
  });

  it('names the asset only where all of it is on one that the ticket system knows', () => {
    const [one] = fc.sample(sighting, 1);
    if (one === undefined) throw new Error('there is no sighting');
    const fix: Fix = { kind: 'component', component: 'openssl' };
    const known = { ...one, assetId: 'ci-1', assetSource: 'servicenow' };
    expect(describeFix(fix, [known], NAMES).assetId).toBe('ci-1');
    expect(describeFix(fix, [known, { ...known, assetId: 'ci-2' }], NAMES).assetId).toBeNull();
    expect(describeFix(fix, [{ ...known, assetSource: 'assets.csv' }], NAMES).assetId).toBeNull();
  });

  it('takes the worse level and the earlier day of two sightings of the same thing', () => {
    fc.assert(
      fc.property(sighting, sighting, (one, other) => {
        const [joined, reversed] = [joinSightings(one, other), joinSightings(other, one)];
        expect([joined.level, joined.dueDate, joined.places]).toEqual([
          reversed.level,
          reversed.dueDate,
          reversed.places,
        ]);
      }),
    );
  });
});

describe('where a finding was looked for', () => {
  const evidence = (file: string, tool: string | null, subject?: string) => [
    { file, tool, position: null, severity: null, ...(subject === undefined ? {} : { subject }) },
  ];
  const asset = { id: 'web-1' } as NonNullable<Finding['asset']>;
  const places = (...of: Parameters<typeof evidence>) => placesOf(finding({ asset, evidence: evidence(...of) }), []);

  it('is the tool on the asset and what the report is about, whatever the name of the report', () => {
    expect(places('monday.json', 'Trivy', 'shop')).toEqual(places('friday.json', 'Trivy', 'Shop'));
    expect(places('monday.json', 'Trivy', 'shop')).not.toEqual(places('monday.json', 'Nessus', 'shop'));
    expect(places('scan.json', 'Trivy', 'shop')).not.toEqual(places('scan.json', 'Trivy', 'billing'));
    expect(places('scan.json', 'Trivy', 'shop')).not.toEqual(places('shop', 'Trivy'));
  });

  it.each([
    ['scans/2026-01-31/web1.json', 'scans/2026-02-07/web1.json', true],
    ['web1-20260131T0800.json', 'web1-20260207T0815.json', true],
    ['web1-2026_01_31.json', 'web1-2026_02_07.json', true],
    ['web1.json', 'web2.json', false],
    ['build-20269931.json', 'build-20269932.json', false],
    ['monday.json', 'friday.json', false],
  ])('of a report that does not say what it is about is its file without dates: %s and %s', (one, other, isSame) => {
    expect(JSON.stringify(places(one, 'Trivy')) === JSON.stringify(places(other, 'Trivy'))).toBe(isSame);
  });

  it('is the record of work, whatever the asset', () => {
    const record = { file: 'servicenow:incident', tool: 'ServiceNow', position: 'INC1', severity: null };
    const of = (over: Partial<Finding>) => placesOf(finding({ evidence: [record], ...over }), []);
    expect(of({ asset })).toEqual(of({}));
    expect(of({}).map(parseRecordPlace)).toEqual([{ file: 'servicenow:incident', number: 'INC1' }]);
    expect(places('scan.json', 'Trivy').map(parseRecordPlace)).toEqual([null]);
  });

  it('is the report where no asset is known, and all that was handed in where there is no report', () => {
    expect(placesOf(finding({ evidence: evidence('a.json', 'Trivy') }), [])).not.toEqual(
      placesOf(finding({ evidence: evidence('b.json', 'Trivy') }), []),
    );
    expect(placesOf(finding({}), ['ids.txt'])).toEqual(placesOf(finding({}), ['ids.txt']));
    expect(placesOf(finding({}), ['-'])).toEqual([]);
  });
});
