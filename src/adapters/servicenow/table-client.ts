import type { HttpClient, HttpFailure, HttpOutcome, HttpRequest } from '../../ports/http-client.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';
import { createAuthorization } from './authorization.ts';
import { accountOf, type ServiceNowCredentials } from './credentials.ts';
import { createFailureWords, isFinal } from './failures.ts';
import { nextPage, totalOf } from './pages.ts';
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
  /** Whether the first page is enough where the instance counts more rows than `most`: they are asked for in another way then. */
  readonly wantsAllOrNone?: boolean;
  /** Whether the instance may lack the table: that of a plug-in. It is then asked twice at the most. */
  readonly mayLack?: boolean;
}

/** Rows that were read. */
export interface ReadRows {
  readonly rows: readonly Row[];
  /** Whether there are others beyond `most`. */
  readonly isMore: boolean;
  /** Rows that the query selects and that did not come: those that the account may not see, or pages cut short. 0 where the instance does not count. */
  readonly hidden: number;
  /** Whether the instance has no such table; told of tables that it may lack only. */
  readonly isAbsent: boolean;
}

/** The Table API of an instance. */
export interface TableClient {
  /** Rows of a query, each once. @throws RiskError */
  read(wanted: RowsWanted, call: SourceCall): Promise<ReadRows>;
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
/** A table that may not be there is not worth the time that a failing source is given. */
const ATTEMPTS_WHERE_LACKING = 2;
const MAX_BYTES = 64 * 2 ** 20;
/** Ours: an instance's own limits are set by its administrators, by the hour, and told by 429. */
const [REQUESTS, WINDOW_MS] = [50, 10_000];

/** The Table API over the HTTP client, signed in. */
export function createTableClient({ http, instanceUrl, credentials }: ServiceNowOptions): TableClient {
  const words = createFailureWords(credentials);
  const authorization = createAuthorization({ http, instanceUrl, credentials, words });
  const account = accountOf(instanceUrl, credentials);

  /** Asks with a header that is accepted, where there is one: a token may have run out meanwhile. */
  async function ask(url: string, how: Pick<HttpRequest, 'send' | 'attempts'>, call: SourceCall) {
    const askWith = (header: string): Promise<HttpOutcome<unknown>> =>
      http.getJson({
        source: 'servicenow',
        url,
        maxBytes: MAX_BYTES,
        lanes: [{ id: account, requests: REQUESTS, windowMs: WINDOW_MS, headers: { authorization: header } }],
        wantsFailureText: true,
        answers: isFinal,
        ...how,
        call,
      });
    const header = await authorization.header(call);
    const outcome = await askWith(header);
    const isRefused = !outcome.ok && outcome.status === 401;
    return isRefused && authorization.refresh(header) ? askWith(await authorization.header(call)) : outcome;
  }

  /** Null: the instance lacks the table. */
  async function readPage(url: URL, { table, mayLack = false }: RowsWanted, call: SourceCall) {
    const outcome = await ask(url.href, mayLack ? { attempts: ATTEMPTS_WHERE_LACKING } : {}, call);
    // Releases differ: some answer so where a query selects nothing.
    if (!outcome.ok && outcome.status === 404 && /no record found/i.test(outcome.text ?? '')) {
      return { rows: [], header: outcome.header };
    }
    if (!outcome.ok && mayLack && isMissingTable(outcome)) return null;
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
      let total: number | null = null;
      const isEnough = () => rows.size >= wanted.most || (wanted.wantsAllOrNone === true && (total ?? 0) > wanted.most);
      while (next !== null && !isEnough() && visited.size < MOST_PAGES && !visited.has(next.href)) {
        visited.add(next.href);
        const url: URL = next;
        const page = await readPage(url, wanted, call);
        if (page === null) return { rows: [], isMore: false, hidden: 0, isAbsent: true };
        const before = rows.size;
        for (const row of page.rows) rows.set(cellOf(row, 'sys_id').value || JSON.stringify(row), row);
        // Rows come and go between pages: the last one counts.
        total = totalOf(page.header);
        next = nextPage({ url, header: page.header, size: page.rows.length, isNews: rows.size > before });
      }
      const isMore = next !== null || rows.size > wanted.most;
      const hidden = isMore ? 0 : Math.max(0, (total ?? 0) - rows.size);
      return { rows: [...rows.values()].slice(0, wanted.most), isMore, hidden, isAbsent: false };
    },
    async write({ table, url, method, json }, call) {
      const outcome = await ask(url, { send: { method, json }, attempts: 1 }, call);
      if (!outcome.ok) throw words.ofRequest(outcome, 'write', table);
      const parsed = parseRows(outcome.body);
      if (!parsed.ok) throw words.ofReply(parsed.error, table);
      return parsed.value.rows[0] ?? {};
    },
  };
}

/** What an instance says of a table that it has not: 400 `Invalid table`, and 404 of some releases. */
function isMissingTable({ status, text }: HttpFailure): boolean {
  return status === 404 || (status === 400 && /invalid table/i.test(text ?? ''));
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
