import { afterEach, describe, expect, it } from 'vitest';
import { ACCOUNT } from '../../../test/support/servicenow-accounts.ts';
import { idOf, incident, item } from '../../../test/support/servicenow-rows.ts';
import {
  type Misbehaviour,
  type ServiceNowData,
  type ServiceNowServer,
  startServiceNow,
} from '../../../test/support/servicenow-server.ts';
import { createTestHttp } from '../../../test/support/source-server-client.ts';
import { type AssetSourceOptions, createServiceNowAssets } from './create-asset-source.ts';
import type { ServiceNowCredentials } from './credentials.ts';

let server: ServiceNowServer;
afterEach(() => server.close());

const BASIC: ServiceNowCredentials = { kind: 'basic', ...ACCOUNT };
const call = () => ({ signal: new AbortController().signal });

async function create(data: ServiceNowData, over: Partial<AssetSourceOptions> = {}) {
  server = await startServiceNow({
    references: { cmdb_ci: 'cmdb_ci', owned_by: 'sys_user' },
    display: { f00d: 'Beth Anglin' },
    ...data,
  });
  return createServiceNowAssets({
    http: createTestHttp({ timeoutMs: 2000, budgetMs: 4000 }),
    instanceUrl: server.origin,
    credentials: BASIC,
    exposure: { field: 'u_exposure', values: { dmz: 'open' } },
    mostIncidents: 1000,
    mostItems: 0,
    ...over,
  });
}

const failureOf = async (data: ServiceNowData, behaviour: Misbehaviour, over: Partial<AssetSourceOptions> = {}) => {
  const source = await create(data, over);
  server.misbehave(behaviour);
  return source.readIncidents('active=true', call()).then(
    () => null,
    (error: unknown) => error,
  );
};

describe('incidents', () => {
  it('are read with their items, only the fields that are needed', async () => {
    const tables = {
      incident: [incident(1, { cmdb_ci: idOf(7) }), incident(2), incident(3, { priority: '2', cmdb_ci: idOf(8) })],
      cmdb_ci: [item(7), item(8), item(9)],
    };
    const source = await create({ tables });
    const read = await source.readIncidents('priority=1^active=true', call());
    expect(read.incidents).toEqual([
      { number: 'INC1', text: 'CVE-2024-1\nIt must be mended.', assetId: idOf(7) },
      { number: 'INC2', text: 'CVE-2024-2\nIt must be mended.', assetId: null },
    ]);
    expect(read.assets).toEqual([
      {
        asset: {
          id: idOf(7),
          name: 'server-7',
          criticality: 5,
          exposure: 'open',
          environment: 'Production',
          owner: 'Beth Anglin',
          humanImpact: null,
          missionImpact: null,
          eventLoss: null,
          susceptibility: null,
          source: 'ServiceNow CMDB',
        },
        hostnames: ['server-7.example.org'],
        ips: ['10.0.0.7'],
        vulnerabilityIds: [],
      },
    ]);
    expect(read.missing).toEqual([]);
    const [first, second, ...more] = server.asked.map(({ url }) => url);
    expect(more).toEqual([]);
    expect(Object.fromEntries(first?.searchParams ?? [])).toEqual({
      sysparm_query: 'priority=1^active=true^ORDERBYsys_created_on^ORDERBYsys_id',
      sysparm_fields: 'sys_id,number,short_description,description,cmdb_ci,correlation_id',
      sysparm_limit: '500',
      sysparm_offset: '0',
      sysparm_exclude_reference_link: 'true',
      sysparm_display_value: 'false',
    });
    expect(second?.searchParams.get('sysparm_query')).toMatch(new RegExp(`^sys_idIN${idOf(7)}\\^ORDERBY`));
    expect(server.asked.every(({ method }) => method === 'GET')).toBe(true);
  });

  it.each([
    ['by links', {}],
    ['by links that name another site', { linkOrigin: 'http://elsewhere.example' }],
    ['by offset, without headers', { withoutHeaders: true }],
    ['with rows that the account may not see', { hidden: new Set(Array.from({ length: 600 }, (_, i) => idOf(i))) }],
  ])('come page by page, each once: %s', async (_how, over: Partial<ServiceNowData>) => {
    const rows = Array.from({ length: 1300 }, (_, index) => incident(index));
    const source = await create({ tables: { incident: rows, cmdb_ci: [] }, ...over }, { mostIncidents: 5000 });
    const { incidents, missing } = await source.readIncidents('active=true', call());
    const wanted = rows.filter(({ sys_id: id = '' }) => over.hidden?.has(id) !== true).map(({ number }) => number);
    expect(incidents.map(({ number }) => number)).toEqual(wanted);
    const short =
      'incidents: 1300 selected, 700 shown; the account may not read the others, or the answer was cut short';
    expect(missing).toEqual(over.hidden === undefined ? [] : [short]);
  });

  it('of which fewer come than are selected are told to be a part, though no link leads further', async () => {
    const rows = Array.from({ length: 259 }, (_, index) => incident(index));
    const source = await create({ tables: { incident: rows, cmdb_ci: [] } });
    const result = rows.slice(0, 159).map(({ secret_field: _, ...row }) => row);
    const headers = {
      'content-type': 'application/json',
      'x-total-count': '259',
      link: `<${server.origin}/api/now/table/incident?sysparm_offset=0>;rel="first"`,
    };
    server.misbehave({ status: 200, headers, body: JSON.stringify({ result }), times: 1 });
    const { incidents, missing } = await source.readIncidents('active=true', call());
    expect(incidents).toHaveLength(159);
    expect(missing).toEqual([expect.stringContaining('incidents: 259 selected, 159 shown')]);
  });

  const day = (number: number) => ({ sys_created_on: `2026-01-01 00:00:${String(number).padStart(2, '0')}` });
  const own = (number: number) => incident(number, { ...day(number), correlation_id: `eras:${number}` });

  it('are read beside any number of tickets that ERAS has made', async () => {
    const rows = [
      ...Array.from({ length: 40 }, (_, index) => own(index)),
      incident(41, day(41)),
      incident(42, { ...day(42), correlation_id: 'jira' }),
    ];
    const source = await create({ tables: { incident: rows, cmdb_ci: [] } }, { mostIncidents: 10 });
    const { incidents, missing } = await source.readIncidents('priority=1^NQactive=true^EQ', call());
    expect([incidents.map(({ number }) => number).sort(), missing]).toEqual([['INC41', 'INC42'], []]);
    const others = 'correlation_idISEMPTY^ORcorrelation_idNOT LIKEeras:';
    expect(server.asked.map(({ url }) => url.searchParams.get('sysparm_query'))).toEqual([
      'priority=1^NQactive=true^EQ^ORDERBYsys_created_on^ORDERBYsys_id',
      `${others}^priority=1^NQ${others}^active=true^EQ^ORDERBYDESCsys_created_on^ORDERBYDESCsys_id`,
    ]);
  });

  it('of which there are too many are the newest, without a ticket of ERAS among them', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? own(index) : incident(index, day(index))));
    const source = await create({ tables: { incident: rows, cmdb_ci: [] } }, { mostIncidents: 5 });
    const { incidents, missing } = await source.readIncidents('active=true', call());
    expect(incidents.map(({ number }) => number)).toEqual(['INC39', 'INC37', 'INC35', 'INC33', 'INC31']);
    expect(missing).toEqual([expect.stringContaining('more incidents than the 5 that were read, the newest of them')]);
  });

  it.each<[string, Misbehaviour]>([
    ['refuses', { status: 400, body: '{"error":{"message":"Invalid query"}}' }],
    ['selects nothing by', { body: '{"result":[]}' }],
  ])('are what the query selects where an instance %s the condition', async (_what, behaviour) => {
    const rows = Array.from({ length: 30 }, (_, index) => incident(index));
    const source = await create({ tables: { incident: rows, cmdb_ci: [] } }, { mostIncidents: 10 });
    server.misbehave({ ...behaviour, when: ({ search }) => search.includes('NOT') });
    const { incidents, missing } = await source.readIncidents('active=true', call());
    expect([incidents.length, missing]).toEqual([10, [expect.stringContaining('more incidents than the 10')]]);
  });

  it('are read to the end of long texts, and one that is longer is told', async () => {
    const long = `${'x '.repeat(200_000)} CVE-2024-9999`;
    const tables = {
      incident: [incident(1, { description: long }), incident(2, { description: 'x'.repeat(4_000_001) })],
      cmdb_ci: [],
    };
    const { incidents, missing } = await (await create({ tables })).readIncidents('active=true', call());
    expect(incidents[0]?.text).toMatch(/CVE-2024-9999$/);
    expect(missing).toEqual([expect.stringMatching(/^INC2: its text is longer than 4,000,000 characters/)]);
  });

  it('are no more than the limit, and the rest is told', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => incident(index));
    const source = await create({ tables: { incident: rows, cmdb_ci: [] } }, { mostIncidents: 10 });
    const { incidents, missing } = await source.readIncidents('active=true', call());
    expect(incidents).toHaveLength(10);
    expect(missing).toEqual([expect.stringContaining('more incidents than the 10')]);
    expect(server.asked.map(({ url }) => url.searchParams.get('sysparm_limit'))).toEqual(['10', '10']);
  });

  it('count also where their item cannot be read', async () => {
    const tables = { incident: [incident(1, { cmdb_ci: idOf(7) })], cmdb_ci: [] };
    const source = await create({ tables });
    const lost = await source.readIncidents('active=true', call());
    expect(lost.incidents).toHaveLength(1);
    expect(lost.missing).toEqual([expect.stringContaining(idOf(7))]);
    server.misbehave({ status: 403, when: ({ pathname }) => pathname.endsWith('/cmdb_ci') });
    const forbidden = await source.readIncidents('active=true', call());
    expect(forbidden.incidents).toHaveLength(1);
    expect(forbidden.missing).toEqual([expect.stringContaining('does not let this account read cmdb_ci')]);
  });

  it('are about nothing that is known where the item is no reference, which one gap tells', async () => {
    const odd = [incident(1, { cmdb_ci: 'Web server 7 (old)' }), incident(2, { cmdb_ci: idOf(7) })];
    const source = await create({ tables: { incident: odd, cmdb_ci: [item(7)] } });
    const read = await source.readIncidents('active=true', call());
    expect(read.incidents.map(({ assetId }) => assetId)).toEqual([null, idOf(7)]);
    expect(read.assets.map(({ asset }) => asset.id)).toEqual([idOf(7)]);
    expect(read.missing).toEqual([
      'incidents name configuration items by what is no sys_id, and stay without an asset: INC1 "Web server 7 (old)"',
    ]);
  });

  it('name many items, which are asked for in batches', async () => {
    const numbers = Array.from({ length: 250 }, (_, index) => index);
    const tables = {
      incident: numbers.map((number) => incident(number, { cmdb_ci: idOf(number) })),
      cmdb_ci: numbers.map((number) => item(number)),
    };
    const source = await create({ tables });
    expect((await source.readIncidents('active=true', call())).assets).toHaveLength(250);
    expect(server.asked).toHaveLength(4);
  });

  it('may be none: some releases say so by 404', async () => {
    const source = await create({ tables: { incident: [], cmdb_ci: [] } });
    server.misbehave({ status: 404, body: '{"error":{"message":"No Record found"},"status":"failure"}' });
    expect((await source.readIncidents('active=true', call())).incidents).toEqual([]);
  });
});

describe('an instance that misbehaves', () => {
  const tables = { incident: [incident(1)], cmdb_ci: [] };
  it.each<[string, Misbehaviour, RegExp, string?]>([
    ['forbids', { status: 403 }, /does not let this account read incident \(HTTP 403\)/],
    ['is too busy', { status: 429, headers: { 'retry-after': '60' } }, /HTTP 429; it asks to wait 60 s/],
    ['is broken', { status: 500, body: '{"error":{"message":"Out of memory"}}' }, /HTTP 500 \(Out of memory\)/],
    ['shows a login page', { body: '<!DOCTYPE html><html>Log in</html>' }, /web page in the place of data/],
    ['sleeps', { body: '<html><title>Instance Hibernating page</title></html>' }, /is hibernating: wake it up/],
    ['sleeps with a status', { status: 503, body: '<html>Your instance is hibernating</html>' }, /is hibernating/],
    ['breaks off', { truncated: true }, /the answer was cut off/],
    ['has no such API', { status: 404 }, /no incident at SERVICENOW_INSTANCE_URL/],
    [
      'does not understand',
      { status: 400, body: '{"error":{"message":"Invalid query"}}' },
      /Invalid query/,
      'BAD_INPUT',
    ],
    [
      'gives up half-way',
      { body: '{"result":[{"number":"INC1"}],"error":{"message":"Transaction cancelled","detail":"too long"}}' },
      /Transaction cancelled: too long/,
    ],
    ['answers something else', { body: '[1]' }, /no reply of the Table API/],
    ['leads elsewhere', { status: 302, headers: { location: 'https://login.example/' } }, /redirect to another site/],
  ])('%s: one line says what', async (_what, behaviour, message, code = 'SOURCE_UNAVAILABLE') => {
    const error = await failureOf({ tables }, behaviour);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(String(error)).not.toMatch(/\n|secret: word/);
  });

  it('is waited for where it asks for a moment', async () => {
    const source = await create({ tables });
    server.misbehave({ status: 429, headers: { 'retry-after': '0' }, times: 1 });
    expect((await source.readIncidents('active=true', call())).incidents).toHaveLength(1);
  });

  it('echoes a secret, which is not shown', async () => {
    const error = await failureOf({ tables }, { status: 403, body: '{"error":{"message":"no: secret: word"}}' });
    expect(String(error)).toContain('HTTP 403: no: ***');
  });
});
