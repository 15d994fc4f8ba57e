import { z } from 'zod';
import { firstIssue } from '../../kernel/first-issue.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import type { AdvisedRange, Advisory } from '../../ports/advisory-source.ts';

/** The fields used of OSV's records (OSV schema 1.x) and of its batch replies; everything else is passed over. */

const LONGEST_DETAILS = 20_000;
const MOST_ALIASES = 200;

const Text = z.string().max(100_000);

const Version = z.string().max(200).optional().catch(undefined);
const Event = z.object({ introduced: Version, fixed: Version });

const Affected = z.object({
  package: z
    .object({ name: Text.optional(), purl: Text.optional(), ecosystem: Text.optional() })
    .optional()
    .catch(undefined),
  ranges: z
    .array(z.object({ type: Text.optional().catch(undefined), events: z.array(Event).optional().catch([]) }))
    .optional()
    .catch([]),
});

const Names = z.array(z.string().max(200)).optional().catch([]);

const Record = z.object({
  id: z.string().min(1).max(200),
  aliases: Names,
  upstream: Names,
  withdrawn: z.string().optional().catch(undefined),
  summary: Text.optional().catch(undefined),
  details: Text.optional().catch(undefined),
  severity: z
    .array(z.object({ score: z.string().max(300) }))
    .optional()
    .catch([]),
  affected: z.array(Affected).optional().catch([]),
  database_specific: z.object({ cwe_ids: Names }).optional().catch(undefined),
});

/** One record of OSV. */
export function parseAdvisory(json: unknown): Result<Advisory, string> {
  const parsed = Record.safeParse(json);
  if (!parsed.success) return failure(firstIssue(parsed.error, 'record'));
  const {
    id,
    aliases,
    upstream,
    withdrawn,
    summary,
    details,
    severity,
    affected,
    database_specific: extra,
  } = parsed.data;
  return success({
    id,
    // Distributions name what they pass on as `upstream`, not as an alias.
    aliases: [...new Set([...(aliases ?? []), ...(upstream ?? [])])].slice(0, MOST_ALIASES),
    isWithdrawn: withdrawn !== undefined,
    summary: summary ?? null,
    details: details?.slice(0, LONGEST_DETAILS) ?? null,
    cvssVectors: (severity ?? []).map(({ score }) => score),
    cwes: extra?.cwe_ids ?? [],
    packages: (affected ?? []).map((one) => ({
      purl: one.package?.purl ?? null,
      name: one.package?.name ?? null,
      ecosystem: one.package?.ecosystem ?? null,
      ranges: (one.ranges ?? []).flatMap(({ type, events }) => (type === 'GIT' ? [] : toRanges(events ?? []))),
    })),
  });
}

/** Events in the order of their versions (OSV schema, "affected[].ranges[].events"): each version that mends ends what the one before began. */
function toRanges(events: readonly z.infer<typeof Event>[]): AdvisedRange[] {
  const ranges: AdvisedRange[] = [];
  let introduced: string | null = null;
  for (const event of events) {
    if (event.introduced !== undefined) introduced = event.introduced === '0' ? null : event.introduced;
    if (event.fixed !== undefined && event.fixed !== '0') ranges.push({ introduced, fixed: event.fixed });
  }
  return ranges;
}

const BatchReply = z.object({
  results: z.array(
    z
      .object({
        vulns: z.array(z.object({ id: z.string().min(1).max(200) })).nullish(),
        next_page_token: z.string().max(10_000).nullish(),
      })
      .nullable(),
  ),
});

/** What a batch says of each query: ids, and where there are more. */
export interface BatchResult {
  readonly ids: readonly string[];
  readonly nextPage: string | null;
}

/** A reply to `/v1/querybatch`, of as many queries as were asked. */
export function parseBatchReply(json: unknown, queries: number): Result<BatchResult[], string> {
  const parsed = BatchReply.safeParse(json);
  if (!parsed.success) return failure(firstIssue(parsed.error, 'reply'));
  const { results } = parsed.data;
  if (results.length !== queries) return failure(`it answers ${results.length} of ${queries} queries`);
  return success(
    results.map((result) => ({
      ids: (result?.vulns ?? []).map(({ id }) => id),
      nextPage: result?.next_page_token || null,
    })),
  );
}
