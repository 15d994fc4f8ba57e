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
import type { SqliteDatabase } from './database.ts';

const GROUP_KEY: Readonly<Record<CostGroup, string>> = {
  day: 'substr(sent_at, 1, 10)',
  model: 'model',
  agent: 'agent',
  assessment: 'assessment_id',
};

/** Outcomes of calls whose cost nobody told. */
const OPEN = `('sent', 'lost')`;

/** The ledger in the embedded store. */
export function createSqliteCostLedger(database: SqliteDatabase): CostLedger {
  const insert = database.prepare(
    `INSERT INTO model_calls (assessment_id, agent, provider, model, prompt_version, prices_as_of, is_batch,
                              is_cache_asked, prompt_hash, most_usd, sent_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    `UPDATE model_calls SET outcome = ?, ended_at = ?, input = ?, cache_write_5m = ?, cache_write_1h = ?, cache_read = ?, output = ?, cost_usd = ?,
       reply = ?
     WHERE id = ?`,
  );
  // What a call has cost; where nobody told, the most that it can have.
  const spent = database
    .prepare<[{ id: string; sentAfter: string }], number>(
      `SELECT total(CASE WHEN outcome IN ${OPEN} THEN most_usd ELSE cost_usd END) FROM model_calls
       WHERE assessment_id = @id AND NOT (outcome = 'sent' AND sent_at > @sentAfter)`,
    )
    .pluck();
  const NONE_IN_FLIGHT = '9999';

  function book(call: BookedCall): number {
    const { assessmentId, agent, provider, model, promptVersion, pricesAsOf, mostUsd, sentAt } = call;
    const flags = [call.isBatch, call.isCacheAsked].map(Number);
    const row = [
      assessmentId,
      agent,
      provider,
      model,
      promptVersion,
      pricesAsOf,
      ...flags,
      call.promptHash,
      mostUsd,
      sentAt,
    ];
    return Number(insert.run(...row).lastInsertRowid);
  }

  return {
    book: async (call) => book(call),
    async bookWithin(call, capUsd, sentAfter) {
      const most = call.mostUsd ?? Number.POSITIVE_INFINITY;
      const fits = (after: string) => (spent.get({ id: call.assessmentId, sentAfter: after }) ?? 0) + most <= capUsd;
      // Whoever has begun to write is alone: two processes cannot both find that the last cents are there.
      return database
        .transaction(() => (fits(NONE_IN_FLIGHT) ? book(call) : fits(sentAfter) ? 'later' : 'never'))
        .immediate();
    },
    async close(id, { outcome, usage, costUsd, endedAt, reply }) {
      const { input, cacheWrite5m, cacheWrite1h, cacheRead, output } = usage;
      const kept = reply === null ? null : JSON.stringify(reply);
      update.run(outcome, endedAt, input, cacheWrite5m, cacheWrite1h, cacheRead, output, costUsd, kept, id);
    },
    async name(id, name) {
      database.prepare('UPDATE model_calls SET sent_as = ? WHERE id = ?').run(name, id);
    },
    async findPaid(assessmentId, promptHash) {
      const row = database
        .prepare<[string, string], PaidRow>(
          `SELECT id, reply, sent_as FROM model_calls
           WHERE assessment_id = ? AND prompt_hash = ? AND (reply IS NOT NULL OR (sent_as IS NOT NULL AND outcome IN ${OPEN}))
           ORDER BY reply IS NULL, id DESC LIMIT 1`,
        )
        .get(assessmentId, promptHash);
      return row === undefined ? null : toPaidCall(row);
    },
    async forgetReplies(assessmentId) {
      database.prepare('UPDATE model_calls SET reply = NULL WHERE assessment_id = ?').run(assessmentId);
    },
    async promptCacheUse() {
      const row = database
        .prepare<[], PromptCacheUse>(
          `SELECT count(*) AS asked, total(cache_write_5m + cache_write_1h + cache_read > 0) AS effective, total(cache_read) AS readTokens
           FROM (SELECT * FROM model_calls WHERE is_cache_asked AND outcome NOT IN ('sent', 'lost', 'failed') ORDER BY id DESC LIMIT ${LATE_CALLS})`,
        )
        .get();
      return row ?? { asked: 0, effective: 0, readTokens: 0 };
    },
    async sumUp(group, { assessmentId } = {}) {
      const rows = database
        .prepare<[{ assessmentId: string | null }], SummedCalls>(
          `SELECT ${GROUP_KEY[group]} AS key, count(*) AS calls, sum(input) AS input, sum(cache_write_5m) AS cache_write_5m,
                  sum(cache_write_1h) AS cache_write_1h, sum(cache_read) AS cache_read, sum(output) AS output, total(cost_usd) AS cost_usd,
                  sum(cost_usd IS NULL AND (outcome NOT IN ${OPEN} OR most_usd IS NULL)) AS unpriced, sum(outcome = 'refused') AS refusals,
                  sum(outcome IN ${OPEN}) AS unfinished, total(CASE WHEN outcome IN ${OPEN} THEN most_usd END) AS unfinished_usd,
                  sum(outcome IN ${OPEN} AND most_usd IS NULL) AS unfinished_unpriced
           FROM model_calls WHERE @assessmentId IS NULL OR assessment_id = @assessmentId
           GROUP BY 1 ORDER BY 1`,
        )
        .all({ assessmentId: assessmentId ?? null });
      return rows.map(toCostLine);
    },
  };
}
