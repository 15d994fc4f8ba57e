import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/assessment/finding-schema.ts';
import { Assessment } from '../../src/domain/assessment/schema.ts';
import { type OsvServer, startOsvServer } from '../support/osv-server.ts';
import { rawCveRecord, rawNvdRecord } from '../support/raw-records.ts';
import { documentOf, runEras, useHomes } from '../support/run-eras.ts';
import { type SourceServer, startSourceServer } from '../support/source-server.ts';

const newHome = useHomes();
const LOG4J = 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1';
const LEFT_PAD = 'pkg:npm/left-pad@1.3.0';
const EVENT = 'pkg:npm/event-stream@3.3.6';
const TAKEN_BACK = 'pkg:npm/taken-back@1.0.0';
const ENDLESS = 'pkg:npm/endless@1.0.0';
const [SHELL, SECOND, THIRD] = ['CVE-2021-44228', 'CVE-2021-45046', 'CVE-2021-45105'] as const;

const FRESH = 'pkg:npm/fresh-one@1.0.0';
/** An id that neither NVD nor the CVE Program has. */
const UNPUBLISHED = 'CVE-2026-48484';
const WORST_VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';

let osv: OsvServer;
let sources: SourceServer;

beforeAll(async () => {
  osv = await startOsvServer({
    packages: {
      [LOG4J]: ['GHSA-jfh8-c2jp-5v3q', 'GHSA-7rjr-3q55-vv33', 'GHSA-p6xc-xr62-6r2g'],
      [EVENT]: ['MAL-2025-1'],
      [FRESH]: ['GHSA-9999-8888-7777'],
      [ENDLESS]: ['MAL-2025-1'],
      [TAKEN_BACK]: ['GHSA-2222-3333-5555'],
    },
    endless: ENDLESS,
    advisories: {
      'GHSA-jfh8-c2jp-5v3q': {
        id: 'GHSA-jfh8-c2jp-5v3q',
        aliases: [SHELL],
        affected: [
          {
            package: { ecosystem: 'Maven', name: 'org.apache.logging.log4j:log4j-core' },
            ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '2.13.0' }, { fixed: '2.15.0' }] }],
          },
        ],
      },
      'GHSA-7rjr-3q55-vv33': { id: 'GHSA-7rjr-3q55-vv33', aliases: [SECOND] },
      'GHSA-p6xc-xr62-6r2g': { id: 'GHSA-p6xc-xr62-6r2g', aliases: [THIRD] },
      'GHSA-9999-8888-7777': {
        id: 'GHSA-9999-8888-7777',
        aliases: [UNPUBLISHED],
        summary: 'RCE in fresh',
        severity: [{ type: 'CVSS_V3', score: WORST_VECTOR }],
      },
      'MAL-2025-1': { id: 'MAL-2025-1', summary: 'Malicious code in event-stream', details: 'It steals wallets.' },
      'GHSA-2222-3333-5555': {
        id: 'GHSA-2222-3333-5555',
        aliases: [SECOND],
        summary: 'Duplicate advisory',
        withdrawn: '2024-01-01T00:00:00Z',
      },
      'RUSTSEC-2023-0001': {
        id: 'RUSTSEC-2023-0001',
        summary: 'reject_remote_clients configuration corruption',
        severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
      },
    },
  });
  const ids = [SHELL, SECOND, THIRD];
  sources = await startSourceServer({
    nvd: new Map(ids.map((id) => [id, rawNvdRecord(id)])),
    cve: new Map(ids.map((id) => [id, rawCveRecord(id)])),
    epss: new Map(ids.map((id) => [id, { epss: '0.9', percentile: '0.99' }])),
  });
});
afterAll(() => Promise.all([osv.close(), sources.close()]));

function newEnv() {
  return {
    ...sources.env,
    ...osv.env,
    ERAS_HOME: newHome(),
    ERAS_HTTP_TIMEOUT_MS: '2000',
    ERAS_SOURCE_BUDGET_MS: '3000',
  };
}

function write(env: { readonly ERAS_HOME: string }, name: string, content: unknown): string {
  const path = join(env.ERAS_HOME, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function assess(args: readonly string[], env: Readonly<Record<string, string>>, code = 0) {
  const run = await runEras(['assess', ...args, '--format', 'json'], env);
  expect([run.code, run.stderr]).toEqual([code, expect.any(String)]);
  return Assessment.parse(documentOf(run));
}

const BOM = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  metadata: { component: { type: 'application', name: 'payment-api', version: '1.0' } },
  components: [LOG4J, LEFT_PAD, EVENT].map((purl) => ({
    type: 'library',
    name: purl.split('/').at(-1)?.split('@')[0],
    version: purl.split('@')[1],
    purl,
  })),
};

describe('eras assess BOM', () => {
  it('finds the vulnerabilities of components in OSV, pages and all, and puts them on the application', async () => {
    const env = newEnv();
    const document = await assess([write(env, 'bom.json', BOM)], env);
    const byId = new Map(document.findings.map((finding) => [finding.vulnerabilityId, finding]));
    expect([...byId.keys()].sort()).toEqual([SHELL, SECOND, THIRD, 'MAL-2025-1']);
    expect(byId.get(SHELL)).toMatchObject({
      cveId: SHELL,
      aliases: ['GHSA-jfh8-c2jp-5v3q'],
      asset: { id: 'payment-api', exposure: 'unknown' },
      component: { purl: LOG4J, installedVersion: '2.14.1', fixedVersion: '2.15.0' },
      evidence: [{ position: '/components/0' }],
    });
    expect(byId.get('MAL-2025-1')).toMatchObject({
      cveId: null,
      status: 'assessed',
      title: 'Malicious code in event-stream',
      cvss: null,
      kevStatus: 'not_listed',
    });
    expect(document.request.cveIds.toSorted()).toEqual([SHELL, SECOND, THIRD]);
    expect(document.usage.http.osv).toBeGreaterThan(0);
  });

  it('assesses a CVE id that no register has yet with what its advisory says', async () => {
    const env = newEnv();
    const bom = { ...BOM, components: [{ type: 'library', name: 'fresh-one', version: '1.0.0', purl: FRESH }] };
    const expected = {
      vulnerabilityId: UNPUBLISHED,
      aliases: ['GHSA-9999-8888-7777'],
      status: 'assessed',
      title: 'RCE in fresh',
      cvss: { vector: WORST_VECTOR, source: 'GHSA-9999-8888-7777' },
      sources: { nvd: { state: 'absent' } },
      risk: { level: 'Critical' },
    };
    const { findings } = await assess([write(env, 'bom.json', bom), '--fail-on', 'medium'], env, 4);
    expect(findings).toMatchObject([expected]);
    expect((await assess(['GHSA-9999-8888-7777'], env)).findings).toMatchObject([expected]);
    expect((await assess([UNPUBLISHED], env)).findings).toMatchObject([{ status: 'not_found', risk: { level: null } }]);
  });

  it('clears what a VEX document beside it says is not affected, in whatever order they are named', async () => {
    const env = newEnv();
    const statement = {
      vulnerability: { name: SHELL },
      products: [{ '@id': LOG4J.replace(/@.*/, '') }],
      status: 'not_affected',
      justification: 'vulnerable_code_not_present',
    };
    const vex = write(env, 'vex.json', {
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': 'https://example.com/vex-1',
      author: 'Maker',
      timestamp: '2026-01-01T00:00:00Z',
      version: 1,
      statements: [statement],
    });
    const bom = write(env, 'bom.json', BOM);
    for (const targets of [
      [bom, vex],
      [vex, bom],
    ]) {
      const { findings } = await assess(targets, env);
      const about = findings.filter(({ cveId }) => cveId === SHELL);
      expect(about).toHaveLength(1);
      expect(about[0]).toMatchObject({
        asset: { id: 'payment-api' },
        vex: { status: 'not_affected', author: 'Maker' },
        risk: { level: null },
      });
      expect(about[0]?.evidence.map(({ file }) => file).sort()).toEqual([bom, vex]);
    }
  });

  it('says where the list of OSV goes on without end, and keeps what it read', async () => {
    const env = newEnv();
    const components = [{ type: 'library', name: 'endless', version: '1.0.0', purl: ENDLESS }];
    const document = await assess([write(env, 'bom.json', { ...BOM, components })], env, 3);
    expect(document.findings.map(({ vulnerabilityId }) => vulnerabilityId)).toEqual(['MAL-2025-1']);
    expect(document.gaps).toEqual([
      { cveId: null, source: 'osv', reason: `${ENDLESS}: OSV's list goes on after 100 pages, which were not read` },
    ]);
  });

  it('tells beforehand what OSV would be asked, and asks nothing', async () => {
    const env = newEnv();
    const before = osv.requests.length;
    const run = await runEras(
      ['assess', write(env, 'bom.json', BOM), 'RUSTSEC-2023-0001', '--dry-run', '--format', 'json'],
      env,
    );
    expect(JSON.parse(run.stdout)).toMatchObject({
      requests: { osv: 2 },
      notes: [expect.stringContaining('OSV would be asked about 3 packages and 1 other ids')],
    });
    expect(osv.requests.length).toBe(before);
  });

  it('calls a withdrawn advisory rejected, and drops none that was asked for', async () => {
    const { findings } = await assess(['GHSA-2222-3333-5555'], newEnv());
    expect(findings).toMatchObject([
      { vulnerabilityId: 'GHSA-2222-3333-5555', status: 'rejected', aliases: [SECOND], risk: { level: null } },
    ]);
  });

  it('calls it rejected in a component, too, and in a record that is handed in, without asking', async () => {
    const env = newEnv();
    const components = [{ type: 'library', name: 'taken-back', version: '1.0.0', purl: TAKEN_BACK }];
    const rejected = { vulnerabilityId: 'GHSA-2222-3333-5555', status: 'rejected', aliases: [SECOND] };
    const { findings } = await assess([write(env, 'bom.json', { ...BOM, components })], env);
    expect(findings).toMatchObject([{ ...rejected, component: { purl: TAKEN_BACK }, risk: { level: null } }]);
    const record = {
      id: 'GHSA-2222-3333-5555',
      modified: '2024-01-01T00:00:00Z',
      withdrawn: '2024-01-01T00:00:00Z',
      aliases: [SECOND],
      affected: [{ package: { ecosystem: 'npm', name: 'taken-back' } }],
    };
    const offline = await assess([write(env, 'record.json', record), '--offline'], env, 3);
    expect(offline.findings).toMatchObject([{ ...rejected, component: { name: 'taken-back' } }]);
  });

  it('calls a withdrawn record of a CVE rejected where no register has that CVE', async () => {
    const env = newEnv();
    const record = (id: string) => ({
      id,
      modified: '2024-01-01T00:00:00Z',
      withdrawn: '2024-01-01T00:00:00Z',
      severity: [{ type: 'CVSS_V3', score: WORST_VECTOR }],
      affected: [{ package: { ecosystem: 'npm', name: 'taken-back' } }],
    });
    const path = write(env, 'records.json', [record(UNPUBLISHED), record(SECOND)]);
    const { findings } = await assess([path], env);
    const statuses = findings.map(({ vulnerabilityId, status, risk }) => [
      vulnerabilityId,
      status,
      risk.level === null,
    ]);
    expect(statuses.sort()).toEqual(
      [
        [UNPUBLISHED, 'rejected', true],
        [SECOND, 'assessed', false],
      ].sort(),
    );
    const offline = await assess([path, '--offline'], newEnv(), 3);
    expect(offline.findings.find(({ vulnerabilityId }) => vulnerabilityId === UNPUBLISHED)).toMatchObject({
      status: 'rejected',
    });
    expect(offline.gaps).toContainEqual(expect.objectContaining({ cveId: UNPUBLISHED, source: 'nvd' }));
  });

  it('asks OSV once: a second run takes its answers from the cache', async () => {
    const env = newEnv();
    const bom = write(env, 'bom.json', BOM);
    await assess([bom], env);
    const before = osv.requests.length;
    const again = await assess([bom], env);
    expect(osv.requests.length).toBe(before);
    expect(again.findings).toHaveLength(4);
  });

  it('says of what it could not look up that it does not know, offline and in an outage', async () => {
    const env = newEnv();
    const bom = write(env, 'bom.json', BOM);
    const offline = await assess([bom, SHELL, '--offline'], env, 3);
    expect(offline.findings.map(({ vulnerabilityId }) => vulnerabilityId)).toEqual([SHELL]);
    expect(offline.gaps).toContainEqual({
      cveId: null,
      source: 'osv',
      reason: expect.stringMatching(/log4j-core@2\.14\.1.*offline/),
    });
    osv.fail(503);
    try {
      const outage = await assess([bom, SHELL], env, 3);
      expect(outage.gaps).toContainEqual({ cveId: null, source: 'osv', reason: expect.stringMatching(/HTTP 503/) });
    } finally {
      osv.fail(null);
    }
  });
});

describe('ids of other databases', () => {
  it('become the CVEs that OSV calls the same, or stay with what the advisory says', async () => {
    const document = await assess(['GHSA-jfh8-c2jp-5v3q', 'RUSTSEC-2023-0001'], newEnv());
    expect(document.findings.map(({ vulnerabilityId, cveId }) => [vulnerabilityId, cveId]).sort()).toEqual([
      [SHELL, SHELL],
      ['RUSTSEC-2023-0001', null],
    ]);
    const rust = document.findings.find(({ cveId }) => cveId === null);
    expect(rust).toMatchObject({ status: 'assessed', cvss: { baseScore: 9.8, severity: 'CRITICAL' }, epss: null });
  });

  it('that OSV does not know are not found; that could not be looked up, incomplete', async () => {
    const unknown = await assess(['GHSA-2222-3333-4444'], newEnv());
    expect(unknown.findings).toMatchObject([
      { vulnerabilityId: 'GHSA-2222-3333-4444', cveId: null, status: 'not_found' },
    ]);
    const document = await assess(['GHSA-2222-3333-4444', '--offline'], newEnv(), 3);
    expect(document.findings).toMatchObject([
      { vulnerabilityId: 'GHSA-2222-3333-4444', cveId: null, status: 'incomplete' },
    ]);
    expect(document.gaps).not.toEqual([]);
  });
});

describe('--assets', () => {
  const ASSETS = [
    'id,name,criticality,exposure,owner,hostnames,ips,cves',
    'web-1,Web front,5,open,team-web,web-1.example.com;www.example.com,10.0.0.1,',
    `db-1,Ledger,2,small,team-db,,10.0.0.2,${SECOND}`,
  ].join('\n');
  const SCAN = [
    'CVE,Host,IP,Package,Version',
    `${SHELL},WEB-1.example.com,,log4j-core,2.14.1`,
    `${SHELL},,10.0.0.2,log4j-core,2.14.1`,
    `${SHELL},printer,,log4j-core,2.14.1`,
    `${SHELL},printer,,log4j-core,2.14.1`,
  ].join('\r\n');

  it('puts findings on assets by host, address and CVE, and lets them decide', async () => {
    const env = newEnv();
    const document = await assess(
      [write(env, 'scan.csv', SCAN), SECOND, '--assets', write(env, 'assets.csv', ASSETS)],
      env,
    );
    const places = document.findings.map(({ cveId, asset }) => `${cveId} ${asset?.id}`).sort();
    expect(places).toEqual([`${SHELL} db-1`, `${SHELL} printer`, `${SHELL} web-1`, `${SECOND} db-1`]);
    const on = (id: string) =>
      document.findings.find(({ cveId, asset }) => cveId === SHELL && asset?.id === id) as Finding;
    expect(on('web-1').asset).toMatchObject({ name: 'Web front', criticality: 5, exposure: 'open', owner: 'team-web' });
    expect(on('web-1').ssvc?.exposure).toBe('open');
    expect(on('web-1').risk.score).toBeGreaterThan(on('db-1').risk.score ?? 0);
    expect(on('web-1').risk.priority).toBeGreaterThan(on('db-1').risk.priority);
    expect(on('web-1').risk.unknowns.some(({ name }) => name === 'exposure' || name === 'criticality')).toBe(false);
    expect(on('printer')).toMatchObject({ asset: { exposure: 'unknown', criticality: null } });
    expect(on('printer').evidence.map(({ position }) => position)).toEqual(['line 4', 'line 5']);
    expect(new Set(document.findings.map(({ id }) => id)).size).toBe(4);
  });

  it('takes a list of one asset without names of hosts as being about that asset', async () => {
    const env = newEnv();
    const assets = write(env, 'one.json', [{ id: 'gateway', criticality: 5, exposure: 'open' }]);
    const document = await assess([SHELL, THIRD, '--assets', assets], env);
    expect(document.findings.map(({ asset }) => asset?.id)).toEqual(['gateway', 'gateway']);
  });

  it('counts a control where it stands in the path, names one that does not, and scores for the asset', async () => {
    const env = newEnv();
    const list = (controls: string) =>
      write(env, 'assets.csv', `id,exposure,controls,data_sensitivity\ngateway,open,${controls},public\n`);
    const bundled = 'CVE-2023-34362';
    const [plain] = (await assess([bundled, '--offline', '--assets', list('')], env)).findings;
    const [guarded] = (await assess([bundled, '--offline', '--assets', list('WAF; antivirus')], env)).findings;
    expect(guarded?.risk.likelihood).toBe((plain?.risk.likelihood ?? 0) - 1);
    expect(guarded?.risk.factors.filter(({ name }) => name === 'control')).toMatchObject([
      { value: 'waf', effect: expect.stringContaining('M1050 mitigates T1190') },
      { value: 'antivirus', effect: expect.stringContaining('no change') },
    ]);
    expect(guarded?.bod2604).toEqual(plain?.bod2604);
    expect(guarded?.asset).toMatchObject({ controls: ['waf', 'antivirus'], dataSensitivity: 'public' });
    expect(guarded?.cvss?.environmental).toMatchObject({ vector: expect.stringContaining('/CR:L') });
    expect(guarded?.cvss?.environmental?.score).toBeLessThan(guarded?.cvss?.baseScore ?? 0);
  });

  it('finds the assets that a sentence names', async () => {
    const env = newEnv();
    const assets = write(env, 'assets.csv', 'id,name,exposure\npay,Payment server,open\nmail,Mail server,small\n');
    const sentence = `Assess ${SHELL} for our payment servers`;
    const { stderr } = await runEras(['assess', sentence, '--assets', assets, '--format', 'json'], env);
    expect(stderr).toContain(`understood: "${sentence}": ${SHELL} on Payment server\n`);
    const document = await assess([sentence, '--assets', assets], env);
    expect(document.findings.map(({ asset }) => asset?.id)).toEqual(['pay']);
  });

  it.each([
    ['criticality', 'id,criticality\nweb-1,9\n', /line 2.*criticality "9"/],
    ['exposure', 'id,exposure\nweb-1,internet\n', /line 2.*exposure "internet" is none of/],
    ['twins', 'id,criticality\nweb-1,1\nweb-1,2\n', /"web-1" twice/],
    ['broken', '[{"id":', /cannot be read as JSON/],
  ])('refuses a list with a wrong %s in one line', async (_, content, problem) => {
    const env = newEnv();
    const run = await runEras(['assess', SHELL, '--assets', write(env, 'assets.csv', content)], env);
    expect([run.code, run.stderr]).toEqual([2, expect.stringMatching(problem)]);
    expect(run.stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('VEX', () => {
  const vex = (status: string) => ({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.com/vex/1',
    author: 'Example Inc.',
    timestamp: '2026-01-01T00:00:00Z',
    version: 1,
    statements: [
      {
        vulnerability: { name: SECOND },
        products: [{ '@id': LOG4J }],
        status,
        justification: status === 'not_affected' ? 'vulnerable_code_not_present' : undefined,
        impact_statement: 'Lookups are compiled out.',
      },
    ],
  });

  it('leaves nothing to do of what does not affect the product, and says who says so', async () => {
    const env = newEnv();
    const document = await assess([write(env, 'vex.json', vex('not_affected'))], env);
    expect(document.findings).toMatchObject([
      {
        vulnerabilityId: SECOND,
        vex: { status: 'not_affected', justification: 'vulnerable_code_not_present', author: 'Example Inc.' },
        risk: { level: null, priority: 0 },
        bod2604: null,
      },
    ]);
    expect(document.findings[0]?.narrative.summary).toMatch(/does not affect this product, says Example Inc\./);
    expect(document.summary.counts).toEqual({ Critical: 0, High: 0, Medium: 0, Low: 0 });
  });

  it('changes nothing while it is under investigation', async () => {
    const env = newEnv();
    const document = await assess([write(env, 'vex.json', vex('under_investigation'))], env);
    expect(document.findings[0]?.risk.level).not.toBeNull();
  });
});

describe('reports', () => {
  it('without vulnerabilities are assessed to nothing, with a word', async () => {
    const env = newEnv();
    const clean = write(env, 'trivy.json', {
      SchemaVersion: 2,
      ArtifactName: 'alpine',
      Results: [{ Target: 'alpine' }],
    });
    const document = await assess([clean], env);
    expect(document.findings).toEqual([]);
    expect(document.warnings).toContainEqual(expect.stringMatching(/Trivy.*lists no vulnerability/));
  });

  it('keep columns as the user says', async () => {
    const env = newEnv();
    const table = write(env, 'odd.csv', `Fehler,Rechner\n${SHELL},web-9\n`);
    const document = await assess([table, '--map', 'Fehler=cve', '--map', 'Rechner=host'], env);
    expect(document.findings).toMatchObject([{ cveId: SHELL, asset: { id: 'web-9' } }]);
    const run = await runEras(['assess', table, '--map', 'Fehler=colour'], env);
    expect([run.code, run.stderr]).toEqual([2, expect.stringMatching(/is one of cve, host/)]);
  });

  it('handed in twice change nothing', async () => {
    const env = newEnv();
    const bom = write(env, 'bom.json', BOM);
    const once = await assess([bom], env);
    const twice = await assess([bom, bom], env);
    expect(twice.findings.map(({ id }) => id)).toEqual(once.findings.map(({ id }) => id));
  });
});
