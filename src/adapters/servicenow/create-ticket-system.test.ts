import { afterEach, describe, expect, it } from 'vitest';
import { ACCOUNT } from '../../../test/support/servicenow-accounts.ts';
import type { StoredRow } from '../../../test/support/servicenow-query.ts';
import { type ServiceNowServer, startServiceNow } from '../../../test/support/servicenow-server.ts';
import { createTestHttp } from '../../../test/support/source-server-client.ts';
import type { Ticket } from '../../ports/ticket-system.ts';
import { createServiceNowTickets } from './create-ticket-system.ts';

let server: ServiceNowServer;
afterEach(() => server.close());

const TICKET: Ticket = {
  correlationId: 'eras:log4j',
  title: 'Update log4j-core to 2.17.1',
  description: 'CVE-2021-44228\nCVE-2021-45046',
  priority: 2,
  dueDate: '2026-02-03',
  assetId: 'a'.repeat(32),
};
const call = { signal: new AbortController().signal };

async function create(incident: StoredRow[] = [], hidden: ReadonlySet<string> = new Set()) {
  server = await startServiceNow({ tables: { incident }, hidden });
  const http = createTestHttp({ timeoutMs: 2000, budgetMs: 4000 });
  return createServiceNowTickets({ http, instanceUrl: server.origin, credentials: { kind: 'basic', ...ACCOUNT } });
}

const row = (number: number, over: Record<string, string>): StoredRow => ({
  sys_id: String(number).padStart(32, '0'),
  number: `INC${number}`,
  active: 'true',
  state: '1',
  short_description: 'x',
  description: 'y',
  ...over,
});

describe('tickets', () => {
  it('are made, found again, changed and closed', async () => {
    const tickets = await create();
    const made = await tickets.create(TICKET, call);
    expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({
      correlation_id: 'eras:log4j',
      correlation_display: 'ERAS',
      short_description: 'Update log4j-core to 2.17.1',
      description: 'CVE-2021-44228\nCVE-2021-45046',
      impact: '1',
      urgency: '2',
      priority: '2',
      due_date: '2026-02-03 23:59:59',
      cmdb_ci: TICKET.assetId,
    });
    expect((await tickets.findTickets('eras:', call)).get('eras:log4j')).toEqual({ ...made, isOpen: true });
    await tickets.update(made.id, { ...TICKET, title: 'Update it' }, call);
    await tickets.close(made.id, 'No longer found.', call);
    expect((await tickets.findTickets('eras:', call)).get('eras:log4j')).toMatchObject({
      title: 'Update it',
      isOpen: false,
    });
    expect(JSON.parse(server.asked.at(-2)?.body ?? '')).toMatchObject({ state: '7', close_notes: 'No longer found.' });
  });

  it('are found by the exact prefix, the open one of several', async () => {
    const tickets = await create([
      row(1, { correlation_id: 'ERAS:x' }),
      row(2, { correlation_id: 'eras:a', active: 'false', state: '7' }),
      row(3, { correlation_id: 'eras:a' }),
      row(4, { correlation_id: 'eras:a', state: '6' }),
      row(5, { correlation_id: 'other' }),
    ]);
    const found = await tickets.findTickets('eras:', call);
    expect([...found].map(([id, { number }]) => [id, number])).toEqual([['eras:a', 'INC3']]);
  });

  it('are found with the open ones that people copied', async () => {
    const tickets = await create([1, 2, 3].map((at) => row(at, { correlation_id: 'eras:a' })));
    const found = (await tickets.findTickets('eras:', call)).get('eras:a');
    expect([found?.number, found?.copies?.map(({ number }) => number)]).toEqual(['INC1', ['INC2', 'INC3']]);
  });

  it.each(['', 'eras^active=true', 'javascript:x'])('are not looked for by %j', async (prefix) => {
    const tickets = await create();
    await expect(tickets.findTickets(prefix, call)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(server.asked).toEqual([]);
  });

  it.each([
    { dropAnswer: true },
    { status: 503 },
    { status: 429, headers: { 'retry-after': '0' } },
    { truncated: true },
  ])('are never sent twice: %j', async (behaviour) => {
    const tickets = await create();
    server.misbehave(behaviour);
    await expect(tickets.create(TICKET, call)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    expect(server.asked).toHaveLength(1);
  });

  it('are not made beside others that the account may not see', async () => {
    const hidden = row(2, { correlation_id: 'eras:b' });
    const tickets = await create([row(1, { correlation_id: 'eras:a' }), hidden], new Set([hidden['sys_id'] ?? '']));
    await expect(tickets.findTickets('eras:', call)).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
      message: expect.stringContaining('tickets of eras:: 2 selected, 1 shown'),
    });
  });

  it('keep what came from records of which not all, or not every field, are shown', async () => {
    const [closed, hidden] = [row(1, { active: 'false', state: '7' }), { ...row(1, {}), sys_id: '9'.repeat(32) }];
    const { description: _, ...partly } = row(3, {});
    const tickets = await create([closed, hidden, partly as StoredRow], new Set([hidden['sys_id'] ?? '']));
    const record = (number: string) => ({ file: 'servicenow:incident', number });
    await expect(tickets.readRecords([record('INC1')], call)).rejects.toMatchObject({
      message: expect.stringContaining('records of incident: 2 selected, 1 shown'),
    });
    expect(await tickets.readRecords([record('INC3')], call)).toMatchObject([
      { number: 'INC3', isActive: true, text: '' },
    ]);
  });

  it('keep what came from a record whose text is too long to be read whole', async () => {
    const tickets = await create([row(1, { description: 'x'.repeat(4_000_001) })]);
    expect(await tickets.readRecords([{ file: 'servicenow:incident', number: 'INC1' }], call)).toMatchObject([
      { number: 'INC1', isActive: true, isCut: true },
    ]);
  });

  it('are planned as they are sent', async () => {
    const tickets = await create();
    const made = await tickets.create(TICKET, call);
    const planned = tickets.plan({ create: TICKET });
    expect([planned.method, planned.url]).toEqual(['POST', server.asked[0]?.url.href]);
    expect(planned.body).toEqual(JSON.parse(server.asked[0]?.body ?? ''));
    expect(tickets.plan({ close: made.id, note: 'x' })).toMatchObject({
      method: 'PATCH',
      url: expect.stringContaining(`/api/now/table/incident/${made.id}?`),
    });
  });

  it('tell of vulnerable items by number: whether they are open, and what they name', async () => {
    const item = (number: string, over: StoredRow): StoredRow => ({
      sys_id: number,
      number,
      vulnerability: 'v1',
      ...over,
    });
    server = await startServiceNow({
      tables: {
        sn_vul_vulnerable_item: [
          item('VIT1', { state: '1' }),
          item('VIT2', { state: '3' }),
          item('VIT3', { state: '12', vulnerability: '', short_description: 'CVE-2024-1000' }),
          item('VIT4', { state: '' }),
          item('VIT5', { state: '1' }),
        ],
      },
      display: { v1: 'CVE-2024-7777' },
      references: { vulnerability: 'sn_vul_entry' },
    });
    const http = createTestHttp({ timeoutMs: 2000, budgetMs: 4000 });
    const tickets = createServiceNowTickets({
      http,
      instanceUrl: server.origin,
      credentials: { kind: 'basic', ...ACCOUNT },
    });
    const file = 'servicenow:sn_vul_vulnerable_item';
    const names = ['VIT1', 'VIT2', 'VIT3', 'VIT4', 'VIT9', 'VIT5^state=1'].map((number) => ({ file, number }));
    expect(await tickets.readRecords(names, call)).toEqual([
      { file, number: 'VIT1', isActive: true, text: 'CVE-2024-7777' },
      { file, number: 'VIT2', isActive: false, text: 'CVE-2024-7777' },
      { file, number: 'VIT3', isActive: true, text: 'CVE-2024-1000' },
    ]);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]?.url.searchParams.get('sysparm_query')).toMatch(
      /^numberINVIT1,VIT2,VIT3,VIT4,VIT9\^ORDERBY/,
    );
  });

  it('tell nothing of vulnerable items where the instance has none', async () => {
    const tickets = await create();
    expect(await tickets.readRecords([{ file: 'servicenow:sn_vul_vulnerable_item', number: 'VIT1' }], call)).toEqual(
      [],
    );
  });

  it('that the instance refuses say why', async () => {
    const tickets = await create();
    server.misbehave({ status: 403, body: '{"error":{"message":"Operation Failed","detail":"ACL Exception"}}' });
    await expect(tickets.create(TICKET, call)).rejects.toThrow(/not let this account write incident .*ACL Exception/);
  });
});
