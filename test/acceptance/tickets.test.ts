import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startOsvServer } from '../support/osv-server.ts';
import { rawNvdRecord, WORST_CVSS } from '../support/raw-records.ts';
import { documentOf, type ErasRun, runEras, startEras, useHomes } from '../support/run-eras.ts';
import { ACCOUNT } from '../support/servicenow-accounts.ts';
import type { StoredRow } from '../support/servicenow-query.ts';
import { type ServiceNowServer, startServiceNow } from '../support/servicenow-server.ts';
import { type SourceServer, startSourceServer } from '../support/source-server.ts';
import { startOtlpCollector } from '../support/trace-collectors.ts';

const newHome = useHomes();
const [FIRST, SECOND, THIRD] = ['CVE-2021-44228', 'CVE-2021-45046', 'CVE-2024-3094'] as const;
const WEB = '1'.repeat(32);

let [sources, instance, incidents, vulnerable]: [SourceServer, ServiceNowServer, StoredRow[], StoredRow[]] =
  [] as never;

beforeEach(async () => {
  const nvd = [FIRST, SECOND, THIRD].map((id) => [id, rawNvdRecord(id, { cvss: WORST_CVSS })] as const);
  sources = await startSourceServer({ nvd: new Map(nvd) });
  incidents = [
    {
      sys_id: 'c'.repeat(32),
      number: 'INC1',
      short_description: `Scanner found ${THIRD}`,
      description: '',
      cmdb_ci: WEB,
      priority: '1',
      active: 'true',
      correlation_id: '',
      sys_created_on: '2026-01-01 00:00:00',
    },
  ];
  const items = [{ sys_id: WEB, name: 'web-1', business_criticality: '1 - most critical' }];
  vulnerable = [];
  instance = await startServiceNow({
    tables: { incident: incidents, cmdb_ci: items, sn_vul_vulnerable_item: vulnerable },
    references: { cmdb_ci: 'cmdb_ci' },
  });
});
afterEach(() => Promise.all([sources.close(), instance.close()]));

function newEnv() {
  return {
    ERAS_HOME: newHome(),
    ...sources.env,
    NVD_API_KEY: 'test-key',
    SERVICENOW_INSTANCE_URL: instance.origin,
    SERVICENOW_USERNAME: ACCOUNT.username,
    SERVICENOW_PASSWORD: ACCOUNT.password,
    ERAS_HTTP_TIMEOUT_MS: '4000',
    ERAS_SOURCE_BUDGET_MS: '6000',
  };
}

/** Two vulnerabilities that one upgrade mends, on two hosts. */
function scan(env: { readonly ERAS_HOME: string }): string {
  const path = join(env.ERAS_HOME, 'scan.csv');
  const rows = [FIRST, SECOND].flatMap((cve) =>
    ['web-9', 'web-8'].map((host) => `${cve},${host},log4j-core,2.14.1,2.17.1`),
  );
  writeFileSync(path, ['CVE,Host,Package,Version,Fixed Version', ...rows].join('\n'));
  return path;
}

const ARGS = ['--servicenow', 'priority=1^active=true', '--create-tickets', '--yes', '--format', 'json'];
const tickets = () => incidents.filter(({ correlation_id: id = '' }) => id.startsWith('eras:'));
const findingsOf = (run: ErasRun) =>
  documentOf(run)
    .findings.map(({ cveId, asset }) => `${cveId} ${asset?.name}`)
    .toSorted();

describe('--create-tickets', () => {
  it('makes one ticket a fix over three runs, and does not take its own tickets for incidents', async () => {
    const env = newEnv();
    const file = scan(env);
    const first = await runEras(['assess', file, ...ARGS], env);
    expect([first.code, first.stderr]).toEqual([expect.any(Number), expect.stringMatching(/created/i)]);
    expect(tickets()).toHaveLength(2);
    const known = structuredClone(tickets());
    for (let run = 0; run < 2; run += 1) {
      const again = await runEras(['assess', file, ...ARGS], env);
      expect(findingsOf(again)).toEqual(findingsOf(first));
    }
    expect(tickets().map(({ sys_id: id, correlation_id: of }) => [id, of])).toEqual(
      known.map(({ sys_id: id, correlation_id: of }) => [id, of]),
    );
    const upgrade = tickets().find(({ short_description: title = '' }) => title.includes('log4j-core'));
    expect(upgrade?.['description']).toContain(FIRST);
    expect(upgrade?.['description']).toContain(SECOND);
    const verified = await runEras(['audit', 'verify'], env);
    expect(verified.code).toBe(0);
  }, 60_000);

  it('leaves a span of each request to the ticket system in the trace of the run', async () => {
    const collector = await startOtlpCollector();
    const env = { ...newEnv(), OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin };
    const { code } = await runEras(['assess', scan(env), '--create-tickets', '--yes', '--no-llm'], env);
    expect(code).toBe(0);
    const spans = collector.spans().filter(({ name }) => name === 'POST servicenow');
    await collector.close();
    expect(spans).toMatchObject([{ attributes: { 'http.response.status_code': 201 } }]);
    expect(JSON.stringify(spans)).not.toContain(ACCOUNT.password);
    expect(spans[0]?.parentSpanId).not.toBeNull();
  });

  it('killed in the middle, it makes none twice', async () => {
    const env = newEnv();
    const file = scan(env);
    const killed = startEras(['assess', file, ...ARGS], env);
    await expect.poll(() => tickets().length, { timeout: 20_000, interval: 1 }).toBeGreaterThan(0);
    killed.kill('SIGKILL');
    await killed.done;
    for (let run = 0; run < 2; run += 1) await runEras(['assess', file, ...ARGS], env);
    expect(tickets()).toHaveLength(2);
    expect((await runEras(['audit', 'verify'], env)).code).toBe(0);
  }, 60_000);

  it('prints the requests of a dry run, without credentials, and sends none of them', async () => {
    const env = newEnv();
    const run = await runEras(['assess', scan(env), '--create-tickets', '--dry-run'], env);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/POST .*\/api\/now\/table\/incident/);
    expect(run.stdout).not.toContain(ACCOUNT.password);
    expect(tickets()).toEqual([]);
  }, 30_000);

  it('writes nothing where nobody can be asked and --yes is not given', async () => {
    const env = newEnv();
    const run = await runEras(['assess', scan(env), '--create-tickets'], env);
    expect([run.code, run.stderr]).toEqual([2, expect.stringMatching(/--yes/)]);
    expect(tickets()).toEqual([]);
  }, 30_000);

  it('closes no ticket of a project because another one was scanned on the same asset', async () => {
    const env = newEnv();
    const assets = join(env.ERAS_HOME, 'assets.csv');
    writeFileSync(assets, 'id,name,criticality\nshop-1,shop-1,5\n');
    const run = (name: string, artifact: string, cve: string) => {
      const file = join(env.ERAS_HOME, name);
      const found = {
        VulnerabilityID: cve,
        PkgName: `lib-${cve}`,
        InstalledVersion: '1',
        FixedVersion: '2',
        Severity: 'CRITICAL',
      };
      const results = [{ Target: `${artifact}/package-lock.json`, Type: 'npm', Vulnerabilities: [found] }];
      writeFileSync(file, JSON.stringify({ SchemaVersion: 2, ArtifactName: artifact, Results: results }));
      return runEras(['assess', file, '--assets', assets, '--create-tickets', '--yes', '--no-llm'], env);
    };
    await run('trivy-2026-01-01.json', 'shop', FIRST);
    const other = await run('trivy-2026-01-01.json', 'billing', SECOND);
    expect(other.stderr).toContain('1 created, 0 updated, 0 closed, 1 left');
    expect(other.stderr).toContain('1 kept open, not found now: it was not looked for again');
    const same = await run('trivy-2026-01-08.json', 'shop', THIRD);
    expect(same.stderr).toContain('1 created, 0 updated, 1 closed');
    expect(tickets().map(({ active, state = '' }) => [active, state])).toEqual([
      ['true', '7'],
      ['true', ''],
      ['true', ''],
    ]);
  }, 60_000);

  it('closes what a clean report of the same thing no longer has, and nothing by a report that did not look', async () => {
    const env = newEnv();
    const path = join(env.ERAS_HOME, 'scan.json');
    const run = (report: string) => {
      writeFileSync(path, report);
      return runEras(['assess', path, '--create-tickets', '--yes', '--format', 'json', '--no-llm'], env);
    };
    const trivy = (name: string, results: unknown) =>
      JSON.stringify({ SchemaVersion: 2, ArtifactName: name, ArtifactType: 'container_image', Results: results });
    const packages = { Target: 'shop:1 (alpine)', Class: 'os-pkgs', Type: 'alpine' };
    const found = { VulnerabilityID: FIRST, PkgName: 'log4j', InstalledVersion: '1', FixedVersion: '2' };
    const nessus = (items: string) =>
      `<?xml version="1.0"?><NessusClientData_v2><Report><ReportHost name="web-9">${items}</ReportHost></Report></NessusClientData_v2>`;
    const plugin = (id: number, cve: string) =>
      `<ReportItem pluginID="${id}" severity="${cve === '' ? 0 : 4}" pluginName="p">${cve}</ReportItem>`;
    await run(trivy('shop:1', [{ ...packages, Vulnerabilities: [found] }]));
    expect(tickets().map(({ active }) => active)).toEqual(['true']);
    expect((await run(trivy('billing:1', [packages]))).stderr).toContain('0 closed');
    expect((await run(trivy('shop:1', [{ Target: 'Dockerfile', Class: 'config' }]))).stderr).toContain('0 closed');
    expect((await run(trivy('shop:1', [packages]))).stderr).toContain('1 closed');
    await run(nessus(plugin(1, `<cve>${SECOND}</cve>`)));
    expect((await run(nessus(''))).stderr).toContain('0 closed');
    expect((await run(nessus(plugin(19506, '')))).stderr).toContain('1 closed');
    const openvas = (results: string) =>
      `<report><report><scan_run_status>Done</scan_run_status><results>${results}</results><host><ip>10.0.0.9</ip><end>2026-01-01T00:00:00Z</end></host></report></report>`;
    const nvt = `<nvt oid="1"><cve>${SECOND}</cve></nvt>`;
    await run(openvas(`<result id="r"><host>10.0.0.9</host>${nvt}<severity>9</severity></result>`));
    expect((await run(openvas(''))).stderr).toContain('1 closed');
  }, 90_000);

  it('makes a new ticket for what the reader of a closed one has not seen, and closes none of a component without version', async () => {
    const log4j = 'pkg:maven/org.apache.logging.log4j/log4j-core';
    const xz = 'pkg:npm/xz@5.6.0';
    const names = { 'GHSA-jfh8-c2jp-5v3q': FIRST, 'GHSA-7rjr-3q55-vv33': SECOND, 'GHSA-rxwq-x6h5-x525': THIRD };
    const osv = await startOsvServer({
      packages: {
        [`${log4j}@2.14.1`]: ['GHSA-jfh8-c2jp-5v3q'],
        [`${log4j}@2.15.0`]: ['GHSA-7rjr-3q55-vv33'],
        [xz]: ['GHSA-rxwq-x6h5-x525'],
      },
      advisories: Object.fromEntries(Object.entries(names).map(([id, cve]) => [id, { id, aliases: [cve] }])),
    });
    const env = { ...newEnv(), ...osv.env };
    const path = join(env.ERAS_HOME, 'sbom.json');
    const run = (...purls: readonly string[]) => {
      const components = purls.map((purl) => ({ type: 'library', name: purl.split(/[/@]/).at(-2), purl }));
      const metadata = { component: { type: 'application', name: 'shop', version: '1' } };
      writeFileSync(path, JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', metadata, components }));
      return runEras(['assess', path, '--create-tickets', '--yes', '--format', 'json', '--no-llm'], env);
    };
    expect((await run(`${log4j}@2.14.1`, xz)).stderr).toContain('2 created');
    const place = incidents.findIndex(({ short_description: title = '' }) => title.includes('log4j-core'));
    incidents[place] = { ...incidents[place], state: '7' } as StoredRow;
    const second = await run(`${log4j}@2.15.0`, xz);
    expect(second.stderr).toContain('1 created, 0 updated, 0 closed, 2 left');
    expect(incidents.at(-1)?.['correlation_id']).toBe(`${incidents[place]?.['correlation_id']}-2`);
    expect(incidents.at(-1)?.['description']).not.toContain(FIRST);
    // Its version is lost, and another component of the SBOM has a finding.
    const lost = await run(log4j, xz);
    expect(lost.stderr).toContain('0 created, 0 updated, 0 closed');
    expect(lost.stderr).toContain('1 kept open, not found now: its component stands there without a version');
    // Mended, while another component has no version.
    expect((await run(`${log4j}@2.17.1`, 'pkg:npm/other', xz)).stderr).toContain('1 closed');
    await osv.close();
  }, 60_000);

  it('closes what came from an incident when the incident is closed, and not when a query leaves it out', async () => {
    const env = newEnv();
    const other = { sys_id: 'd'.repeat(32), number: 'INC2', short_description: `Scanner found ${FIRST}` };
    incidents.push({ ...incidents[0], ...other } as StoredRow);
    incidents.push({
      ...incidents[0],
      sys_id: 'f'.repeat(32),
      number: 'INC3',
      short_description: SECOND,
      cmdb_ci: '',
    } as StoredRow);
    const change = (number: string, fields: StoredRow) => {
      const place = incidents.findIndex((one) => one['number'] === number);
      incidents[place] = { ...incidents[place], ...fields } as StoredRow;
    };
    // The same query each time, within seconds: incidents are read in every run.
    const run = () => runEras(['assess', ...ARGS, '--no-llm'], env);
    expect((await run()).stderr).toContain('3 created');
    change('INC1', { priority: '2' });
    const narrower = await run();
    expect(narrower.stderr).toContain('0 closed, 3 left');
    expect(narrower.stderr).toContain('1 kept open, not found now: INC1: it is active and names the vulnerability');
    const byNumber = instance.asked.filter(({ url }) => /^numberIN/.test(url.searchParams.get('sysparm_query') ?? ''));
    expect(
      byNumber.map(({ url }) => [
        url.searchParams.get('sysparm_query')?.split('^')[0],
        url.searchParams.get('sysparm_limit'),
      ]),
    ).toEqual(Array(2).fill(['numberININC1', '2'])); // for the plan, and again before writing
    expect(byNumber[0]?.url.searchParams.get('sysparm_fields')).toBe(
      'sys_id,number,active,state,short_description,description',
    );
    change('INC1', { active: 'false', state: '7' });
    change('INC3', { active: 'false', state: '7' });
    expect((await run()).stderr).toContain('2 closed, 1 left');
  }, 60_000);

  it('closes what came from a vulnerable item when the item is closed, read by its number', async () => {
    const env = newEnv();
    incidents[0] = { ...incidents[0], short_description: 'Please look' } as StoredRow;
    const item = (number: string, vulnerability: string): StoredRow => ({
      sys_id: number.padStart(32, '0'),
      number,
      state: '1',
      cmdb_ci: WEB,
      vulnerability,
      short_description: 'Found by a scanner',
    });
    vulnerable.push(item('VIT0010001', FIRST), item('VIT0010002', SECOND));
    const run = () => runEras(['assess', ...ARGS, '--no-llm'], env);
    expect((await run()).stderr).toContain('2 created');
    // The item still stands, and is not read with the asset any more: only its number tells.
    vulnerable[0] = { ...vulnerable[0], cmdb_ci: '' } as StoredRow;
    const moved = await run();
    expect(moved.stderr).toContain('VIT0010001: it is active and names the vulnerability');
    vulnerable[0] = { ...vulnerable[0], state: '3' } as StoredRow;
    expect((await run()).stderr).toContain('0 created, 0 updated, 1 closed, 1 left');
    const byNumber = instance.asked.filter(({ url }) =>
      /^numberINVIT/.test(url.searchParams.get('sysparm_query') ?? ''),
    );
    expect(byNumber.map(({ url }) => url.pathname.split('/').at(-1))).toContain('sn_vul_vulnerable_item');
    expect(byNumber[0]?.url.searchParams.get('sysparm_fields')).toBe(
      'sys_id,number,state,vulnerability,vulnerability.id,short_description',
    );
  }, 60_000);

  it('reads the incidents for a dry run, and prints the requests that the run then sends', async () => {
    const env = newEnv();
    const args = ['assess', '--servicenow', 'active=true', '--create-tickets'];
    // Facts of a dry run are those at hand.
    await runEras(['assess', THIRD, '--no-llm'], env);
    const asked = sources.requests.length;
    const text = await runEras([...args, '--dry-run'], env);
    expect([text.code, text.stdout]).toEqual([0, expect.stringMatching(/ServiceNow was read; nothing was written/)]);
    expect(text.stdout).not.toMatch(/Nothing was called|Nothing is to be written/);
    expect(instance.asked.every(({ method }) => method === 'GET')).toBe(true);
    expect(sources.requests).toHaveLength(asked);
    const dry = JSON.parse((await runEras([...args, '--dry-run', '--format', 'json'], env)).stdout);
    await runEras([...args, '--yes', '--no-llm'], env);
    const sent = instance.asked.filter(({ method }) => method !== 'GET');
    const planned = dry.tickets.requests.map(({ method, url }: { method: string; url: string }) => [method, url]);
    expect(planned).toEqual(sent.map(({ method, url }) => [method, url.href]));
    expect(dry.tickets.requests[0].body.correlation_id).toBe(JSON.parse(sent[0]?.body ?? '').correlation_id);
  }, 60_000);

  it('says in a dry run of which vulnerabilities nothing is known', async () => {
    incidents[0] = { ...incidents[0], short_description: 'CVE-2024-99999' } as StoredRow;
    const args = ['assess', '--servicenow', 'active=true', '--create-tickets', '--dry-run', '--format', 'json'];
    const dry = JSON.parse((await runEras(args, newEnv())).stdout);
    expect(dry.tickets.unknown).toMatch(/1 CVE is not known here and taken at the worst/);
  });
});
