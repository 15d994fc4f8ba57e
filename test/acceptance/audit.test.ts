import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/kernel/clock.ts';
import { openStoreFile } from '../../src/runtime/open-store.ts';
import { runEras, useHomes } from '../support/run-eras.ts';

const newHome = useHomes();

describe('eras audit verify', () => {
  it('tells how far the log goes, and fails with the entry at which it is broken', async () => {
    const env = { ERAS_HOME: newHome() };
    const empty = await runEras(['audit', 'verify'], env);
    expect([empty.code, empty.stdout]).toEqual([
      0,
      'The audit log is empty: nothing has been written to the outside yet.\n',
    ]);
    const store = openStoreFile(join(env.ERAS_HOME, 'eras.db'), systemClock);
    for (const target of ['one', 'two']) await store.audit.append({ action: 'test', target, detail: null });
    const whole = await runEras(['audit', 'verify', '--format', 'json'], env);
    expect(whole.code).toBe(0);
    expect(JSON.parse(whole.stdout)).toEqual({
      entries: 2,
      firstAt: expect.stringMatching(/Z$/),
      lastAt: expect.stringMatching(/Z$/),
      headHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      isWitnessed: true,
      broken: null,
    });
    store.database.exec(
      `DROP TRIGGER audit_log_keeps_entries; UPDATE audit_log SET actor = 'nobody' WHERE sequence = 1`,
    );
    store.close();
    const broken = await runEras(['audit', 'verify'], env);
    expect([broken.code, broken.stdout.split('\n', 1)[0]]).toEqual([
      1,
      'The audit log is broken at entry 1: it is not what was written',
    ]);
  });

  it.each([
    [['--create-tickets'], 'SERVICENOW_INSTANCE_URL'],
    [['--create-tickets', '--yes', '--dry-run'], 'SERVICENOW_INSTANCE_URL'],
    [['--create-tickets', '--offline'], '--offline'],
  ])('tickets need a system and a network: %j', async (flags, words) => {
    const run = await runEras(['assess', 'CVE-2021-44228', ...flags], { ERAS_HOME: newHome() });
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toMatch(/^eras: [^\n]+\n$/);
    expect(run.stderr).toContain(words);
  });
});
