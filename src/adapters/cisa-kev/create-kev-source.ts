import type { KevCatalogue } from '../../domain/kev/kev-entry.ts';
import { sourceUnavailable } from '../../domain/source/source-unavailable.ts';
import type { HttpClient, SourceLog } from '../../ports/http-client.ts';
import type { CatalogueSource } from '../../ports/vulnerability-source.ts';
import { parseKevCatalogue } from './schema.ts';

// The catalogue of 2025 has 1.3 MB and grows by about 0.2 MB a year.
const MAX_BYTES = 64 * 2 ** 20;

/** What the KEV source depends on. */
export interface KevSourceOptions {
  readonly http: HttpClient;
  /** KEV_URL. */
  readonly url: string;
  readonly log?: SourceLog;
}

/** CISA's Known Exploited Vulnerabilities catalogue. */
export function createKevSource({ http, url, log }: KevSourceOptions): CatalogueSource<KevCatalogue> {
  return {
    name: 'kev',
    async fetchCatalogue(call) {
      const outcome = await http.getJson({ source: 'kev', url, maxBytes: MAX_BYTES, call });
      if (!outcome.ok) throw sourceUnavailable(outcome.reason, outcome.retryable);
      const parsed = parseKevCatalogue(outcome.body);
      if (!parsed.ok) throw sourceUnavailable(parsed.error, false);
      for (const reason of parsed.value.unreadable) log?.('KEV entry left out', { reason });
      return parsed.value.catalogue;
    },
  };
}
