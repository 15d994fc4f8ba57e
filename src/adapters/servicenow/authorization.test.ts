import { afterEach, describe, expect, it } from 'vitest';
import { ACCOUNT, CLIENT } from '../../../test/support/servicenow-accounts.ts';
import { idOf, incident, item } from '../../../test/support/servicenow-rows.ts';
import {
  type ServiceNowData,
  type ServiceNowServer,
  startServiceNow,
} from '../../../test/support/servicenow-server.ts';
import { createTestHttp } from '../../../test/support/source-server-client.ts';
import { createServiceNowAssets } from './create-asset-source.ts';
import type { ServiceNowCredentials } from './credentials.ts';

let server: ServiceNowServer;
afterEach(() => server.close());

const call = () => ({ signal: new AbortController().signal });

async function create(data: ServiceNowData, { credentials }: { credentials: ServiceNowCredentials }) {
  server = await startServiceNow(data);
  const http = createTestHttp({ timeoutMs: 2000, budgetMs: 4000 });
  return createServiceNowAssets({
    http,
    instanceUrl: server.origin,
    credentials,
    exposure: null,
    mostItems: 0,
    mostIncidents: 1000,
  });
}

describe('signing in', () => {
  const tables = { incident: [incident(1)], cmdb_ci: [] };
  it.each<[string, ServiceNowCredentials, number]>([
    ['a token', { kind: 'bearer', token: 'fixed-token' }, 1],
    ['client credentials', { kind: 'oauth', ...CLIENT, user: null }, 2],
    ['the password grant', { kind: 'oauth', ...CLIENT, user: ACCOUNT }, 2],
  ])('works by %s', async (_how, credentials, requests) => {
    const source = await create({ tables }, { credentials });
    expect((await source.readIncidents('active=true', call())).incidents).toHaveLength(1);
    expect(server.asked).toHaveLength(requests);
  });

  it('fetches a token once, and another where it has run out', async () => {
    const source = await create({ tables }, { credentials: { kind: 'oauth', ...CLIENT, user: ACCOUNT } });
    await source.readIncidents('active=true', call());
    await source.readIncidents('active=true', call());
    server.expireTokens();
    expect((await source.readIncidents('active=true', call())).incidents).toHaveLength(1);
    expect(server.asked.map(({ url }) => url.pathname.split('/').at(-1))).toEqual([
      'oauth_token.do',
      'incident',
      'incident',
      'incident',
      'oauth_token.do',
      'incident',
    ]);
    const [token] = server.asked;
    expect(token?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(token?.body))).toEqual({
      grant_type: 'password',
      client_id: CLIENT.clientId,
      client_secret: CLIENT.clientSecret,
      ...ACCOUNT,
    });
  });

  it('fetches one token for all requests that are refused at once', async () => {
    const numbers = Array.from({ length: 350 }, (_, index) => index);
    const many = {
      incident: numbers.map((number) => incident(number, { cmdb_ci: idOf(number) })),
      cmdb_ci: numbers.map((number) => item(number)),
    };
    const source = await create({ tables: many }, { credentials: { kind: 'oauth', ...CLIENT, user: null } });
    server.misbehave({ status: 401, times: 4, when: ({ pathname }) => pathname.endsWith('/cmdb_ci') });
    expect((await source.readIncidents('active=true', call())).assets).toHaveLength(350);
    expect(server.asked.filter(({ url }) => url.pathname === '/oauth_token.do')).toHaveLength(2);
  });

  it.each<[ServiceNowCredentials, RegExp]>([
    [{ kind: 'basic', username: 'eras', password: 'wrong-pass' }, /not accept SERVICENOW_USERNAME and SERVICENOW_PASS/],
    [{ kind: 'bearer', token: 'wrong-pass' }, /does not accept SERVICENOW_TOKEN \(HTTP 401: User Not Authenticated/],
    [
      { kind: 'oauth', clientId: 'client', clientSecret: 'wrong-pass', user: null },
      /no token for SERVICENOW_CLIENT_ID and SERVICENOW_CLIENT_SECRET \(HTTP 401: server_error: access_denied\)/,
    ],
  ])('that fails names the settings, and no secret', async (credentials, message) => {
    const source = await create({ tables }, { credentials });
    const error: unknown = await source.readIncidents('active=true', call()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'SOURCE_UNAVAILABLE', message: expect.stringMatching(message) });
    expect(JSON.stringify(error) + String(error)).not.toContain('wrong-pass');
    expect(server.asked).toHaveLength(1);
  });
});
