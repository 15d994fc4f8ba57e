import { type Check, well } from '../../assessment/doctor.ts';
import type { Config } from '../../config/config.ts';
import { messageOf } from '../../kernel/risk-error.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { QueueState } from '../../ports/job-queue.ts';
import { openRedisLink } from '../create-cache.ts';
import { openFleet } from '../open-fleet.ts';
import { openLog } from '../open-log.ts';
import { within } from './within.ts';

/** What was found of Redis and of the fleet on it; `workers` null where nobody could be asked. */
export interface FleetFindings {
  readonly checks: readonly Check[];
  /** Whether Redis answers, so that cache and rate limits are shared. */
  readonly isShared: boolean;
  readonly workers: number | null;
}

/** Without Redis ERAS works, on its own; once it is named, it is needed: the queue has no other place. */
export async function checkRedis(config: Config, limitMs: number): Promise<FleetFindings> {
  const link = openRedisLink(config, openLog(config));
  if (link === null) return { checks: [], isShared: false, workers: null };
  const name = 'redis';
  try {
    const info = await link.use((redis) => redis.info(), '');
    const version = /^redis_version:(\S+)/m.exec(info)?.[1];
    if (version === undefined) {
      const detail = `${link.failure() ?? 'it does not tell its version'}; there is no queue, and response cache and rate limits are this machine's own`;
      // Slow is not broken: the queue waits longer than a look-up in the cache.
      const status = /^no answer within/.test(link.failure() ?? '') ? 'warn' : 'fail';
      const check: Check = { name, status, detail, fix: 'look at REDIS_URL and at the server that it names' };
      return { checks: [check], isShared: false, workers: null };
    }
    const redis = judgeRedis(version, info);
    const fleet = await checkWorkers(config, limitMs);
    return { checks: [redis, fleet.check], isShared: true, workers: fleet.workers };
  } finally {
    await link.close();
  }
}

/** Keys that a server throws away when it is full may be jobs. */
function judgeRedis(version: string, info: string): Check {
  const name = 'redis';
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'noeviction';
  const shared = `version ${version}: response cache and rate limits are shared`;
  if (policy === 'noeviction') return well(name, shared);
  const detail = `${shared}; but its policy is ${policy.slice(0, 40)}: when it is full, it throws jobs away`;
  return { name, status: 'warn', detail, fix: 'set maxmemory-policy noeviction on the server' };
}

async function checkWorkers(config: Config, limitMs: number): Promise<{ check: Check; workers: number | null }> {
  try {
    const states = await within(limitMs, async () => {
      const fleet = await openFleet(config, { what: 'eras doctor', isAttended: true });
      try {
        return await fleet.queue.states();
      } finally {
        void fleet.close();
      }
    });
    return judgeWorkers(states);
  } catch (error) {
    const fix = 'look at the server of REDIS_URL; eras queue tells more';
    return { check: { name: 'fleet workers', status: 'warn', detail: messageOf(error), fix }, workers: null };
  }
}

/** Workers matter once there is work: none is no fault while nothing waits. */
export function judgeWorkers(states: readonly QueueState[]): { check: Check; workers: number } {
  const name = 'fleet workers';
  const workers = Math.max(0, ...states.map((state) => state.workers));
  const without = states.filter((state) => state.workers === 0);
  const stuck = without.filter(({ waiting, delayed }) => waiting + delayed > 0).map(({ kind }) => kind);
  const dead = states.reduce((sum, state) => sum + state.dead, 0);
  const alive = workers === 0 ? 'none is alive; --distributed needs one' : `${workers} alive`;
  const some = workers > 0 && without.length > 0 ? `, none for ${without.map(({ kind }) => kind).join(', ')}` : '';
  const buried = dead > 0 ? `; ${dead} dead jobs` : '';
  const detail = `${alive}${some}${stuck.length > 0 ? `; jobs wait for nobody: ${stuck.join(', ')}` : ''}${buried}`;
  if (stuck.length > 0) return { check: { name, status: 'warn', detail, fix: 'start eras worker' }, workers };
  if (dead > 0) return { check: { name, status: 'warn', detail, fix: 'eras queue dead tells why' }, workers };
  return { check: well(name, detail), workers };
}

/** Chroma keeps the vectors of the knowledge base: once it is named, it is needed. */
export async function checkChroma({ chromaUrl }: Config, http: HttpClient, limitMs: number): Promise<Check[]> {
  if (chromaUrl === null) return [];
  const name = 'chroma';
  const fix = 'look at CHROMA_URL and at the server that it names; docs/guide/knowledge.md tells how it is started';
  try {
    const url = `${chromaUrl.reveal().replace(/\/+$/, '')}/api/v2/version`;
    const call = { signal: AbortSignal.timeout(limitMs) };
    const outcome = await http.getJson({ source: 'chroma', url, attempts: 1, maxBytes: 10_000, call });
    if (!outcome.ok) return [{ name, status: 'fail', detail: outcome.reason, fix }];
    const version = typeof outcome.body === 'string' && /^[\w.+-]{1,40}$/.test(outcome.body) ? outcome.body : null;
    if (version === null) return [{ name, status: 'fail', detail: 'what answers is no Chroma server', fix }];
    return [well(name, `version ${version}: vectors of the knowledge base`)];
  } catch {
    return [{ name, status: 'fail', detail: `no answer within ${limitMs} ms`, fix }];
  }
}
