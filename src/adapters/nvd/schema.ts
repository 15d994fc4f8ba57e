import { z } from 'zod';
import { CveIdField, cveIdOrNull } from '../../domain/cve/cve-id-field.ts';
import { describe, exploitUrls, LocalText, Reference } from '../../domain/cve/record-fields.ts';
import type { NvdRecord } from '../../domain/cve/records.ts';
import { toCweIds } from '../../domain/cwe/cwe-id.ts';
import type { UnreadableRecord } from '../../domain/source/answer-of.ts';
import { firstIssue } from '../../kernel/first-issue.ts';
import { itemsThatFit } from '../../kernel/items-that-fit.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import { UtcTime } from '../../kernel/utc-time.ts';
import type { PagedRecord } from '../../ports/paged-source.ts';
import { Affected, Configurations, mostRelevant } from './affected.ts';
import { Metrics } from './cvss.ts';
import { Ssvc } from './ssvc.ts';

const Weakness = z.object({ description: itemsThatFit(LocalText) });

/** Of every product that a record names: what its mirror is indexed by, while the record keeps the most relevant ones only. */
const MOST_INDEXED = 20_000;

const NvdCve = z
  .object({
    id: CveIdField,
    vulnStatus: z.string().min(1).max(60).catch('Unknown'),
    published: UtcTime,
    lastModified: UtcTime,
    descriptions: z
      .array(z.unknown())
      .nullish()
      .transform((texts): unknown => texts ?? [])
      .pipe(itemsThatFit(LocalText)),
    metrics: z.unknown().optional(),
    weaknesses: itemsThatFit(Weakness),
    configurations: Configurations,
    affected: Affected,
    references: itemsThatFit(Reference),
  })
  .transform((cve, context): IndexedRecord => {
    const cvss = Metrics.safeParse(cve.metrics);
    if (!cvss.success)
      context.addIssue({ code: 'custom', path: ['metrics'], message: firstIssue(cvss.error, 'metrics') });
    const description = describe(cve.descriptions);
    const { products: listed, indexed, text: configurations } = cve.configurations;
    const record: NvdRecord = {
      cveId: cve.id,
      status: cve.vulnStatus,
      rejected: cve.vulnStatus.toLowerCase() === 'rejected',
      title: null,
      description,
      published: cve.published,
      lastModified: cve.lastModified,
      cwes: toCweIds(cve.weaknesses.flatMap((weakness) => weakness.description.map((text) => text.value))),
      affected: mostRelevant(listed.length > 0 ? listed : cve.affected, description),
      cvss: cvss.data ?? [],
      ssvc: Ssvc.parse(cve.metrics),
      exploitReferences: exploitUrls(cve.references),
    };
    const products = indexed.slice(0, MOST_INDEXED).map(({ vendor, product }) => `${vendor}:${product}`);
    return { record, products, configurations: record.rejected ? null : configurations };
  });

/** A record, the products (`vendor:product` of their CPE names) that it can be found by, and its configurations. */
export type IndexedRecord = PagedRecord<NvdRecord>;

/** Reads one `cve` object of the NVD CVE API 2.0; the failure tells which field cannot be read. */
export function toNvdRecord(json: unknown): Result<NvdRecord, string> {
  const parsed = toIndexedRecord(json);
  return parsed.ok ? success(parsed.value.record) : parsed;
}

/** The same with what it can be found by. */
export function toIndexedRecord(json: unknown): Result<IndexedRecord, string> {
  const parsed = NvdCve.safeParse(json);
  if (parsed.success) return success(parsed.data);
  return failure(firstIssue(parsed.error, 'record'));
}

/** A page of the API (or a feed file) with what could not be read of it. */
export interface NvdPage {
  readonly startIndex: number;
  readonly totalResults: number;
  /** Records on the page, readable or not. */
  readonly size: number;
  readonly records: readonly IndexedRecord[];
  /** The server's clock when it answered (ISO 8601 in UTC); null where it does not say. */
  readonly timestamp: string | null;
  readonly unreadable: readonly UnreadableRecord[];
}

const Count = z.number().int().min(0);
const Page = z.object({
  startIndex: Count,
  totalResults: Count,
  timestamp: UtcTime,
  vulnerabilities: z.array(z.unknown()),
});
const Item = z.object({ cve: z.unknown() });
const Named = z.object({ id: z.unknown() });

/** Reads a page of the NVD CVE API 2.0. Bad records do not spoil the page. */
export function parseNvdPage(json: unknown): Result<NvdPage, string> {
  const page = Page.safeParse(json);
  if (!page.success) return failure('not a page of the NVD CVE API 2.0');
  const records: IndexedRecord[] = [];
  const unreadable: UnreadableRecord[] = [];
  for (const value of page.data.vulnerabilities) {
    const cve = Item.safeParse(value).data?.cve;
    const record = toIndexedRecord(cve);
    if (record.ok) records.push(record.value);
    else unreadable.push({ cveId: cveIdOrNull(Named.safeParse(cve).data?.id), reason: record.error });
  }
  const { startIndex, totalResults, timestamp, vulnerabilities } = page.data;
  return success({ startIndex, totalResults, timestamp, size: vulnerabilities.length, records, unreadable });
}
