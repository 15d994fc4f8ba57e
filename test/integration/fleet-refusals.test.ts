import { afterEach, describe, expect, it } from 'vitest';
import { runEras, useHomes } from '../support/run-eras.ts';
import { hasService, type RedisServer, startRedis } from '../support/services.ts';

const hasRedis = hasService('redis-server');
const newHome = useHomes();
const COMMANDS = [
  ['assess', 'CVE-2021-44228', '--distributed', '--no-llm'],
  ['worker'],
  ['queue', 'replay', '--all'],
] as const;

describe.skipIf(!hasRedis)('a queue that refuses', { timeout: 60_000 }, () => {
  let redis: RedisServer | null = null;
  afterEach(() => redis?.stop());

  const env = (url: string) => ({ ERAS_HOME: newHome(), REDIS_URL: url, LOG_LEVEL: 'silent' });
  const run = (args: readonly string[], url: string) => runEras(args, env(url));

  it.each([
    ['a wrong password', 'redis://:wrong-word@', ['--requirepass', 'right-word'], /cannot reach Redis[^\n]*WRONGPASS/],
    ['no password', 'redis://', ['--requirepass', 'right-word'], /cannot reach Redis[^\n]*NOAUTH/],
  ])('tells of %s in one line, and doctor fails', async (_, scheme, settings, words) => {
    redis = await startRedis(false, settings);
    const url = redis.url.replace('redis://', scheme);
    for (const args of COMMANDS) {
      const { code, stdout, stderr } = await run(args, url);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(words);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(stderr).not.toContain('-word');
    }
    const doctor = await run(['doctor', '--json'], url);
    expect(doctor.code).toBe(1);
    const { checks } = JSON.parse(doctor.stdout) as { checks: { name: string; status: string; detail: string }[] };
    expect(checks.find(({ name }) => name === 'redis')).toMatchObject({ status: 'fail' });
    expect(doctor.stdout).not.toContain('-word');
  });

  it('tells of a server that is full, and what to do, in one line', async () => {
    redis = await startRedis(false, ['--maxmemory', '1', '--maxmemory-policy', 'noeviction']);
    for (const args of COMMANDS.slice(0, 2)) {
      const { code, stdout, stderr } = await run(args, redis.url);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^eras: Redis refuses: OOM [^\n]*more memory[^\n]*\n$/);
    }
  });

  it('has doctor warn of a server that throws keys away', async () => {
    redis = await startRedis(false, ['--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru']);
    const { code, stdout } = await run(['doctor', '--json'], redis.url);
    const { checks } = JSON.parse(stdout) as { checks: { name: string; status: string; detail: string }[] };
    expect([code, checks.find(({ name }) => name === 'redis')]).toEqual([
      0,
      expect.objectContaining({ status: 'warn', detail: expect.stringContaining('allkeys-lru') }),
    ]);
  });

  it('says in one line that there is no such dead job', async () => {
    redis = await startRedis();
    const { code, stderr } = await run(['queue', 'replay', 'nope'], redis.url);
    expect([code, stderr]).toEqual([2, 'eras: there is no dead job "nope"; eras queue dead shows them\n']);
  });
});
