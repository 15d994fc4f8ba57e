import type { CveId } from '../../domain/cve/cve-id.ts';
import type { EpssScore } from '../../domain/epss/epss-score.ts';
import { answerOf } from '../../domain/source/answer-of.ts';
import type { SourceAnswer } from '../../domain/source/lookup.ts';
import { planRequests } from '../../domain/source/source-plan.ts';
import { asTheyArrive } from '../../kernel/as-they-arrive.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import type { HttpClient, SourceLog } from '../../ports/http-client.ts';
import type { RecordSource, SourceCall } from '../../ports/vulnerability-source.ts';
import { type EpssReply, parseEpssReply } from './schema.ts';

// The API's own page size, and the bound of the outside contract.
const IDS_A_REQUEST = 100;
const CONCURRENCY = 4;
/** FIRST publishes no limit. Ten requests a second are enough for 60,000 CVEs a minute, and burden nobody. */
const LANES = [{ id: 'epss', requests: 600, windowMs: 60_000, headers: {} }];
const MAX_BYTES = 8 * 2 ** 20;
const OTHER_CVES = 'EPSS answered about other CVEs than those asked for';

/** What the EPSS source depends on. */
export interface EpssSourceOptions {
  readonly http: HttpClient;
  /** EPSS_API_URL. */
  readonly apiUrl: string;
  readonly log?: SourceLog;
}

/** FIRST's EPSS API as a source of scores. */
export function createEpssSource({ http, apiUrl, log }: EpssSourceOptions): RecordSource<EpssScore> {
  async function* lookUp(cveIds: readonly CveId[], call: SourceCall) {
    const ids = [...new Set(cveIds)];
    const tasks: (() => Promise<readonly SourceAnswer<EpssScore>[]>)[] = [];
    for (let start = 0; start < ids.length; start += IDS_A_REQUEST) {
      const batch = ids.slice(start, start + IDS_A_REQUEST);
      tasks.push(() => ask(batch, call));
    }
    yield* asTheyArrive(tasks, CONCURRENCY);
  }

  async function ask(ids: readonly CveId[], call: SourceCall): Promise<readonly SourceAnswer<EpssScore>[]> {
    const pages = await fetchPages(ids, call);
    if (!pages.ok) return ids.map((cveId) => ({ cveId, kind: 'unavailable', reason: pages.error }));
    const unreadable = pages.value.flatMap((page) => page.unreadable);
    for (const { cveId, reason } of unreadable) log?.('EPSS row left out', { cveId, reason });
    const asked = new Set<string>(ids);
    const told = pages.value.flatMap((page) => page.scores);
    if (told.length > 0 && !told.some(({ cveId }) => asked.has(cveId))) {
      return ids.map((cveId) => ({ cveId, kind: 'unavailable', reason: OTHER_CVES }));
    }
    const scores = new Map(told.map((score) => [score.cveId, score]));
    const inWords = (reason: string) => `EPSS answered with a score that cannot be read: ${reason}`;
    return ids.map((cveId) => answerOf(cveId, scores, unreadable, inWords));
  }

  async function fetchPages(ids: readonly CveId[], call: SourceCall): Promise<Result<EpssReply[], string>> {
    const pages: EpssReply[] = [];
    for (let offset = 0, total = 1; offset < total; ) {
      const page = await fetchPage(ids, offset, call);
      if (!page.ok) return page;
      pages.push(page.value);
      offset += page.value.size;
      total = page.value.total;
      if (page.value.size === 0 && offset < total) return failure('the pages of EPSS end before the last score');
    }
    return success(pages);
  }

  async function fetchPage(
    ids: readonly CveId[],
    offset: number,
    call: SourceCall,
  ): Promise<Result<EpssReply, string>> {
    const query = `cve=${ids.join(',')}${offset === 0 ? '' : `&offset=${offset}`}`;
    const url = `${apiUrl}${apiUrl.includes('?') ? '&' : '?'}${query}`;
    const outcome = await http.getJson({ source: 'epss', url, maxBytes: MAX_BYTES, lanes: LANES, call });
    if (!outcome.ok) return failure(outcome.reason);
    const page = parseEpssReply(outcome.body);
    if (!page.ok) return failure(`EPSS answered with something else: ${page.error}`);
    // A server that takes no notice of the ids lists every CVE; those asked for would then look unscored.
    return page.value.total > ids.length ? failure(OTHER_CVES) : page;
  }

  return {
    name: 'epss',
    planFor: (cves) => planRequests(cves, { idsARequest: IDS_A_REQUEST, atOnce: CONCURRENCY, lanes: LANES }),
    lookUp,
  };
}
