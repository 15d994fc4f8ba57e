import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { EpssDay } from '../../domain/epss/epss-day.ts';
import { sourceUnavailable } from '../../domain/source/source-unavailable.ts';
import type { HttpClient, SourceLog } from '../../ports/http-client.ts';
import type { CatalogueSource } from '../../ports/vulnerability-source.ts';
import { parseEpssCsv } from './daily-file.ts';

// The day of 2026 has 2 MB compressed and 10 MB unpacked; the bounds leave room to grow but none for a zip bomb.
const MAX_BYTES = 64 * 2 ** 20;
const MAX_UNPACKED_BYTES = 256 * 2 ** 20;
// Enough for 2 MB at 0.2 Mbit/s.
const TOTAL_MS = 120_000;

/** What the daily file depends on. */
export interface EpssCatalogueOptions {
  readonly http: HttpClient;
  /** EPSS_CSV_URL; gzip or plain, told by the content. */
  readonly csvUrl: string;
  readonly log?: SourceLog;
}

/** FIRST's daily file as a catalogue of every score. */
export function createEpssCatalogue({ http, csvUrl, log }: EpssCatalogueOptions): CatalogueSource<EpssDay> {
  return {
    name: 'epss',
    async fetchCatalogue(call) {
      const accept = 'text/csv, application/gzip, */*';
      const limits = { maxBytes: MAX_BYTES, bulk: { totalMs: TOTAL_MS } };
      const outcome = await http.getBytes({ source: 'epss', url: csvUrl, accept, ...limits, call });
      if (!outcome.ok) throw sourceUnavailable(outcome.reason, outcome.retryable);
      const day = await parseEpssCsv(await unpackText(outcome.body, MAX_UNPACKED_BYTES));
      if (!day.ok) throw sourceUnavailable(day.error, false);
      if (day.value.unreadable > 0) log?.('EPSS rows left out', { rows: day.value.unreadable });
      return day.value;
    },
  };
}

/** Text, unpacked where its first bytes are gzip's; throws `SOURCE_UNAVAILABLE` where it unpacks to more than the limit. */
export async function unpackText(bytes: Uint8Array, maxBytes: number): Promise<string> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    const plain = isGzip ? await promisify(gunzip)(bytes, { maxOutputLength: maxBytes }) : bytes;
    return new TextDecoder().decode(plain);
  } catch (cause) {
    throw sourceUnavailable('the EPSS file cannot be unpacked, or unpacks to more than is believable', true, cause);
  }
}
