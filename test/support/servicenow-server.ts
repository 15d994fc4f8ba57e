import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isSignedIn, type OAuthState, tokenReply } from './servicenow-accounts.ts';
import { evaluateQuery, type StoredRow } from './servicenow-query.ts';

/** How an instance misbehaves; `when` limits it to some requests, `times` to the next so many. */
export interface Misbehaviour {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Half of the answer, as a whole one. */
  readonly truncated?: boolean;
  /** Does as it is told, and then breaks the connection. */
  readonly dropAnswer?: boolean;
  readonly times?: number;
  readonly when?: (url: URL) => boolean;
}

/** What the instance holds and how it answers. */
export interface ServiceNowData {
  readonly tables: Readonly<Record<string, StoredRow[]>>;
  /** Fields that name rows of another table. */
  readonly references?: Readonly<Record<string, string>>;
  /** What people see in the place of a stored value. */
  readonly display?: Readonly<Record<string, string>>;
  /** Rows that the account may not see, by `sys_id`: they are left out of pages that they count in. */
  readonly hidden?: ReadonlySet<string>;
  readonly withoutHeaders?: boolean;
  /** The origin that links to further pages name. */
  readonly linkOrigin?: string;
}

/** A request as it came in. */
export interface AskedOfServiceNow {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A stand-in for an instance on loopback. Its account is `eras` with the password `secret word`; its OAuth client `client` with `client secret`. */
export async function startServiceNow(data: ServiceNowData) {
  const asked: AskedOfServiceNow[] = [];
  const oauth: OAuthState = { tokens: new Set(['fixed-token']), issued: 0 };
  let odd: { behaviour: Misbehaviour; left: number } | null = null;

  function nextOddity(url: URL): Misbehaviour | null {
    if (odd === null || odd.left <= 0 || odd.behaviour.when?.(url) === false) return null;
    odd.left -= 1;
    return odd.behaviour;
  }

  function replyTo(url: URL, { method, headers, body }: Omit<AskedOfServiceNow, 'url'>): Reply {
    if (url.pathname === '/oauth_token.do') return tokenReply(oauth, body);
    if (isSignedIn(oauth, headers.authorization)) return answer(data, { method, url, body });
    return failure(401, 'User Not Authenticated', 'Required to provide Auth information');
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const body = await bodyOf(request);
    const url = new URL(request.url ?? '/', origin);
    const exchange = { method: request.method ?? 'GET', headers: request.headers, body };
    asked.push({ url, ...exchange });
    const oddity = nextOddity(url);
    if (oddity?.status !== undefined || oddity?.body !== undefined) {
      return response.writeHead(oddity.status ?? 200, oddity.headers).end(oddity.body ?? '');
    }
    const reply = replyTo(url, exchange);
    if (oddity?.dropAnswer) return request.socket.resetAndDestroy();
    return send(response, reply, oddity?.truncated === true);
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    asked,
    /** Takes back the tokens that were given out. */
    expireTokens: () => oauth.tokens.clear(),
    misbehave(behaviour: Misbehaviour) {
      odd = { behaviour, left: behaviour.times ?? Number.POSITIVE_INFINITY };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A running stand-in. */
export type ServiceNowServer = Awaited<ReturnType<typeof startServiceNow>>;

interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly json: unknown;
}

function failure(status: number, message: string, detail: string): Reply {
  return { status, json: { error: { message, detail }, status: 'failure' } };
}

function answer(data: ServiceNowData, request: { method: string; url: URL; body: string }): Reply {
  const [, table = '', id] = /^\/api\/now\/table\/([a-z_]+)(?:\/([^/]+))?$/.exec(request.url.pathname) ?? [];
  const rows = data.tables[table];
  if (rows === undefined) return failure(400, `Invalid table ${table}`, '');
  if (request.method === 'GET') return list(data, rows, request.url);
  const fields = JSON.parse(request.body) as Record<string, string>;
  if (request.method === 'POST') {
    const row = { sys_id: `${rows.length}`.padStart(32, 'e'), number: `INC9${rows.length}`, active: 'true', ...fields };
    rows.push(row);
    return { status: 201, json: { result: show(data, row, request.url) } };
  }
  const index = rows.findIndex(({ sys_id: own }) => own === id);
  const known = rows[index];
  if (known === undefined) return failure(404, 'No Record found', "Record doesn't exist or ACL restricts it");
  rows[index] = { ...known, ...fields };
  return { status: 200, json: { result: show(data, { ...known, ...fields }, request.url) } };
}

function list(data: ServiceNowData, rows: readonly StoredRow[], url: URL): Reply {
  const { searchParams: asked } = url;
  const found = evaluateQuery(asked.get('sysparm_query') ?? '', rows);
  const [limit, offset] = [Number(asked.get('sysparm_limit') ?? 10_000), Number(asked.get('sysparm_offset') ?? 0)];
  const page = found.slice(offset, offset + limit).filter(({ sys_id: id = '' }) => data.hidden?.has(id) !== true);
  const next = new URL(`${url.pathname}${url.search}`, data.linkOrigin ?? url.origin);
  next.searchParams.set('sysparm_offset', String(offset + limit));
  const links = [`<${url.href}>;rel="first"`, ...(offset + limit < found.length ? [`<${next.href}>;rel="next"`] : [])];
  const headers = data.withoutHeaders ? {} : { link: links.join(','), 'x-total-count': String(found.length) };
  return { status: 200, headers, json: { result: page.map((row) => show(data, row, url)) } };
}

/** A row in the form of `sysparm_display_value` that is asked for, with the fields that are asked for. */
function show(data: ServiceNowData, row: StoredRow, { searchParams, origin }: URL): Record<string, unknown> {
  const fields = searchParams.get('sysparm_fields')?.split(',') ?? Object.keys(row);
  const form = searchParams.get('sysparm_display_value') ?? 'false';
  const isBare = searchParams.get('sysparm_exclude_reference_link') === 'true';
  return Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      const value = row[field];
      // A field that the table lacks is passed over.
      if (value === undefined) return [];
      const display = data.display?.[value] ?? value;
      const table = data.references?.[field];
      const link =
        table === undefined || isBare || value === '' ? {} : { link: `${origin}/api/now/table/${table}/${value}` };
      const isLinked = Object.keys(link).length > 0;
      if (form === 'all') return [[field, { display_value: display, value, ...link }]];
      if (form === 'true') return [[field, isLinked ? { display_value: display, ...link } : display]];
      return [[field, isLinked ? { ...link, value } : value]];
    }),
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

function send(response: ServerResponse, { status, headers, json }: Reply, isTruncated: boolean): void {
  const text = JSON.stringify(json);
  const body = isTruncated ? text.slice(0, text.length / 2) : text;
  response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8', ...headers }).end(body);
}
