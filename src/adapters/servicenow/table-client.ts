import type { HttpClient, HttpOutcome, HttpSending } from '../../ports/http-client.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';
import { createAuthorization } from './authorization.ts';
import { accountOf, type ServiceNowCredentials } from './credentials.ts';
import { createFailureWords, isFinal } from './failures.ts';
import { nextPage } from './pages.ts';
import { cellOf, parseRows, type Row } from './schema.ts';

/** Which instance, and how ERAS signs in to it. */
export interface ServiceNowOptions {
  readonly http: HttpClient;
  /** SERVICENOW_INSTANCE_URL, such as `https://example.service-now.com`. */
  readonly instanceUrl: string;
  readonly credentials: ServiceNowCredentials;
}

/** Rows that are wanted, and how much of them. */
export interface RowsWanted {
  readonly table: string;
  readonly query: string;
  readonly fields: readonly string[];
  /** Whether what people see is wanted beside what is stored. */
  readonly withDisplay?: boolean;
  /** Rows at most. */
  readonly most: number;
}

/** The Table API of an instance. */
export interface TableClient {
  /** Rows of a query, each once; `isMore`: there are others beyond `most`. @throws RiskError */
  read(wanted: RowsWanted, call: SourceCall): Promise<{ readonly rows: readonly Row[]; readonly isMore: boolean }>;
  /** Writes a row, once; the row as it then is. @throws RiskError */
  write(request: WriteRequest, call: SourceCall): Promise<Row>;
  /** The account whose rights all this is with, without secrets. */
  readonly account: string;
}

/** A row to be written. */
export interface WriteRequest {
  readonly table: string;
  readonly url: string;
  readonly method: 'POST' | 'PATCH';
  readonly json: unknown;
}

/** Rows a request; the API takes 10,000, and then runs into its limits of time. */
const PAGE_ROWS = 500;
/** So many pages without an end are a server that goes round in circles. */
const MOST_PAGES = 1000;
const MAX_BYTES = 64 * 2 ** 20;
/** Ours: an instance's own limits are set by its administrators, by the hour, and told by 429. */
const [REQUESTS, WINDOW_MS] = [50, 10_000];

/** The Table API over the HTTP client, signed in. */
export function createTableClient({ http, instanceUrl, credentials }: ServiceNowOptions): TableClient {
  const words = createFailureWords(credentials);
  const authorization = createAuthorization({ http, instanceUrl, credentials, words });
  const account = accountOf(instanceUrl, credentials);

  /** Asks with a header that is accepted, where there is one: a token may have run out meanwhile. */
  async function ask(url: string, send: HttpSending | null, call: SourceCall): Promise<HttpOutcome<unknown>> {
    const askWith = (header: string) =>
      http.getJson({
        source: 'servicenow',
        url,
        maxBytes: MAX_BYTES,
        lanes: [{ id: account, requests: REQUESTS, windowMs: WINDOW_MS, headers: { authorization: header } }],
        wantsFailureText: true,
        answers: isFinal,
        ...(send === null ? {} : { send, attempts: 1 }),
        call,
      });
    const header = await authorization.header(call);
    const outcome = await askWith(header);
    const isRefused = !outcome.ok && outcome.status === 401;
    return isRefused && authorization.refresh(header) ? askWith(await authorization.header(call)) : outcome;
  }

  async function readPage(url: URL, table: string, call: SourceCall) {
    const outcome = await ask(url.href, null, call);
    // Releases differ: some answer so where a query selects nothing.
    if (!outcome.ok && outcome.status === 404 && /no record found/i.test(outcome.text ?? '')) {
      return { rows: [], header: outcome.header };
    }
    if (!outcome.ok) throw words.ofRequest(outcome, 'read', table);
    const parsed = parseRows(outcome.body);
    if (!parsed.ok) throw words.ofReply(parsed.error, table);
    if (parsed.value.unreadable > 0) throw words.ofReply(`${parsed.value.unreadable} rows are none`, table);
    return { rows: parsed.value.rows, header: outcome.header };
  }

  return {
    account,
    async read(wanted, call) {
      const rows = new Map<string, Row>();
      const visited = new Set<string>();
      let next: URL | null = firstPage(instanceUrl, wanted);
      while (next !== null && rows.size < wanted.most && visited.size < MOST_PAGES && !visited.has(next.href)) {
        visited.add(next.href);
        const url: URL = next;
        const page = await readPage(url, wanted.table, call);
        const before = rows.size;
        for (const row of page.rows) rows.set(cellOf(row, 'sys_id').value || JSON.stringify(row), row);
        next = nextPage({ url, header: page.header, size: page.rows.length, isNews: rows.size > before });
      }
      const isMore = next !== null || rows.size > wanted.most;
      return { rows: [...rows.values()].slice(0, wanted.most), isMore };
    },
    async write({ table, url, method, json }, call) {
      const outcome = await ask(url, { method, json }, call);
      if (!outcome.ok) throw words.ofRequest(outcome, 'write', table);
      const parsed = parseRows(outcome.body);
      if (!parsed.ok) throw words.ofReply(parsed.error, table);
      return parsed.value.rows[0] ?? {};
    },
  };
}

function firstPage(instanceUrl: string, { table, query, fields, withDisplay = false, most }: RowsWanted): URL {
  const url = new URL(`${instanceUrl}/api/now/table/${table}`);
  const parameters = {
    sysparm_query: query,
    sysparm_fields: ['sys_id', ...fields].join(','),
    sysparm_limit: String(Math.min(PAGE_ROWS, most)),
    sysparm_offset: '0',
    sysparm_exclude_reference_link: 'true',
    sysparm_display_value: withDisplay ? 'all' : 'false',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}
