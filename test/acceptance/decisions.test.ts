import { describe, expect, it } from 'vitest';
import { Assessment } from '../../src/domain/assessment/schema.ts';
import { documentOf, runEras, useHomes } from '../support/run-eras.ts';

const newHome = useHomes();
/** Not listed by CISA in the bundled snapshot, and listed. */
const [QUIET, LISTED] = ['CVE-2024-3094', 'CVE-2021-44228'] as const;
const WHO = ['--owner', 'ann', '--approver', 'bob', '--reason', 'not reachable'] as const;

async function assess(env: Readonly<Record<string, string>>, ...ids: string[]) {
  const run = await runEras(['assess', ...ids, '--offline', '--no-llm', '--format', 'json'], env);
  return new Map(Assessment.parse(documentOf(run)).findings.map((finding) => [finding.cveId, finding]));
}

const lastDay = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('eras decide', () => {
  it('accepts a risk: who and until when stand in the next assessment, level and dates stay', async () => {
    const env = { ERAS_HOME: newHome() };
    const before = (await assess(env, QUIET)).get(QUIET);
    const run = await runEras(['decide', 'accept', QUIET, ...WHO, '--until', lastDay(30), '--format', 'json'], env);
    expect([run.code, run.stderr]).toEqual([0, '']);
    const decided = JSON.parse(run.stdout);
    const after = (await assess(env, QUIET)).get(QUIET);
    expect(after?.acceptance).toMatchObject({ owner: 'ann', approver: 'bob', state: 'active' });
    expect([after?.risk.level, after?.bod2604]).toEqual([before?.risk.level, before?.bod2604]);
    expect(after?.risk.factors.at(-1)).toMatchObject({ name: 'decision', value: 'accepted' });

    expect((await runEras(['decide', 'withdraw', decided.id, '--reason', 'reachable after all'], env)).code).toBe(0);
    expect((await assess(env, QUIET)).get(QUIET)?.acceptance).toBeNull();
    const audit = await runEras(['audit', 'verify', '--format', 'json'], env);
    expect(JSON.parse(audit.stdout)).toMatchObject({ entries: 2, broken: null });
  });

  it('warns of an acceptance that nobody is to look at again for years', async () => {
    const env = { ERAS_HOME: newHome() };
    await assess(env, QUIET);
    const run = await runEras(['decide', 'accept', QUIET, ...WHO, '--until', '9999-12-31'], env);
    expect([run.code, run.stderr]).toEqual([
      0,
      expect.stringMatching(/^warning: the acceptance holds until 9999-12-31, for more than two years[^\n]*\n$/),
    ]);
  });

  it('says where a decision is about nothing that was assessed, and keeps it', async () => {
    const env = { ERAS_HOME: newHome() };
    const decide = (...args: string[]) => runEras(['decide', 'false-positive', ...args, ...WHO], env);
    const unknown = await decide('CVE-2024-9999999');
    expect([unknown.code, unknown.stderr]).toEqual([
      0,
      expect.stringMatching(/^warning: CVE-2024-9999999 was not assessed so far[^\n]*\n$/),
    ]);
    await assess(env, QUIET);
    expect((await decide(QUIET)).stderr).toBe('');
    const elsewhere = await decide(QUIET, '--asset', 'build-77');
    expect(elsewhere.stderr).toMatch(
      /^warning: no finding so far is of CVE-2024-3094 on "build-77": the decision is kept/,
    );
    expect(JSON.parse((await runEras(['decide', 'list', '--format', 'json'], env)).stdout)).toHaveLength(3);
  });

  it('clears what is not affected, but never what CISA lists', async () => {
    const env = { ERAS_HOME: newHome() };
    for (const id of [QUIET, LISTED]) {
      const why = ['--justification', 'vulnerable_code_not_in_execute_path'];
      expect((await runEras(['decide', 'not-affected', id, ...WHO, ...why], env)).code).toBe(0);
    }
    const findings = await assess(env, QUIET, LISTED);
    expect(findings.get(QUIET)).toMatchObject({
      vex: { status: 'not_affected', author: 'ann, approved by bob' },
      risk: { level: null },
    });
    expect(findings.get(LISTED)).toMatchObject({ vex: { status: 'not_affected' }, risk: { level: 'Critical' } });
  });

  it.each<[string, readonly string[], string]>([
    ['accept', [QUIET, ...WHO], '--until'],
    ['accept', [QUIET, ...WHO, '--until', '2020-01-01'], 'has passed'],
    ['accept', [QUIET, ...WHO, '--until', '2026-02-30'], 'is no day'],
    [
      'accept',
      [QUIET, '--owner', 'Bob', '--approver', ' bob', '--reason', 'r', '--until', '2099-01-01'],
      'somebody else',
    ],
    ['false-positive', [QUIET, '--owner', 'ann', '--approver', 'аnn', '--reason', 'r'], 'two alphabets'],
    ['false-positive', [QUIET, '--owner', 'Ann Smith', '--approver', 'Smith, Ann', '--reason', 'r'], 'somebody else'],
    ['not-affected', [QUIET, ...WHO], '--justification'],
    ['false-positive', ['../x', ...WHO], 'is no vulnerability id'],
    ['false-positive', [QUIET, '--owner', 'ann', '--approver', 'bob', '--reason', ' '], '--reason is empty'],
    ['withdraw', ['nothing', '--reason', 'r'], 'there is no decision'],
  ])('%s %j is refused: %s', async (action, args, message) => {
    const run = await runEras(['decide', action, ...args], { ERAS_HOME: newHome() });
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(message);
    expect(run.stderr.trim().split('\n')).toHaveLength(1);
  });
});
