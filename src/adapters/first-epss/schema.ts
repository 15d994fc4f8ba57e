import { z } from 'zod';
import { CveIdField, cveIdOrNull } from '../../domain/cve/cve-id-field.ts';
import type { EpssScore } from '../../domain/epss/epss-score.ts';
import type { UnreadableRecord } from '../../domain/source/answer-of.ts';
import { firstIssue } from '../../kernel/first-issue.ts';
import { failure, type Result, success } from '../../kernel/result.ts';

// Strictly a decimal number: Number() alone would read "" as 0, the mildest score there is.
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** A share from 0 to 1; FIRST's API writes it as a string, its files and other services as a number. */
const Share = z
  .union([z.number(), z.string().trim().regex(DECIMAL).transform(Number)])
  .pipe(z.number().min(0).max(1))
  .transform((share) => share + 0);

/** One row of the API or of a daily file. */
export const Score = z
  .object({
    cve: CveIdField,
    epss: Share,
    percentile: Share.nullable().catch(null),
    date: z.iso.date().nullable().catch(null),
  })
  .transform(({ cve, epss, percentile, date }): EpssScore => ({ cveId: cve, probability: epss, percentile, date }));

// FIRST wraps the rows; mirrors answer with the bare array.
const Reply = z.union([
  z.object({ data: z.array(z.unknown()), total: z.number().int().min(0).optional().catch(undefined) }),
  // An empty one says nothing of who sent it.
  z
    .array(z.unknown())
    .min(1)
    .transform((data) => ({ data, total: undefined })),
]);
const Named = z.object({ cve: z.unknown() });

/** A reply of the API with what could not be read of it. */
export interface EpssReply {
  readonly scores: readonly EpssScore[];
  readonly unreadable: readonly UnreadableRecord[];
  /** Rows on this page. */
  readonly size: number;
  /** Rows of all pages. */
  readonly total: number;
}

/** Reads a reply of FIRST's EPSS API. Bad rows do not spoil the rest. */
export function parseEpssReply(json: unknown): Result<EpssReply, string> {
  const reply = Reply.safeParse(json);
  if (!reply.success) return failure('not a reply of the EPSS API');
  const scores: EpssScore[] = [];
  const unreadable: UnreadableRecord[] = [];
  for (const row of reply.data.data) {
    const score = Score.safeParse(row);
    if (score.success) scores.push(score.data);
    else
      unreadable.push({ cveId: cveIdOrNull(Named.safeParse(row).data?.cve), reason: firstIssue(score.error, 'row') });
  }
  const size = reply.data.data.length;
  return success({ scores, unreadable, size, total: reply.data.total ?? size });
}
