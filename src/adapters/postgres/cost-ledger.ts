import type { CostGroup } from '../../domain/language-model/cost-group.ts';
import { type SummedCalls, toCostLine } from '../../domain/language-model/cost-line.ts';
import {
  type BookedCall,
  type CostLedger,
  LATE_CALLS,
  type PaidRow,
  type PromptCacheUse,
  toPaidCall,
} from '../../ports/cost-ledger.ts';
import { LOCKS } from './locks.ts';
import type { PostgresLink } from './postgres-link.ts';
import type { Query } from './query.ts';

const GROUP_KEY: Readonly<Record<CostGroup, string>> = {
  day: 'left(sent_at, 10)',
  model: 'model',
  agent: 'agent',
  assessment: 'assessment_id',
};

/** Calls whose cost nobody told. */
const OPEN = `outcome IN ('sent', 'lost')`;

/** Whole numbers beyond 32 bits come as text; those counted here are exact as numbers. */
const sum = (column: string) => `coalesce(sum(${column}), 0)::float8 AS ${column}`;

async function insertCall(query: Query, call: BookedCall): Promise<number> {
  const [row] = await query<{ id: string }>(
    `INSERT INTO eras.model_calls (assessment_id, agent, provider, model, prompt_version, prices_as_of, is_batch, is_cache_asked, prompt_hash,
             most_usd, sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`,
    [
      call.assessmentId,
      call.agent,
      call.provider,
      call.model,
      call.promptVersion,
      call.pricesAsOf,
      Number(call.isBatch),
      Number(call.isCacheAsked),
      call.promptHash,
      call.mostUsd,
      call.sentAt,
    ],
  );
  return Number(row?.id);
}

/** The ledger in PostgreSQL. */
export function createPostgresCostLedger(link: PostgresLink): CostLedger {
  return {
    book: (call) => link.write((query) => insertCall(query, call)),
    bookWithin: (call, capUsd, sentAfter) =>
      link.write(async (query) => {
        // One at a time books for an assessment: two processes cannot both find that the last cents are there.
        await query('SELECT pg_advisory_xact_lock(hashtextextended($1, $2))', [call.assessmentId, LOCKS.ledger]);
        const [row] = await query<{ spent: number; ended: number }>(
          `SELECT coalesce(sum(CASE WHEN ${OPEN} THEN most_usd ELSE cost_usd END ORDER BY id), 0) AS spent,
             coalesce(sum(CASE WHEN ${OPEN} THEN most_usd ELSE cost_usd END ORDER BY id)
               FILTER (WHERE NOT (outcome = 'sent' AND sent_at > $2)), 0) AS ended
           FROM eras.model_calls WHERE assessment_id = $1`,
          [call.assessmentId, sentAfter],
        );
        const most = call.mostUsd ?? Number.POSITIVE_INFINITY;
        if ((row?.spent ?? 0) + most <= capUsd) return insertCall(query, call);
        return (row?.ended ?? 0) + most <= capUsd ? 'later' : 'never';
      }),
    async close(id, { outcome, usage, costUsd, endedAt, reply }) {
      const { input, cacheWrite5m, cacheWrite1h, cacheRead, output } = usage;
      const kept = reply === null ? null : JSON.stringify(reply);
      await link.keep((query) =>
        query(
          `UPDATE eras.model_calls SET outcome = $2, ended_at = $3, input = $4, cache_write_5m = $5, cache_write_1h = $6, cache_read = $7,
             output = $8, cost_usd = $9, reply = $10 WHERE id = $1`,
          [id, outcome, endedAt, input, cacheWrite5m, cacheWrite1h, cacheRead, output, costUsd, kept],
        ),
      );
    },
    name: (id, name) =>
      link.write(async (query) => {
        await query('UPDATE eras.model_calls SET sent_as = $2 WHERE id = $1', [id, name]);
      }),
    async findPaid(assessmentId, promptHash) {
      const [row] = await link.read((query) =>
        query<PaidRow>(
          `SELECT id, reply, sent_as FROM eras.model_calls
           WHERE assessment_id = $1 AND prompt_hash = $2 AND (reply IS NOT NULL OR (sent_as IS NOT NULL AND ${OPEN}))
           ORDER BY reply IS NULL, id DESC LIMIT 1`,
          [assessmentId, promptHash],
        ),
      );
      return row === undefined ? null : toPaidCall(row);
    },
    async forgetReplies(assessmentId) {
      await link.read((query) =>
        query('UPDATE eras.model_calls SET reply = NULL WHERE assessment_id = $1 AND reply IS NOT NULL', [
          assessmentId,
        ]),
      );
    },
    async promptCacheUse() {
      const [row] = await link.read((query) =>
        query<PromptCacheUse>(
          `SELECT count(*)::int AS asked, (count(*) FILTER (WHERE cache_write_5m + cache_write_1h + cache_read > 0))::int AS effective,
             coalesce(sum(cache_read), 0)::float8 AS "readTokens"
           FROM (SELECT * FROM eras.model_calls WHERE is_cache_asked = 1 AND outcome NOT IN ('sent', 'lost', 'failed') ORDER BY id DESC LIMIT ${LATE_CALLS}) AS late`,
        ),
      );
      return row ?? { asked: 0, effective: 0, readTokens: 0 };
    },
    async sumUp(group, { assessmentId } = {}) {
      const rows = await link.read((query) =>
        query<SummedCalls>(
          `SELECT ${GROUP_KEY[group]} AS key, count(*)::int AS calls, ${sum('input')}, ${sum('cache_write_5m')}, ${sum('cache_write_1h')},
             ${sum('cache_read')}, ${sum('output')}, coalesce(sum(cost_usd ORDER BY id), 0) AS cost_usd,
             (count(*) FILTER (WHERE cost_usd IS NULL AND (NOT (${OPEN}) OR most_usd IS NULL)))::int AS unpriced,
             (count(*) FILTER (WHERE outcome = 'refused'))::int AS refusals, (count(*) FILTER (WHERE ${OPEN}))::int AS unfinished,
             coalesce(sum(most_usd ORDER BY id) FILTER (WHERE ${OPEN}), 0) AS unfinished_usd,
             (count(*) FILTER (WHERE ${OPEN} AND most_usd IS NULL))::int AS unfinished_unpriced
           FROM eras.model_calls WHERE $1::text IS NULL OR assessment_id = $1 GROUP BY 1 ORDER BY 1`,
          [assessmentId ?? null],
        ),
      );
      return rows.map(toCostLine);
    },
  };
}
