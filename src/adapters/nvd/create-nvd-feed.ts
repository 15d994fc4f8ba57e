import type { NvdRecord } from '../../domain/cve/records.ts';
import { sourceUnavailable } from '../../domain/source/source-unavailable.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { PagedSource, SourcePage } from '../../ports/paged-source.ts';
import { isKeyRefused, lanesOf } from './lanes.ts';
import { parseNvdPage } from './schema.ts';

// A full page of 2000 records has about 20 MB; the longest lists of configurations triple that.
const MAX_PAGE_BYTES = 128 * 2 ** 20;
// NVD's bound, and its recommendation for loading everything.
const PAGE_SIZE = 2000;
// NVD takes its time for a full page.
const TOTAL_MS = 300_000;

/** What the feed depends on. */
export interface NvdFeedOptions {
  readonly http: HttpClient;
  /** NVD_API_URL; `/cves/2.0` is appended. */
  readonly baseUrl: string;
  readonly apiKeys: readonly string[];
}

/** All of NVD by pages, or what was modified in a window of at most 120 days. */
export function createNvdFeed({ http, baseUrl, apiKeys }: NvdFeedOptions): PagedSource<NvdRecord> {
  const url = `${baseUrl.replace(/\/+$/, '')}/cves/2.0`;
  const lanes = lanesOf(apiKeys);
  return {
    name: 'nvd',
    async fetchPage({ window, startIndex }, call): Promise<SourcePage<NvdRecord>> {
      const query = new URLSearchParams({
        resultsPerPage: String(PAGE_SIZE),
        startIndex: String(startIndex),
        ...(window === null
          ? {}
          : { lastModStartDate: withOffset(window.from), lastModEndDate: withOffset(window.to) }),
      });
      const outcome = await http.getJson({
        source: 'nvd',
        url: `${url}?${query}`,
        maxBytes: MAX_PAGE_BYTES,
        bulk: { totalMs: TOTAL_MS },
        lanes,
        refusesAccount: isKeyRefused,
        call,
      });
      if (!outcome.ok) throw sourceUnavailable(outcome.reason, outcome.retryable);
      const page = parseNvdPage(outcome.body);
      if (!page.ok) throw sourceUnavailable(page.error, false);
      return page.value;
    },
  };
}

/** NVD documents an offset and no `Z`. */
function withOffset(moment: string): string {
  return moment.replace(/Z$/, '+00:00');
}
