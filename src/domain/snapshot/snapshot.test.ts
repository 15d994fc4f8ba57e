import { describe, expect, it } from 'vitest';
import type { CveId } from '../cve/cve-id.ts';
import type { CweId } from '../cwe/cwe-id.ts';
import { recordOf } from '../source/lookup.ts';
import type { SnapshotDocument } from './document.ts';
import { parseSnapshot } from './snapshot.ts';

const FULL = 'CVE-2021-1000' as CveId;
const LISTED = 'CVE-2022-2000' as CveId;
const OUTSIDE = 'CVE-2023-3000' as CveId;

const DOCUMENT: SnapshotDocument = {
  schemaVersion: 1,
  asOf: {
    nvd: '2026-01-01T00:00:00.000Z',
    kev: '2025-08-25T00:00:00.000Z',
    epss: '2026-08-16T00:00:00.000Z',
    ssvc: '2026-02-01T00:00:00.000Z',
    attack: '2025-11-12T00:00:00.000Z',
  },
  epssComplete: false,
  publications: [['A publication', 0.9]],
  cweNames: { '502': 'Deserialization of Untrusted Data' },
  attack: {
    version: '18',
    modified: '2025-11-12T00:00:00.000Z',
    tactics: [{ tacticId: 'TA0001', shortName: 'initial-access', name: 'Initial Access' }],
    groups: [
      { groupId: 'G0001', name: 'One' },
      { groupId: 'G0002', name: 'Two' },
    ],
    techniques: [['T1190', 'Exploit Public-Facing Application', [0], [1]]],
  },
  cves: {
    [FULL]: {
      nvd: {
        status: 'Analyzed',
        lastModified: '2025-05-05T00:00:00.000Z',
        cwes: [20, 502],
        affected: [
          ['apache', 'log4j', '< 2.15.0'],
          ['acme', 'tool'],
        ],
        cvss: [['3.1', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10, 'CRITICAL', 'nvd@nist.gov', 'Primary']],
      },
      ssvc: {
        at: '2025-06-06T00:00:00.000Z',
        lastModified: '2025-03-03T00:00:00.000Z',
        assigner: 'apache',
        affected: [['n/a', 'log4j']],
        ssvc: ['active', 'yes', null, null],
      },
      epss: [0.5, null],
    },
    [LISTED]: {
      nvd: { at: '2022-10-20T00:00:00.000Z', lastModified: '2022-01-01T00:00:00.000Z' },
      kev: {
        vendor: 'Acme',
        product: 'Gate',
        name: 'Acme Gate Privilege Escalation Vulnerability',
        added: '2022-02-02',
      },
    },
  },
  mappings: { [FULL]: [['T1190', 'exploitation', 0]], [OUTSIDE]: [['T1059', 'primary_impact', 0]] },
};

const snapshot = parseSnapshot(structuredClone(DOCUMENT));

describe('the snapshot', () => {
  it('gives records per source, each with its own date, and none of the texts', () => {
    const nvd = snapshot.nvd(FULL);
    expect(nvd).toMatchObject({ kind: 'found', provenance: { origin: 'snapshot', at: '2025-05-05T00:00:00.000Z' } });
    expect(recordOf(nvd)).toMatchObject({
      status: 'Analyzed',
      rejected: false,
      description: null,
      published: null,
      cwes: ['CWE-20', 'CWE-502'],
      affected: [
        { vendor: 'apache', product: 'log4j', versions: '< 2.15.0' },
        { vendor: 'acme', product: 'tool', versions: null },
      ],
      cvss: [{ version: '3.1', baseScore: 10, severity: 'CRITICAL', source: 'nvd@nist.gov', type: 'Primary' }],
      ssvc: null,
      exploitReferences: [],
    });
    const cveOrg = snapshot.ssvc(FULL);
    expect(cveOrg).toMatchObject({ provenance: { at: '2025-06-06T00:00:00.000Z' } });
    expect(recordOf(cveOrg)).toMatchObject({
      assigner: 'apache',
      cvss: [],
      ssvc: { exploitation: 'active', automatable: 'yes', technicalImpact: null, timestamp: null },
    });
    expect(recordOf(snapshot.epss(FULL))).toEqual({
      cveId: FULL,
      probability: 0.5,
      percentile: null,
      date: '2026-08-16',
    });
  });

  it('composes one title for all records of a CVE', () => {
    const title = 'Apache Log4j: deserialization of untrusted data';
    expect(snapshot.title(FULL)).toBe(title);
    expect(recordOf(snapshot.nvd(FULL))?.title).toBe(title);
    expect(recordOf(snapshot.ssvc(FULL))?.title).toBe(title);
    expect(snapshot.title(LISTED)).toBe('Acme Gate: privilege escalation');
    expect(snapshot.title(OUTSIDE)).toBeNull();
  });

  it('says "absent" of a contained CVE that the catalogue does not list, as of its date', () => {
    expect(snapshot.kev(FULL)).toEqual({
      kind: 'absent',
      provenance: { origin: 'snapshot', at: '2025-08-25T00:00:00.000Z' },
    });
    expect(recordOf(snapshot.kev(LISTED))).toMatchObject({
      vendorProject: 'Acme',
      dueDate: null,
      knownRansomwareCampaignUse: 'Unknown',
      shortDescription: '',
      requiredAction: '',
      cwes: [],
    });
  });

  it('says "unavailable" of what it does not contain', () => {
    expect(snapshot.has(OUTSIDE)).toBe(false);
    for (const lookup of [snapshot.nvd, snapshot.ssvc, snapshot.kev, snapshot.epss]) {
      expect(lookup(OUTSIDE)).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('snapshot') });
    }
    expect(snapshot.ssvc(LISTED).kind).toBe('unavailable');
  });

  it('takes a missing score for absent only where the whole day was at hand', () => {
    expect(snapshot.epss(LISTED).kind).toBe('unavailable');
    expect(parseSnapshot({ ...DOCUMENT, epssComplete: true }).epss(LISTED).kind).toBe('absent');
  });

  it('does not invent a status or a date', () => {
    expect(snapshot.nvd(LISTED)).toMatchObject({
      record: { status: 'not stated', lastModified: '2022-01-01T00:00:00.000Z' },
      provenance: { at: '2022-10-20T00:00:00.000Z' },
    });
  });

  it('gives published mappings, names of weaknesses and ATT&CK', () => {
    const mapping = { role: 'exploitation', source: 'mapping', confidence: 0.9, because: ['A publication'] };
    expect(snapshot.mappings(FULL)).toEqual([{ techniqueId: 'T1190', ...mapping }]);
    expect(snapshot.mappings(OUTSIDE)).toHaveLength(1);
    expect(snapshot.mappings(LISTED)).toEqual([]);
    expect(snapshot.cweName('CWE-502' as CweId)).toBe('Deserialization of Untrusted Data');
    expect(snapshot.cweName('CWE-79' as CweId)).toBeNull();
    expect(snapshot.attack.techniques).toEqual([
      {
        techniqueId: 'T1190',
        name: 'Exploit Public-Facing Application',
        tactics: ['initial-access'],
        groups: ['G0002'],
      },
    ]);
  });
});

describe('parseSnapshot refuses', () => {
  it.each([
    ['nothing', null, 'schema version'],
    ['another schema', { ...DOCUMENT, schemaVersion: 2 }, 'schema version'],
    ['a missing date', { ...DOCUMENT, asOf: { ...DOCUMENT.asOf, epss: undefined } }, '"epss"'],
    ['a missing part', { ...DOCUMENT, mappings: undefined }, '"mappings"'],
    ['a key that is no CVE id', { ...DOCUMENT, cves: { '../x': {} } }, '"../x"'],
  ])('%s', (_title, json, reason) => {
    expect(() => parseSnapshot(json)).toThrow(reason);
  });
});
