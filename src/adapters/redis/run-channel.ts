import type { Redis } from 'ioredis';
import type { RunRef } from '../../ports/job-queue.ts';
import type { RunChannel, RunEvent, Teller, ToldEvents } from '../../ports/run-channel.ts';

const PREFIX = 'eras';
const eventsKey = (id: string) => `${PREFIX}:events:${id}`;
const runKey = (id: string) => `${PREFIX}:run:${id}`;
const lineKey = (tenant: string) => `${PREFIX}:line:${tenant}`;

/** What is told is kept so long, seconds, and about so many entries of it. */
const KEPT_S = 86_400;
const MOST_ENTRIES = 20_000;
/** Events of so many milliseconds go together. */
const GATHER_MS = 100;
const BLOCK_MS = 1000;
const MOST_READ = 500;

/** Numbers the next run, and keeps the number for as long as events are. */
const BEGIN = `
local run = redis.call('HINCRBY', KEYS[1], 'latest', 1)
redis.call('EXPIRE', KEYS[1], ARGV[1])
return run`;

/** The length of a tenant's line without this assessment, which then joins it. */
const JOIN = `
local before = 0
for _, jobs in ipairs(redis.call('HVALS', KEYS[1])) do before = before + tonumber(jobs) end
before = before - tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return before`;

/** Runs' events as Redis streams, and what is to be known of runs as hashes. `follower` is a connection of its own: reading blocks it. */
export function createRedisRunChannel(redis: Redis, follower: () => Redis): RunChannel {
  const reader: { redis: Redis | null } = { redis: null };

  async function isEnded({ assessmentId, run }: RunRef): Promise<boolean> {
    const [latest, cancelled] = await redis.hmget(runKey(assessmentId), 'latest', 'cancelled');
    return Number(latest ?? 0) > run || Number(cancelled ?? 0) >= run;
  }

  return {
    teller: (assessmentId, by) => createTeller(redis, assessmentId, by),
    async read(assessmentId, after) {
      reader.redis ??= follower();
      const read = await reader.redis.xread(
        'COUNT',
        MOST_READ,
        'BLOCK',
        BLOCK_MS,
        'STREAMS',
        eventsKey(assessmentId),
        after,
      );
      const entries = read?.[0]?.[1] ?? [];
      return { told: entries.flatMap(([, fields]) => toTold(fields)), next: entries.at(-1)?.[0] ?? after };
    },
    beginRun: async (assessmentId) => Number(await redis.eval(BEGIN, 1, runKey(assessmentId), KEPT_S * 7)),
    latestRun: async (assessmentId) => Number((await redis.hget(runKey(assessmentId), 'latest')) ?? 0),
    async cancel({ assessmentId, run }) {
      await redis.hset(runKey(assessmentId), 'cancelled', run);
    },
    async ended(refs) {
      const flags = await Promise.all(refs.map(isEnded));
      return refs.filter((_, index) => flags[index] === true);
    },
    isFirstToSay: async ({ assessmentId, run }, what) =>
      (await redis.hsetnx(runKey(assessmentId), `${what}.${run}`, '1')) === 1,
    queueUp: async (tenant, assessmentId, jobs) =>
      Number(await redis.eval(JOIN, 1, lineKey(tenant), assessmentId, jobs, KEPT_S)),
    async leave(tenant, assessmentId) {
      await redis.hdel(lineKey(tenant), assessmentId);
    },
    async close() {
      reader.redis?.disconnect();
    },
  };
}

function createTeller(redis: Redis, assessmentId: string, by: string): Teller {
  let waiting: RunEvent[] = [];
  let timer: NodeJS.Timeout | null = null;
  let told: Promise<unknown> = Promise.resolve();

  function send(): Promise<unknown> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting.length === 0) return told;
    const entry = JSON.stringify(waiting);
    waiting = [];
    const key = eventsKey(assessmentId);
    told = Promise.all([
      told,
      redis.xadd(key, 'MAXLEN', '~', MOST_ENTRIES, '*', 'by', by, 'events', entry),
      redis.expire(key, KEPT_S),
    ]);
    told.catch(() => undefined);
    return told;
  }

  return {
    tell(event) {
      waiting.push(event);
      timer ??= setTimeout(() => void send(), GATHER_MS);
    },
    async flush() {
      await send();
    },
  };
}

function toTold(fields: readonly string[]): ToldEvents[] {
  const of = (name: string) => fields[fields.indexOf(name) + 1];
  try {
    const events: unknown = JSON.parse(of('events') ?? '');
    return Array.isArray(events) ? [{ by: of('by') ?? '', events: events as RunEvent[] }] : [];
  } catch {
    // Somebody else writes there; what is told may be lost, never the run.
    return [];
  }
}
