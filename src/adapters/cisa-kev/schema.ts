import { z } from 'zod';
import type { CveId } from '../../domain/cve/cve-id.ts';
import { CveIdField } from '../../domain/cve/cve-id-field.ts';
import { toCweIds } from '../../domain/cwe/cwe-id.ts';
import type { KevCatalogue, KevEntry } from '../../domain/kev/kev-entry.ts';
import { clip } from '../../kernel/clip.ts';
import { firstIssue } from '../../kernel/first-issue.ts';
import { failure, type Result, success } from '../../kernel/result.ts';

// A catalogue that lost more than this share on its way would wrongly call CVEs "not listed".
const MAX_LOSS = 0.1;

const Day = z.iso.date();
const textUpTo = (limit: number) =>
  z
    .string()
    .catch('')
    .transform((text) => clip(text, limit));
const ShortText = textUpTo(300);
const LongText = textUpTo(4000);

const Entry = z
  .object({
    cveID: CveIdField,
    vendorProject: ShortText,
    product: ShortText,
    vulnerabilityName: ShortText,
    shortDescription: LongText,
    requiredAction: LongText,
    // Listed is listed: a date that cannot be read makes an entry no less exploited.
    dateAdded: Day.nullable().catch(null),
    // Kept as it is where it lies before dateAdded: that is how CISA published it.
    dueDate: Day.nullable().catch(null),
    knownRansomwareCampaignUse: z.enum(['Known', 'Unknown']).catch('Unknown'),
    cwes: z.array(z.string()).catch([]),
  })
  .transform(({ cveID, cwes, ...entry }): KevEntry => ({ cveId: cveID, ...entry, cwes: toCweIds(cwes) }));

const Catalogue = z.object({
  catalogVersion: z.string().min(1).max(60),
  dateReleased: z.iso.datetime({ offset: true, local: true }).transform((text) => new Date(text).toISOString()),
  count: z.number().int().min(0).optional(),
  vulnerabilities: z.array(z.unknown()),
});

/** The catalogue, and why each entry that could not be read was left out. */
export interface ParsedKevCatalogue {
  readonly catalogue: KevCatalogue;
  readonly unreadable: readonly string[];
}

/** Reads CISA's JSON feed. Single entries without a CVE are left out; a feed that is empty or no longer whole is refused. */
export function parseKevCatalogue(json: unknown): Result<ParsedKevCatalogue, string> {
  const parsed = Catalogue.safeParse(json);
  if (!parsed.success) return failure(`not a KEV catalogue (${firstIssue(parsed.error, 'catalogue')})`);
  const { catalogVersion, dateReleased, vulnerabilities, count = vulnerabilities.length } = parsed.data;

  const entries = new Map<CveId, KevEntry>();
  const unreadable: string[] = [];
  for (const value of vulnerabilities) {
    const entry = Entry.safeParse(value);
    if (!entry.success) unreadable.push(firstIssue(entry.error, 'entry'));
    else if (!entries.has(entry.data.cveId)) entries.set(entry.data.cveId, entry.data);
  }

  const lost = Math.max(
    unreadable.length / Math.max(vulnerabilities.length, 1),
    Math.abs(count - vulnerabilities.length) / Math.max(count, 1),
  );
  if (vulnerabilities.length === 0) return failure('the KEV catalogue is empty');
  if (lost > MAX_LOSS) {
    return failure(`the KEV catalogue is not whole: ${entries.size} readable entries of ${count} announced`);
  }
  const catalogue = { catalogVersion, dateReleased, entries: [...entries.values()], unreadable: unreadable.length };
  return success({ catalogue, unreadable });
}
