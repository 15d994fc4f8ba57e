import { afterEach, describe, expect, it } from 'vitest';
import { ACCOUNT } from '../../../test/support/servicenow-accounts.ts';
import type { StoredRow } from '../../../test/support/servicenow-query.ts';
import { idOf, incident, item, vulnerableItem } from '../../../test/support/servicenow-rows.ts';
import { type ServiceNowServer, startServiceNow } from '../../../test/support/servicenow-server.ts';
import { createTestHttp } from '../../../test/support/source-server-client.ts';
import { createServiceNowAssets } from './create-asset-source.ts';

let server: ServiceNowServer;
afterEach(() => server.close());

async function read(tables: Readonly<Record<string, StoredRow[]>>, mostItems = 100) {
  server = await startServiceNow({
    tables: { incident: [incident(1, { cmdb_ci: idOf(7) })], cmdb_ci: [item(7), item(8)], ...tables },
    display: { v1: 'CVE-2024-7777', v2: 'QID-105936' },
    references: { vulnerability: 'sn_vul_entry', cmdb_ci: 'cmdb_ci' },
  });
  const source = createServiceNowAssets({
    http: createTestHttp({ timeoutMs: 2000, budgetMs: 4000 }),
    instanceUrl: server.origin,
    credentials: { kind: 'basic', ...ACCOUNT },
    exposure: null,
    mostIncidents: 100,
    mostItems,
  });
  return source.readIncidents('active=true', { signal: new AbortController().signal });
}

const asked = () => server.asked.map(({ url }) => url.pathname.split('/').at(-1));

describe('vulnerable items', () => {
  it('are read of the items that incidents name, those that are not closed', async () => {
    const { items, missing } = await read({
      sn_vul_vulnerable_item: [
        vulnerableItem(1, idOf(7), { vulnerability: 'v1' }),
        vulnerableItem(2, idOf(8)),
        vulnerableItem(3, idOf(7), { state: '3' }),
        vulnerableItem(4, idOf(7), { vulnerability: 'v2' }),
      ],
    });
    expect(items.map(({ number, text, assetId, exception }) => [number, text, assetId, exception])).toEqual([
      ['VIT1', expect.stringContaining('CVE-2024-7777'), idOf(7), null],
      ['VIT4', expect.stringContaining('QID-105936'), idOf(7), null],
    ]);
    expect(missing).toEqual([]);
    // Exceptions are asked for only where an item is deferred.
    expect(asked()).toEqual(['incident', 'cmdb_ci', 'sn_vul_vulnerable_item']);
    const parameters = server.asked.at(-1)?.url.searchParams;
    expect(parameters?.get('sysparm_query')).toMatch(new RegExp(`^state!=3\\^cmdb_ciIN${idOf(7)}\\^ORDERBY`));
    expect(parameters?.get('sysparm_fields')).toMatch(/^sys_id,number,state,cmdb_ci,vulnerability,vulnerability\.id,/);
    expect(parameters?.get('sysparm_limit')).toBe('100');
  });

  it('that are deferred have the exception that was granted', async () => {
    const { items } = await read({
      sn_vul_vulnerable_item: [
        vulnerableItem(1, idOf(7), { state: '12', ignore_date: '2027-01-31' }),
        vulnerableItem(2, idOf(7), { state: '12', ignore_reason: 'Awaiting maintenance window', assigned_to: 'Ann' }),
      ],
      sn_sec_exception_change_approval: [
        exception('CA1', vulnerableItem(1, '')['sys_id'] ?? '', { approval_state: '1' }),
        exception('CA2', vulnerableItem(2, '')['sys_id'] ?? '', { approval_state: '0' }),
      ],
    });
    expect(items.map((one) => one.exception)).toEqual([
      {
        system: 'ServiceNow',
        number: 'CA1',
        requester: 'beth.anglin',
        reason: 'Isolated network',
        at: '2026-06-01T08:00:00.000Z',
        until: '2027-01-31T23:59:59.000Z',
      },
      {
        system: 'ServiceNow',
        number: 'VIT2',
        requester: 'Ann',
        reason: 'Awaiting maintenance window',
        at: '2026-05-01T10:00:00.000Z',
        until: null,
      },
    ]);
  });

  it('that are deferred nobody knows since when say so', async () => {
    const { items } = await read({
      sn_vul_vulnerable_item: [
        vulnerableItem(1, idOf(7), { state: '12', ignore_date: '2027-01-31', sys_updated_on: '' }),
        vulnerableItem(2, idOf(7), { state: '12', sys_updated_on: 'yesterday' }),
      ],
      sn_sec_exception_change_approval: [],
    });
    expect(items.map((one) => one.exception?.at)).toEqual([null, null]);
  });

  it('are no more than the limit, and none where it is 0', async () => {
    const rows = Array.from({ length: 5 }, (_, index) => vulnerableItem(index, idOf(7)));
    const some = await read({ sn_vul_vulnerable_item: rows }, 3);
    expect([some.items.length, some.missing]).toEqual([3, [expect.stringMatching(/more vulnerable items than the 3/)]]);
    await server.close();
    expect((await read({ sn_vul_vulnerable_item: rows }, 0)).items).toEqual([]);
    expect(asked()).toEqual(['incident', 'cmdb_ci']);
  });

  it('are a note where the plug-in is not there', async () => {
    const { items, missing, notes } = await read({});
    expect([items, missing, notes]).toEqual([[], [], [expect.stringMatching(/no table sn_vul_vulnerable_item/)]]);
  });
});

const exception = (number: string, record: string, over: StoredRow): StoredRow => ({
  sys_id: number,
  number,
  record,
  table: 'sn_vul_vulnerable_item',
  description: 'Isolated network',
  sys_created_by: 'beth.anglin',
  sys_created_on: '2026-06-01 08:00:00',
  ...over,
});
