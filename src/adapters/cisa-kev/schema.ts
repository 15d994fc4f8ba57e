import { z } from 'zod';
import { type CveId, parseCveId } from '../../domain/cve/cve-id.ts';
import { toCweIds } from '../../domain/cwe/cwe-id.ts';
import type { KevCatalogue, KevEntry } from '../../domain/kev/kev-entry.ts';
import { failure, type Result, success } from '../../kernel/result.ts';

// A catalogue that lost more than this share on its way would wrongly call CVEs "not listed".
const MAX_LOSS = 0.1;

const Day = z.iso.date();
const ShortText = z.string().catch('').transform(clipTo(300));
const LongText = z.string().catch('').transform(clipTo(4000));

const Entry = z
  .object({
    cveID: z.string(),
    vendorProject: ShortText,
    product: ShortText,
    vulnerabilityName: ShortText,
    shortDescription: LongText,
    requiredAction: LongText,
    dateAdded: Day,
    // Kept as it is where it lies before dateAdded: that is how CISA published it.
    dueDate: Day.nullable().catch(null),
    knownRansomwareCampaignUse: z.enum(['Known', 'Unknown']).catch('Unknown'),
    cwes: z.array(z.string()).catch([]),
  })
  .transform(({ cveID, cwes, ...entry }, context): KevEntry => {
    const cveId = parseCveId(cveID);
    if (cveId.ok) return { cveId: cveId.value, ...entry, cwes: toCweIds(cwes) };
    context.addIssue({ code: 'custom', message: cveId.error });
    return z.NEVER;
  });

const Catalogue = z.object({
  catalogVersion: z.string().min(1).max(60),
  dateReleased: z.iso.datetime({ offset: true, local: true }).transform((text) => new Date(text).toISOString()),
  count: z.number().int().min(0),
  vulnerabilities: z.array(z.unknown()),
});

/** The catalogue, and why each entry that could not be read was left out. */
export interface ParsedKevCatalogue {
  readonly catalogue: KevCatalogue;
  readonly unreadable: readonly string[];
}

/** Reads CISA's JSON feed. Single bad entries are left out; a feed that is no longer whole is refused. */
export function parseKevCatalogue(json: unknown): Result<ParsedKevCatalogue, string> {
  const parsed = Catalogue.safeParse(json);
  if (!parsed.success) return failure(`not a KEV catalogue (${reasonOf(parsed.error)})`);
  const { catalogVersion, dateReleased, count, vulnerabilities } = parsed.data;

  const entries = new Map<CveId, KevEntry>();
  const unreadable: string[] = [];
  for (const value of vulnerabilities) {
    const entry = Entry.safeParse(value);
    if (!entry.success) unreadable.push(reasonOf(entry.error));
    else if (!entries.has(entry.data.cveId)) entries.set(entry.data.cveId, entry.data);
  }

  if (entries.size === 0) return failure('the KEV catalogue has no readable entry');
  const lost = Math.max(
    unreadable.length / vulnerabilities.length,
    Math.abs(count - vulnerabilities.length) / Math.max(count, 1),
  );
  if (lost > MAX_LOSS) {
    return failure(`the KEV catalogue is not whole: ${entries.size} readable entries of ${count} announced`);
  }
  return success({ catalogue: { catalogVersion, dateReleased, entries: [...entries.values()] }, unreadable });
}

function clipTo(limit: number): (text: string) => string {
  return (text) => (text.length > limit ? `${text.slice(0, limit - 1)}…` : text);
}

function reasonOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return clipTo(200)(`${issue?.path.join('.') || 'entry'}: ${issue?.message ?? 'unreadable'}`);
}
