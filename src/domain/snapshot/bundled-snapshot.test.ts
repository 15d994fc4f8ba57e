import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CveId } from '../cve/cve-id.ts';
import type { CweId } from '../cwe/cwe-id.ts';
import { recordOf } from '../source/lookup.ts';
import { parseSnapshot } from './snapshot.ts';

const FILE = join(import.meta.dirname, '../../../data/snapshot.json.br');
const snapshot = parseSnapshot(JSON.parse(brotliDecompressSync(readFileSync(FILE)).toString('utf8')));

const LOG4SHELL = 'CVE-2021-44228' as CveId;
const XZ = 'CVE-2024-3094' as CveId;

describe('the committed snapshot', () => {
  it('knows Log4Shell from every source', () => {
    expect(recordOf(snapshot.nvd(LOG4SHELL))).toMatchObject({
      title: 'Apache Log4j2: deserialization of untrusted data',
      description: null,
      cvss: expect.arrayContaining([
        expect.objectContaining({
          version: '3.1',
          vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H',
          baseScore: 10,
          source: 'nvd@nist.gov',
        }),
      ]),
    });
    expect(recordOf(snapshot.kev(LOG4SHELL))).toMatchObject({
      dateAdded: '2021-12-10',
      knownRansomwareCampaignUse: 'Known',
    });
    expect(recordOf(snapshot.epss(LOG4SHELL))?.probability).toBeGreaterThan(0.9);
    expect(recordOf(snapshot.ssvc(LOG4SHELL))?.ssvc).toMatchObject({
      exploitation: 'active',
      automatable: 'yes',
      technicalImpact: 'total',
    });
    expect(snapshot.mappings(LOG4SHELL)).toContainEqual(
      expect.objectContaining({ techniqueId: 'T1190', role: 'exploitation', source: 'mapping' }),
    );
  });

  it('knows the XZ backdoor, which CISA does not list', () => {
    expect(snapshot.has(XZ)).toBe(true);
    expect(snapshot.kev(XZ).kind).toBe('absent');
    expect(recordOf(snapshot.nvd(XZ))?.cwes).toContain('CWE-506');
    expect(recordOf(snapshot.ssvc(XZ))?.ssvc?.technicalImpact).toBe('total');
  });

  it('has the whole KEV catalogue and a title for each entry', () => {
    const listed = snapshot.cveIds.filter((cveId) => snapshot.kev(cveId).kind === 'found');
    expect(listed).toHaveLength(1404);
    expect(listed.filter((cveId) => !snapshot.title(cveId)?.includes(': '))).toEqual([]);
  });

  it.each([
    'CVE-2014-0160',
    'CVE-2017-0144',
    'CVE-2019-19781',
    'CVE-2020-1472',
    'CVE-2021-26855',
    'CVE-2022-22965',
    'CVE-2022-30190',
    'CVE-2022-42889',
    'CVE-2023-34362',
    'CVE-2023-4863',
    'CVE-2023-4966',
  ])('has a CVSS vector of NVD for %s', (cveId) => {
    const sources = recordOf(snapshot.nvd(cveId as CveId))?.cvss.map((metric) => metric.source);
    expect(sources).toContain('nvd@nist.gov');
  });

  it('leaves what it lacks unavailable', () => {
    const printNightmare = 'CVE-2021-34527' as CveId;
    expect(snapshot.kev(printNightmare).kind).toBe('found');
    expect(snapshot.nvd(printNightmare).kind).toBe('unavailable');
    expect(snapshot.epss(printNightmare).kind).toBe('unavailable');
  });

  it('names weaknesses, techniques, tactics and groups', () => {
    expect(snapshot.cweName('CWE-502' as CweId)).toBe('Deserialization of Untrusted Data');
    const technique = snapshot.attack.techniques.find(({ techniqueId }) => techniqueId === 'T1190');
    expect(technique).toMatchObject({ name: 'Exploit Public-Facing Application', tactics: ['initial-access'] });
    expect(technique?.groups.length).toBeGreaterThan(20);
    expect(snapshot.attack.tactics[0]?.shortName).toBe('reconnaissance');
    expect(snapshot.attack.techniques).toHaveLength(691);
  });
});
