import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawKevCatalogue, rawNvdRecord, WORST_CVSS } from '../support/raw-records.ts';
import { documentOf, type ErasRun, runEras, useHomes } from '../support/run-eras.ts';
import { ACCOUNT, CLIENT } from '../support/servicenow-accounts.ts';
import type { StoredRow } from '../support/servicenow-query.ts';
import { type ServiceNowServer, startServiceNow } from '../support/servicenow-server.ts';
import { type SourceServer, startSourceServer } from '../support/source-server.ts';

const newHome = useHomes();
const [LOG4J, XZ, OTHER] = ['CVE-2021-44228', 'CVE-2024-3094', 'CVE-2023-1000'] as const;
const [WEB, BUILD] = ['1'.repeat(32), '2'.repeat(32)] as const;

function incident(number: number, over: Record<string, string>): StoredRow {
  return {
    sys_id: String(number).padStart(32, 'c'),
    number: `INC${number}`,
    short_description: 'Please look',
    description: '',
    cmdb_ci: '',
    priority: '1',
    active: 'true',
    sys_created_on: '2026-01-01 00:00:00',
    caller_id: 'somebody private',
    ...over,
  };
}

const TABLES = {
  incident: [
    incident(1, { short_description: `Scanner found ${LOG4J}`, cmdb_ci: WEB }),
    incident(2, { description: `Again ${LOG4J},\nand ${XZ}`, cmdb_ci: BUILD }),
    incident(3, { description: `${OTHER} somewhere` }),
    incident(4, { description: `${OTHER} elsewhere`, priority: '3', cmdb_ci: WEB }),
    incident(5, { description: `${OTHER} long ago`, active: 'false', cmdb_ci: WEB }),
  ],
  cmdb_ci: [
    { sys_id: WEB, name: 'web-1', fqdn: 'web-1.example.org', business_criticality: '1 - most critical', u_zone: 'DMZ' },
    { sys_id: BUILD, name: 'build-1', business_criticality: '4 - not critical', u_zone: '' },
  ],
};

const EXCEPTION = {
  table: 'sn_vul_vulnerable_item',
  approval_state: '1',
  description: 'isolated',
  sys_created_by: 'beth',
  sys_created_on: '2026-01-01 00:00:00',
} as const;

let [sources, instance]: [SourceServer, ServiceNowServer] = [] as never;
beforeAll(async () => {
  const nvd = Object.fromEntries([LOG4J, XZ, OTHER].map((id) => [id, rawNvdRecord(id, { cvss: WORST_CVSS })]));
  sources = await startSourceServer({ nvd: new Map(Object.entries(nvd)) as never, kev: rawKevCatalogue([LOG4J]) });
  instance = await startServiceNow({ tables: TABLES, references: { cmdb_ci: 'cmdb_ci' } });
});
afterAll(async () => {
  await sources.close();
  await instance.close();
});

function assess(args: readonly string[], env: Record<string, string> = {}): Promise<ErasRun> {
  instance.asked.length = 0;
  return runEras(['assess', ...args, '--format', 'json'], {
    ERAS_HOME: newHome(),
    ...sources.env,
    NVD_API_KEY: 'test-key',
    SERVICENOW_INSTANCE_URL: instance.origin,
    SERVICENOW_USERNAME: ACCOUNT.username,
    SERVICENOW_PASSWORD: ACCOUNT.password,
    ERAS_HTTP_TIMEOUT_MS: '4000',
    ERAS_SOURCE_BUDGET_MS: '6000',
    ...env,
  });
}

/** What is on what, by CVE and the asset's name. */
const placesOf = (run: ErasRun) =>
  documentOf(run)
    .findings.map(({ cveId, asset }) => `${cveId} ${asset?.name ?? '-'}`)
    .toSorted();

/** What there is to say of ServiceNow: other sources of these tests lack what they lack. */
const gapsOf = (run: ErasRun) => documentOf(run).gaps.filter(({ source }) => source === 'servicenow');

describe('--servicenow', () => {
  it('puts each CVE on its asset, and reads only what it needs', async () => {
    const config = join(newHome(), 'eras.config.json');
    writeFileSync(config, JSON.stringify({ servicenow: { exposureField: 'u_zone', exposureValues: { DMZ: 'open' } } }));
    const run = await assess(['--servicenow', 'priority=1^active=true'], { ERAS_CONFIG: config });
    expect(placesOf(run)).toEqual([`${LOG4J} build-1`, `${LOG4J} web-1`, `${OTHER} -`, `${XZ} build-1`].toSorted());
    const { findings, usage, request } = documentOf(run);
    const web = findings.find(({ asset }) => asset?.name === 'web-1');
    expect(web?.asset).toMatchObject({ id: WEB, criticality: 5, exposure: 'open', source: 'ServiceNow CMDB' });
    const build = findings.find(({ asset }) => asset?.name === 'build-1');
    expect(build?.asset).toMatchObject({ id: BUILD, criticality: 1, exposure: 'unknown' });
    expect(JSON.stringify(web)).toContain('INC1');
    expect(request.targets).toEqual(['--servicenow priority=1^active=true']);
    // What depends on the items, and what is open on them, is asked for, too: this instance has neither table.
    expect([usage.http.servicenow, instance.asked.length]).toEqual([4, 4]);
    for (const { method, url } of instance.asked) {
      expect(method).toBe('GET');
      expect(url.searchParams.get('sysparm_fields')).toMatch(/^sys_id,(?:number|name|parent),/);
      expect(Number(url.searchParams.get('sysparm_limit'))).toBeLessThanOrEqual(5000);
    }
    expect(gapsOf(run)).toEqual([]);
    expect(documentOf(run).warnings.filter((line) => /ServiceNow has no table/.test(line))).toHaveLength(2);
    expect(run.stdout + run.stderr).not.toMatch(/somebody private|secret: word/);
  });

  it('asks for active incidents where no query is given, in every run; for what the items are, once in five minutes', async () => {
    const env = { ERAS_HOME: newHome() };
    const first = await assess(['--servicenow'], env);
    expect(instance.asked[0]?.url.searchParams.get('sysparm_query')).toMatch(/^active=true\^ORDERBY/);
    expect(placesOf(first)).toContain(`${OTHER} web-1`);
    const again = await assess(['--servicenow'], env);
    const tables = instance.asked.map(({ url }) => url.pathname.split('/').at(-1));
    expect([placesOf(again), tables]).toEqual([placesOf(first), ['incident', 'sn_vul_vulnerable_item']]);
  });

  it('stands beside other targets and a list of assets, which holds for what it says', async () => {
    const file = join(newHome(), 'assets.csv');
    writeFileSync(file, 'id,hostname,criticality\nshop,web-1.example.org,2\n');
    const run = await assess(['CVE-2023-1000', '--assets', file, '--servicenow', 'number=INC1']);
    const { findings } = documentOf(run);
    const log4j = findings.find(({ cveId }) => cveId === LOG4J);
    expect(log4j?.asset).toMatchObject({ id: 'shop', name: 'web-1', criticality: 2 });
    expect(findings.find(({ cveId }) => cveId === OTHER)?.asset).toBeNull();
  });

  it('reads what depends on an item, what is open on it, and who lives with it', async () => {
    const [PAYMENTS, VIT] = ['3'.repeat(32), 'd'.repeat(32)];
    const full = await startServiceNow({
      tables: {
        incident: TABLES.incident,
        cmdb_ci: [
          { sys_id: WEB, name: 'web-1', business_criticality: '' },
          { sys_id: PAYMENTS, name: 'Payments', busines_criticality: '1 - most critical', owned_by: 'Ann' },
        ],
        cmdb_rel_ci: [{ sys_id: 'r', parent: PAYMENTS, child: WEB, 'type.name': 'Depends on::Used by' }],
        sn_vul_vulnerable_item: [
          { sys_id: VIT, number: 'VIT1', state: '12', cmdb_ci: WEB, vulnerability: OTHER, ignore_date: '2999-01-01' },
          { sys_id: 'v2', number: 'VIT2', state: '12', cmdb_ci: WEB, vulnerability: LOG4J, ignore_date: '2999-01-01' },
        ],
        sn_sec_exception_change_approval: [
          { ...EXCEPTION, sys_id: 'e', number: 'CA1', record: VIT },
          { ...EXCEPTION, sys_id: 'f', number: 'CA2', record: 'v2' },
        ],
      },
    });
    try {
      const run = await assess(['--servicenow', 'number=INC1'], { SERVICENOW_INSTANCE_URL: full.origin });
      const { findings } = documentOf(run);
      expect(placesOf(run)).toEqual([`${OTHER} web-1`, `${LOG4J} web-1`].toSorted());
      const [other, log4j] = [OTHER, LOG4J].map((id) => findings.find(({ cveId }) => cveId === id));
      expect(other?.asset).toMatchObject({ criticality: 5, owner: 'Ann' });
      expect(other?.asset?.source).toContain('criticality of Payments, which depends on it');
      expect(other?.risk.factors).toContainEqual(
        expect.objectContaining({ name: 'criticality', value: 5, source: expect.stringContaining('Payments') }),
      );
      expect(other?.acceptance).toMatchObject({ owner: 'beth', approver: 'ServiceNow CA1', state: 'active' });
      // CISA lists it as exploited: the exception hides nothing.
      expect(log4j?.acceptance).toMatchObject({ approver: 'ServiceNow CA2', state: 'to_review' });
      expect([log4j?.risk.level, log4j?.evidence.length]).toEqual(['Critical', 2]);
      expect(gapsOf(run)).toEqual([]);
      expect(full.asked.length).toBe(6);
    } finally {
      await full.close();
    }
  });

  it('signs in by OAuth', async () => {
    const env = { SERVICENOW_CLIENT_ID: CLIENT.clientId, SERVICENOW_CLIENT_SECRET: CLIENT.clientSecret };
    const run = await assess(['--servicenow', 'number=INC1'], env);
    expect([placesOf(run), documentOf(run).usage.http.servicenow]).toEqual([[`${LOG4J} web-1`], 5]);
  });

  it('that cannot be read is a gap beside other targets, and alone the end', async () => {
    const wrong = { SERVICENOW_PASSWORD: 'wrong-pass' };
    const beside = await assess([XZ, '--servicenow', 'active=true'], wrong);
    expect(beside.code).toBe(3);
    expect(gapsOf(beside).map(({ reason }) => reason)).toEqual([expect.stringContaining('SERVICENOW_PASSWORD')]);
    expect(placesOf(beside)).toEqual([`${XZ} -`]);
    const alone = await assess(['--servicenow'], wrong);
    expect([alone.code, alone.stdout]).toEqual([1, '']);
    expect(alone.stderr).toMatch(/^eras: [^\n]*SERVICENOW_USERNAME and SERVICENOW_PASSWORD[^\n]*\n$/);
    expect(beside.stdout + alone.stderr).not.toContain('wrong-pass');
  });

  it('is not asked offline, and a gap says so', async () => {
    const run = await assess([LOG4J, '--servicenow', '--offline']);
    expect([run.code, instance.asked]).toEqual([3, []]);
    expect(gapsOf(run)).toEqual([{ cveId: null, source: 'servicenow', reason: 'offline: not asked' }]);
    const alone = await assess(['--servicenow', '--offline']);
    expect([alone.code, documentOf(alone).findings]).toEqual([3, []]);
  });

  it.each([
    ['SERVICENOW_INSTANCE_URL', ['--servicenow']],
    ['SERVICENOW_PASSWORD', ['--servicenow']],
    ['SERVICENOW_INSTANCE_URL', [LOG4J, '--servicenow', 'active=true', '--dry-run']],
  ])('without %s is bad input, in one line', async (name, args) => {
    const run = await assess(args, { [name]: '' });
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toMatch(new RegExp(`^eras: [^\n]*${name}[^\n]*\n$`));
  });

  it('plans without asking', async () => {
    const run = await assess([LOG4J, '--servicenow', '--dry-run']);
    expect([run.code, instance.asked]).toEqual([0, []]);
    expect(JSON.parse(run.stdout).notes).toContainEqual(expect.stringMatching(/ServiceNow are not read for a plan/));
  });
});
