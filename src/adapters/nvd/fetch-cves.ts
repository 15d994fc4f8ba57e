import type { CveId } from '../../domain/cve/cve-id.ts';
import type { NvdRecord } from '../../domain/cve/records.ts';
import type { UnreadableRecord } from '../../domain/source/answer-of.ts';
import type { HttpClient, HttpFailure, RateLimitLane } from '../../ports/http-client.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';
import { isKeyRefused } from './lanes.ts';
import { type NvdPage, parseNvdPage } from './schema.ts';

// A full page of 2000 records has about 20 MB; the longest lists of configurations triple that.
const MAX_PAGE_BYTES = 64 * 2 ** 20;

/** What came of asking for some CVEs, all pages together. */
export type Fetched =
  | {
      readonly kind: 'pages';
      readonly records: ReadonlyMap<CveId, NvdRecord>;
      readonly unreadable: readonly UnreadableRecord[];
    }
  /** The server does not know the parameter `cveIds`, or takes no notice of it. */
  | { readonly kind: 'list-not-understood' }
  /** The API key was refused; asking again is in vain. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** `isAnswered`: the server answered, but with something else. */
  | { readonly kind: 'failed'; readonly reason: string; readonly isAnswered: boolean };

/** What asking needs. */
export interface FetchContext {
  readonly http: HttpClient;
  readonly url: string;
  readonly lanes: readonly RateLimitLane[];
  readonly call: SourceCall;
}

/** Asks for one or up to 100 CVEs and follows the pages of the answer. */
export async function fetchCves(context: FetchContext, ids: readonly CveId[]): Promise<Fetched> {
  const asked = new Set<string>(ids);
  const pages: NvdPage[] = [];
  for (let start = 0, total = 1; start < total; ) {
    const fetched = await fetchPage(context, ids, start);
    if (fetched.kind !== 'page') return fetched;
    const { page } = fetched;
    if (page.totalResults > ids.length || page.records.some(({ record }) => !asked.has(record.cveId))) {
      return ids.length > 1
        ? { kind: 'list-not-understood' }
        : failed('NVD answered about other CVEs than the one asked for');
    }
    // Else a server that takes no notice of startIndex would make later records look absent.
    if (page.startIndex !== start) return failed('NVD answered with another page than the one asked for');
    if (page.size === 0 && start < page.totalResults) return failed('the pages of NVD end before the last record');
    pages.push(page);
    start += page.size;
    // It can grow while pages are read.
    total = page.totalResults;
  }
  const records = pages.flatMap((page) => page.records);
  return {
    kind: 'pages',
    records: new Map(records.map(({ record }) => [record.cveId, record])),
    unreadable: pages.flatMap((page) => page.unreadable),
  };
}

async function fetchPage(
  { http, url, lanes, call }: FetchContext,
  ids: readonly CveId[],
  start: number,
): Promise<{ readonly kind: 'page'; readonly page: NvdPage } | Fetched> {
  // A single id is asked for by the older parameter, which every server of this API knows.
  const query = `${ids.length === 1 ? 'cveId' : 'cveIds'}=${ids.join(',')}${start === 0 ? '' : `&startIndex=${start}`}`;
  const outcome = await http.getJson({
    source: 'nvd',
    url: `${url}?${query}`,
    maxBytes: MAX_PAGE_BYTES,
    lanes,
    refusesAccount: isKeyRefused,
    call,
  });
  if (!outcome.ok) return interpretFailure(outcome, ids.length);
  const page = parseNvdPage(outcome.body);
  if (!page.ok) return failed(`NVD answered with something else: ${page.error}`);
  return { kind: 'page', page: page.value };
}

/** NVD says in a header `message`, beside a 404, what it does not like; a 404 of NVD never means that a CVE is unknown. */
function interpretFailure({ status, header, reason }: HttpFailure, asked: number): Fetched {
  const message = header('message') ?? '';
  if (status !== null && isKeyRefused(status, header)) {
    return { kind: 'refused', reason: `NVD refused the API key (${reason})` };
  }
  const isParameter = status === 400 || (status === 404 && /parameter|cveIds/i.test(message));
  return isParameter && asked > 1 ? { kind: 'list-not-understood' } : failed(reason, false);
}

function failed(reason: string, isAnswered = true): Fetched {
  return { kind: 'failed', reason, isAnswered };
}
