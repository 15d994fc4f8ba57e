import { z } from 'zod';
import { parseCveId } from '../../domain/cve/cve-id.ts';
import type { NvdRecord } from '../../domain/cve/records.ts';
import { toCweIds } from '../../domain/cwe/cwe-id.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import { Affected, Configurations, mostRelevant } from './affected.ts';
import { Metrics } from './cvss.ts';
import { clip, itemsThatFit, UtcTime } from './fields.ts';
import { Ssvc } from './ssvc.ts';

const MAX_DESCRIPTION = 8192;
const MAX_REFERENCES = 20;

const CveIdText = z.string().transform((text, context) => {
  const parsed = parseCveId(text);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: 'custom', message: parsed.error });
  return z.NEVER;
});

const LocalText = z.object({ lang: z.string(), value: z.string() });
const Weakness = z.object({ description: itemsThatFit(LocalText) });
const Reference = z.object({ url: z.string().max(2048), tags: itemsThatFit(z.string()) });

const NvdCve = z
  .object({
    id: CveIdText,
    vulnStatus: z.string().min(1).max(60).catch('Unknown'),
    published: UtcTime,
    lastModified: UtcTime,
    descriptions: itemsThatFit(LocalText),
    metrics: z.unknown().optional(),
    weaknesses: itemsThatFit(Weakness),
    configurations: Configurations,
    affected: Affected,
    references: itemsThatFit(Reference),
  })
  .transform((cve): NvdRecord => {
    const description = describe(cve.descriptions);
    return {
      cveId: cve.id,
      status: cve.vulnStatus,
      rejected: cve.vulnStatus.toLowerCase() === 'rejected',
      title: null,
      description,
      published: cve.published,
      lastModified: cve.lastModified,
      cwes: toCweIds(cve.weaknesses.flatMap((weakness) => weakness.description.map((text) => text.value))),
      affected: mostRelevant(cve.configurations.length > 0 ? cve.configurations : cve.affected, description),
      cvss: Metrics.parse(cve.metrics),
      ssvc: Ssvc.parse(cve.metrics),
      exploitReferences: exploitUrls(cve.references),
    };
  });

/** Reads one `cve` object of the NVD CVE API 2.0; the failure tells which field cannot be read. */
export function toNvdRecord(json: unknown): Result<NvdRecord, string> {
  const parsed = NvdCve.safeParse(json);
  if (parsed.success) return success(parsed.data);
  const [issue] = parsed.error.issues;
  return failure(clip(`${issue?.path.join('.') || 'record'}: ${issue?.message ?? 'unreadable'}`, 200));
}

/** A page of the API (or a feed file) with what could not be read of it. `cveId` is what the bad record called itself. */
export interface NvdPage {
  readonly startIndex: number;
  readonly totalResults: number;
  /** Records on the page, readable or not. */
  readonly size: number;
  readonly records: readonly NvdRecord[];
  readonly unreadable: readonly { readonly cveId: string | null; readonly reason: string }[];
}

const Count = z.number().int().min(0);
const Page = z.object({ startIndex: Count, totalResults: Count, vulnerabilities: z.array(z.unknown()) });
const Item = z.object({ cve: z.unknown() });
const Named = z.object({ id: z.string() });

/** Reads a page of the NVD CVE API 2.0. Bad records do not spoil the page. */
export function parseNvdPage(json: unknown): Result<NvdPage, string> {
  const page = Page.safeParse(json);
  if (!page.success) return failure('not a page of the NVD CVE API 2.0');
  const records: NvdRecord[] = [];
  const unreadable: { cveId: string | null; reason: string }[] = [];
  for (const value of page.data.vulnerabilities) {
    const cve = Item.safeParse(value).data?.cve;
    const record = toNvdRecord(cve);
    if (record.ok) records.push(record.value);
    else unreadable.push({ cveId: Named.safeParse(cve).data?.id ?? null, reason: record.error });
  }
  const { startIndex, totalResults, vulnerabilities } = page.data;
  return success({ startIndex, totalResults, size: vulnerabilities.length, records, unreadable });
}

function describe(texts: readonly z.output<typeof LocalText>[]): string | null {
  const english = texts.find((text) => /^en\b/i.test(text.lang)) ?? texts[0];
  const value = english?.value.trim() ?? '';
  return value === '' ? null : clip(value, MAX_DESCRIPTION);
}

function exploitUrls(references: readonly z.output<typeof Reference>[]): string[] {
  const urls = references
    .filter((reference) => reference.tags.some((tag) => tag.toLowerCase() === 'exploit'))
    .map((reference) => reference.url)
    .filter((url) => /^https?:\/\//i.test(url) && URL.canParse(url));
  return [...new Set(urls)].slice(0, MAX_REFERENCES);
}
