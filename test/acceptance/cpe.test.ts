import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Assessment } from '../../src/domain/assessment/schema.ts';
import { rawCveRecord, rawNvdRecord, WORST_CVSS } from '../support/raw-records.ts';
import { documentOf, runEras, useHomes } from '../support/run-eras.ts';

const newHome = useHomes();
const REST = '*:*:*:*:*:*';
const cpe = (name: string) => `cpe:2.3:${name}:${REST}`;
const match = (criteria: string, bounds: object = {}, vulnerable = true) => ({
  vulnerable,
  criteria,
  matchCriteriaId: '00000000-0000-0000-0000-000000000000',
  ...bounds,
});
const node = (...cpeMatch: object[]) => ({ operator: 'OR', negate: false, cpeMatch });

const [RANGE, SYSTEM, ODD, UPDATE] = ['CVE-2024-1001', 'CVE-2024-1002', 'CVE-2024-1003', 'CVE-2024-1004'] as const;
const RECORDS: Readonly<Record<string, readonly unknown[]>> = {
  [RANGE]: [
    {
      nodes: [
        node(
          match(cpe('a:acme:web_server:*:*'), { versionStartIncluding: '2.0', versionEndExcluding: '2.4.7' }),
          match(cpe('a:acme:web_server:1.9:beta2')),
        ),
      ],
    },
  ],
  [SYSTEM]: [
    {
      operator: 'AND',
      nodes: [
        node(match(cpe('a:acme:agent:*:*'), { versionEndIncluding: '5.1' })),
        node(match(cpe('o:microsoft:windows:-:*'), {}, false)),
      ],
    },
  ],
  [ODD]: [{ nodes: [node(match(cpe('a:acme:c\\+\\+_lib:*:*'), { versionEndExcluding: '15.2(4)m3' }))] }],
  [UPDATE]: [{ nodes: [node(match(cpe('a:acme:web_server:3.0:sp1')))] }],
};
// All of NVD has ids of many years; a part of it is not called whole.
const FILLERS = Array.from({ length: 25 }, (_, index) => `CVE-${2000 + index}-0001`);

function folderOfIntelligence(home: string): string {
  const folder = join(home, 'carried');
  mkdirSync(folder);
  const write = (name: string, content: unknown) => writeFileSync(join(folder, name), JSON.stringify(content));
  const records = Object.entries(RECORDS).map(([id, configurations]) =>
    rawNvdRecord(id, { cvss: WORST_CVSS, configurations }),
  );
  const all = [...records, ...FILLERS.map((id) => rawNvdRecord(id))];
  write('nvd.json', {
    resultsPerPage: all.length,
    startIndex: 0,
    totalResults: all.length,
    format: 'NVD_CVE',
    version: '2.0',
    timestamp: '2026-01-01T00:00:00.000',
    vulnerabilities: all.map((record) => ({ cve: record })),
  });
  write(
    'cves.json',
    Object.keys(RECORDS).map((id) => rawCveRecord(id)),
  );
  const kev = {
    cveID: FILLERS[0],
    vendorProject: 'Acme',
    product: 'Old',
    vulnerabilityName: 'Acme Old flaw',
    dateAdded: '2025-01-01',
    shortDescription: 'A flaw.',
    requiredAction: 'Mend it.',
    dueDate: '2025-02-01',
    knownRansomwareCampaignUse: 'Unknown',
    notes: '',
    cwes: [],
  };
  write('kev.json', {
    title: 'KEV',
    catalogVersion: '2026.01.01',
    dateReleased: '2026-01-01T00:00:00Z',
    count: 1,
    vulnerabilities: [kev],
  });
  const scores = Object.keys(RECORDS).map((id) => `${id},0.1,0.5`);
  const head = '#model_version:v2025.03.14,score_date:2026-09-01T00:00:00+0000\ncve,epss,percentile';
  writeFileSync(join(folder, 'epss.csv'), [head, ...scores, ''].join('\n'));
  return folder;
}

function bom(name: string, ...components: readonly (readonly [name: string, cpe: string, version?: string])[]) {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    metadata: { component: { type: 'application', name } },
    components: components.map(([of, cpe23, version]) => ({ type: 'library', name: of, version, cpe: cpe23 })),
  };
}

let home = '';
beforeAll(async () => {
  home = newHome();
  const run = await runEras(['sync', '--from', folderOfIntelligence(home)], { ERAS_HOME: home });
  expect([run.code, run.stdout + run.stderr]).toEqual([0, expect.stringContaining('nvd')]);
});

async function assess(targets: readonly (string | object)[], at = home) {
  const paths = targets.map((target, index) => {
    if (typeof target === 'string') return target;
    const path = join(at, `handed-in-${index}.json`);
    writeFileSync(path, JSON.stringify(target));
    return path;
  });
  const run = await runEras(['assess', ...paths, '--offline', '--format', 'json'], { ERAS_HOME: at });
  expect([run.code, run.stderr]).toEqual([expect.any(Number), expect.not.stringContaining('    at ')]);
  return { code: run.code, document: Assessment.parse(documentOf(run)) };
}

const told = ({ findings }: Assessment) =>
  findings.map(({ cveId, status, component }) => [cveId, status, component?.cpe, component?.fixedVersion]).sort();

describe('components with CPE names, offline', () => {
  it('have the CVEs whose ranges they are in, and no others', async () => {
    const old = cpe('a:acme:web_server:2.4.6:*');
    const { code, document } = await assess([
      bom(
        'shop',
        ['web_server', old, '2.4.6'],
        ['web_server', cpe('a:acme:web_server:2.4.7:*'), '2.4.7'],
        ['web_server', 'cpe:/a:acme:web_server:1.9:beta2', '1.9-beta2'],
        ['web_server', cpe('a:acme:web_server:1.9:beta1'), '1.9-beta1'],
        ['other', cpe('a:acme:other:2.1:*'), '2.1'],
      ),
    ]);
    expect(told(document)).toEqual([
      [RANGE, 'assessed', 'cpe:/a:acme:web_server:1.9:beta2', null],
      [RANGE, 'assessed', old, '2.4.7'],
    ]);
    expect([code, document.gaps]).toEqual([0, []]);
    const finding = document.findings.find(({ component }) => component?.cpe === old);
    expect(finding?.component).toMatchObject({ purl: null, name: 'web_server', installedVersion: '2.4.6' });
    expect(finding?.evidence).toEqual([
      {
        file: expect.stringContaining('handed-in-0'),
        position: '/components/0',
        tool: 'NVD',
        severity: null,
        subject: 'shop',
      },
    ]);
    expect(finding?.asset?.id).toBe('shop');
  });

  it('are incomplete with the reason where a range cannot be decided', async () => {
    const vendor = cpe('a:acme:c\\+\\+_lib:15.2\\(3\\):*');
    const pack = cpe('a:acme:web_server:3.0:*');
    const { code, document } = await assess([bom('shop', ['c++_lib', vendor, '15.2(3)'], ['web_server', pack, '3.0'])]);
    expect(code).toBe(3);
    expect(told(document)).toEqual([
      [ODD, 'incomplete', vendor, null],
      [UPDATE, 'incomplete', pack, null],
    ]);
    expect(document.gaps).toEqual([
      { cveId: ODD, source: 'nvd', reason: expect.stringContaining('"15.2(3)" and "15.2(4)m3"') },
      { cveId: UPDATE, source: 'nvd', reason: expect.stringContaining('the update "sp1"') },
    ]);
    for (const { risk } of document.findings) {
      expect(risk.factors).toContainEqual(expect.objectContaining({ name: 'affected', value: 'unknown' }));
      expect(risk.level).not.toBe('Low');
    }
  });

  it('depend on the operating system beside them', async () => {
    const agent = ['agent', cpe('a:acme:agent:5.0:*'), '5.0'] as const;
    const on = (system: string) => bom(system, agent, ['system', cpe(`o:${system}:*`)]);
    expect(told((await assess([on('microsoft:windows_10:1809')])).document)).toEqual([
      [SYSTEM, 'assessed', agent[1], null],
    ]);
    expect((await assess([on('debian:debian_linux:12')])).document.findings).toEqual([]);
    const { code, document } = await assess([bom('bare', agent)]);
    expect([code, told(document)]).toEqual([3, [[SYSTEM, 'incomplete', agent[1], null]]]);
    expect(document.gaps[0]?.reason).toContain('whether "microsoft windows" is there, too, is not known');
  });

  it('give the same document twice, but for ids and times', async () => {
    const target = bom('shop', ['web_server', cpe('a:acme:web_server:2.4.6:*')], ['agent', cpe('a:acme:agent:5.0:*')]);
    const [one, other] = [await assess([target]), await assess([target])];
    const fixed = ({ document }: typeof one) => ({
      findings: document.findings,
      gaps: document.gaps,
      summary: document.summary,
    });
    expect(fixed(one)).toEqual(fixed(other));
    expect(one.document.findings).toHaveLength(2);
  });

  it('are taken from the command line, too', async () => {
    const { code, document } = await assess([cpe('a:acme:web_server:2.4.6:*')]);
    expect([code, told(document)]).toEqual([0, [[RANGE, 'assessed', cpe('a:acme:web_server:2.4.6:*'), '2.4.7']]]);
    const run = await runEras(['assess', 'cpe:2.3:a:acme', '--offline'], { ERAS_HOME: home });
    expect([run.code, run.stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(run.stderr).toContain('"cpe:2.3:a:acme" is no CPE name');
  });

  it('are gaps where the mirror has nothing of NVD, or not all of it', async () => {
    const empty = newHome();
    const target = bom('shop', ['web_server', cpe('a:acme:web_server:2.4.6:*')], ['agent', 'nonsense']);
    const { code, document } = await assess([target], empty);
    expect([code, document.findings]).toEqual([3, []]);
    expect(document.gaps).toEqual([
      { cveId: null, source: 'intake', reason: expect.stringContaining('such as "nonsense"') },
      { cveId: null, source: 'nvd', reason: expect.stringMatching(/1 component .* not matched.*eras sync nvd/) },
    ]);
  });
});
