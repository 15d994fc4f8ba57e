import { afterEach, describe, expect, it } from 'vitest';
import { ACCOUNT } from '../../../test/support/servicenow-accounts.ts';
import type { StoredRow } from '../../../test/support/servicenow-query.ts';
import { idOf, incident, item, relation } from '../../../test/support/servicenow-rows.ts';
import { type Misbehaviour, type ServiceNowServer, startServiceNow } from '../../../test/support/servicenow-server.ts';
import { createTestHttp } from '../../../test/support/source-server-client.ts';
import { createServiceNowAssets } from './create-asset-source.ts';

let server: ServiceNowServer;
afterEach(() => server.close());

const OPEN = { business_criticality: '', owned_by: '', u_exposure: '' };
const [SERVER, APPLICATION, SERVICE, OTHER] = [7, 20, 30, 31] as const;

async function read(tables: Readonly<Record<string, StoredRow[]>>, behaviour: Misbehaviour | null = null) {
  server = await startServiceNow({ tables: { incident: [incident(1, { cmdb_ci: idOf(SERVER) })], ...tables } });
  if (behaviour !== null) server.misbehave(behaviour);
  const source = createServiceNowAssets({
    http: createTestHttp({ timeoutMs: 2000, budgetMs: 4000 }),
    instanceUrl: server.origin,
    credentials: { kind: 'basic', ...ACCOUNT },
    exposure: { field: 'u_exposure', values: { dmz: 'open' } },
    mostIncidents: 100,
    mostItems: 0,
  });
  const answer = await source.readIncidents('active=true', { signal: new AbortController().signal });
  return {
    ...answer,
    asset: answer.assets[0]?.asset,
    tables: server.asked.map(({ url }) => url.pathname.split('/').at(-1)),
  };
}

const service = (number: number, over: StoredRow = {}) => item(number, { ...OPEN, name: `service-${number}`, ...over });

describe('what an item leaves open', () => {
  it('is taken from the service that depends on it, the application between them, and said so', async () => {
    const { asset, tables, missing } = await read({
      cmdb_ci: [
        item(SERVER, OPEN),
        service(APPLICATION, { owned_by: 'app team' }),
        service(SERVICE, { busines_criticality: '2 - somewhat critical', u_exposure: 'dmz', owned_by: 'payments' }),
        service(OTHER, { business_criticality: '4 - not critical', owned_by: 'nobody' }),
      ],
      cmdb_rel_ci: [
        relation(APPLICATION, SERVER, 'Runs on::Runs'),
        relation(SERVICE, APPLICATION, 'Depends on::Used by'),
        relation(OTHER, APPLICATION, 'Depends on::Used by'),
      ],
    });
    expect(asset).toMatchObject({ criticality: 4, exposure: 'open', owner: 'app team' });
    expect(asset?.inherited).toEqual({
      criticality: 'service-30, which depends on it (ServiceNow CMDB)',
      exposure: 'service-30, which depends on it (ServiceNow CMDB)',
      owner: 'service-20, which depends on it (ServiceNow CMDB)',
    });
    expect(asset?.source).toMatch(/^ServiceNow CMDB; criticality of service-30, which depends on it/);
    expect(missing).toEqual([]);
    // The item, then two requests a level.
    expect(tables).toEqual(['incident', 'cmdb_ci', 'cmdb_rel_ci', 'cmdb_ci', 'cmdb_rel_ci', 'cmdb_ci']);
    const [, , relations] = server.asked.map(({ url }) => url.searchParams);
    expect(relations?.get('sysparm_fields')).toBe('sys_id,parent,child');
    expect(relations?.get('sysparm_query')).toMatch(/^childIN0+7\^type\.nameINDepends on::Used by,/);
    expect(Number(relations?.get('sysparm_limit'))).toBeLessThanOrEqual(1000);
  });

  it('is not asked for where nothing is open, and never overrides what the item says', async () => {
    const said = { business_criticality: '4 - not critical', owned_by: 'web', u_exposure: 'small' };
    const full = await read({ cmdb_ci: [item(SERVER, said)] });
    expect(full.tables).toEqual(['incident', 'cmdb_ci']);
    await server.close();
    const half = await read({
      cmdb_ci: [
        item(SERVER, { ...said, owned_by: '' }),
        service(SERVICE, { business_criticality: '1', owned_by: 'x' }),
      ],
      cmdb_rel_ci: [relation(SERVICE, SERVER, 'Depends on::Used by')],
    });
    expect(half.asset).toMatchObject({ criticality: 1, exposure: 'small', owner: 'x' });
    expect(Object.keys(half.asset?.inherited ?? {})).toEqual(['owner']);
  });

  it('goes the right way only, and round in no circle', async () => {
    const { asset, tables } = await read({
      cmdb_ci: [item(SERVER, OPEN), service(SERVICE, { business_criticality: '1' }), service(APPLICATION)],
      cmdb_rel_ci: [
        relation(SERVER, SERVICE, 'Depends on::Used by'),
        relation(SERVICE, SERVER, 'Sends data to::Receives data from'),
        relation(APPLICATION, SERVER, 'Runs on::Runs'),
        relation(SERVER, APPLICATION, 'Depends on::Used by'),
      ],
    });
    expect(asset).toMatchObject({ criticality: null, owner: null });
    expect(asset?.inherited).toBeUndefined();
    expect(tables).toHaveLength(5);
  });

  it('is taken from 500 of those that depend on it, and that there are more is told', async () => {
    const parents = Array.from({ length: 501 }, (_, index) => 100 + index);
    const { missing } = await read({
      cmdb_ci: [item(SERVER, OPEN), ...parents.map((number) => service(number))],
      cmdb_rel_ci: parents.map((number) => relation(number, SERVER, 'Runs on::Runs')),
    });
    expect(missing).toEqual([expect.stringMatching(/^501 configuration items depend on .*of which 500 were read/)]);
  });

  it.each<[string, Misbehaviour | null, object]>([
    ['is not there', null, { missing: [], notes: [expect.stringMatching(/no table cmdb_rel_ci/)] }],
    [
      'is forbidden',
      { status: 403, when: ({ pathname }) => pathname.endsWith('/cmdb_rel_ci') },
      { missing: [expect.stringMatching(/relations .* not read: .*HTTP 403/)], notes: [] },
    ],
    [
      'is not known to a release',
      { status: 404, body: '<html>', when: ({ pathname }) => pathname.endsWith('/cmdb_rel_ci') },
      { missing: [], notes: [expect.any(String)] },
    ],
    [
      'is broken',
      { status: 503, when: ({ pathname }) => pathname.endsWith('/cmdb_rel_ci') },
      { missing: [expect.stringMatching(/HTTP 503/)], notes: [] },
    ],
  ])('costs one line where the table %s', async (_what, behaviour, told) => {
    const answer = await read({ cmdb_ci: [item(SERVER, OPEN)] }, behaviour);
    expect(answer.asset).toMatchObject({ id: idOf(SERVER), criticality: null });
    expect(answer).toMatchObject(told);
    expect(answer.tables.filter((table) => table === 'cmdb_rel_ci').length).toBeLessThanOrEqual(2);
  });
});
