import { toNvdRecord } from '../../src/adapters/nvd/schema.ts';
import type { CveId } from '../../src/domain/cve/cve-id.ts';
import type { NvdFacts } from '../../src/domain/snapshot/document.ts';
import { toNvdFacts } from './encode.ts';
import type { RecordsFolder } from './records-folder.ts';

// The day of NVD's feed 1.1 that the converted pages hold: their facts were true then, whenever a record last changed.
const FEED_11_AT = '2022-10-20T00:00:00.000Z';
// Pages converted from feed 1.1, which has no status; one record of the famous page is of the same kind.
const FAMOUS_FROM_FEED_11 = 'CVE-2022-30190';

interface NvdCandidate {
  readonly json: unknown;
  /** Converted from NVD's feed 1.1: vectors, dates and products are NVD's, the status is not. */
  readonly isFeed11: boolean;
}

/**
 * NVD's facts about the wanted CVEs: of each the version that was true last. Vectors keep the source that NVD names; feed
 * 1.1 carried NVD's own only.
 */
export function collectNvdFacts(folder: RecordsFolder, wanted: ReadonlySet<CveId>): ReadonlyMap<CveId, NvdFacts> {
  const best = new Map<CveId, { readonly at: string; readonly facts: NvdFacts }>();
  for (const { json, isFeed11 } of candidates(folder)) {
    const { id } = json as { readonly id: string };
    if (!wanted.has(id as CveId)) continue;
    const parsed = toNvdRecord(json);
    if (!parsed.ok) throw new Error(`NVD record ${id} cannot be read: ${parsed.error}`);
    const record = parsed.value;
    const at = latest(record.lastModified, isFeed11 ? FEED_11_AT : null);
    if (at === null) continue;
    const known = best.get(record.cveId);
    if (known !== undefined && known.at >= at) continue;
    best.set(record.cveId, { at, facts: toNvdFacts(record, at, isFeed11 ? null : record.status) });
  }
  return new Map([...best].map(([cveId, { facts }]) => [cveId, facts]));
}

function* candidates(folder: RecordsFolder): Generator<NvdCandidate> {
  for (const json of pageRecords(folder.json('cve/nvd20_real/famous_cves.nvd20.json'))) {
    yield { json, isFeed11: (json as { readonly id: string }).id === FAMOUS_FROM_FEED_11 };
  }
  for (const line of folder.jsonLines('cve/nvd20_real/nvd20_fixtures.jsonl')) {
    yield { json: (line as { readonly cve: unknown }).cve, isFeed11: false };
  }
  for (const path of folder.list('nvd_api_paging/cve', '.json')) {
    for (const json of pageRecords(folder.json(path))) yield { json, isFeed11: false };
  }
  for (const path of folder.list('cve/nvd20_converted_from_1.1', '.json.gz')) {
    for (const json of pageRecords(folder.json(path))) yield { json, isFeed11: true };
  }
}

function pageRecords(page: unknown): unknown[] {
  const { vulnerabilities } = page as { readonly vulnerabilities?: readonly { readonly cve: unknown }[] };
  return (vulnerabilities ?? []).map((item) => item.cve);
}

/** The later of two moments in ISO 8601 with the same precision. */
export function latest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
