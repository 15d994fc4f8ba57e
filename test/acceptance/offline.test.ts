import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Assessment } from '../../src/domain/assessment/schema.ts';
import { documentOf, runEras, useHomes } from '../support/run-eras.ts';

const newHome = useHomes();
const OFFLINE_JSON = ['--offline', '--format', 'json'];

/** A document without what may differ between two runs of the same input. */
function comparable(document: Assessment): unknown {
  const { id: _id, createdAt: _created, finishedAt: _finished, timings: _timings, ...rest } = document;
  return rest;
}

describe('eras assess CVE-2021-44228 --offline --format json', () => {
  it('decides and explains Log4Shell from the bundled facts', async () => {
    const run = await runEras(['assess', 'CVE-2021-44228', ...OFFLINE_JSON], { ERAS_HOME: newHome() });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const document = Assessment.parse(documentOf(run));
    const [finding] = document.findings;
    expect(finding).toMatchObject({
      status: 'assessed',
      cvss: { version: '3.1', baseScore: 10, severity: 'CRITICAL', source: 'nvd@nist.gov' },
      kevStatus: 'listed',
      kev: { dateAdded: '2021-12-10', knownRansomwareCampaignUse: 'Known' },
      ssvc: {
        exploitation: 'active',
        automatable: 'yes',
        technicalImpact: 'total',
        exposure: 'unknown',
        deployer: 'immediate',
        coordinator: 'act',
      },
      bod2604: { timeline: '3_days_forensics', row: 15 },
      risk: { level: 'Critical', likelihood: 5, impact: 5, score: 25 },
      narrative: { source: 'rules' },
    });
    expect(finding?.epss?.probability).toBeGreaterThan(0.9);
    expect(finding?.attack).toContainEqual(
      expect.objectContaining({ techniqueId: 'T1190', role: 'exploitation', source: 'mapping' }),
    );
    expect(finding?.risk.unknowns).toContainEqual({
      name: 'exposure',
      affects: 'bod2604.timeline',
      ifWorse: '3_days_forensics',
      ifBetter: '3_days_forensics',
    });
    expect(finding?.risk.factors.every(({ source, effect }) => source !== '' && effect !== '')).toBe(true);
    expect(Object.values(document.dataAsOf).map(({ origin }) => origin)).toEqual(Array(5).fill('snapshot'));
    expect(Object.values(document.usage.http).every((count) => count === 0)).toBe(true);
  });

  it('gives the same document twice, but for ids and times', async () => {
    const env = { ERAS_HOME: newHome() };
    const [first, second] = [
      await runEras(['assess', 'CVE-2021-44228', 'CVE-2024-3094', ...OFFLINE_JSON], env),
      await runEras(['assess', 'CVE-2021-44228', 'CVE-2024-3094', ...OFFLINE_JSON], env),
    ];
    expect(comparable(documentOf(second))).toEqual(comparable(documentOf(first)));
  });

  it('lets the exposure decide where it is known', async () => {
    const run = await runEras(['assess', 'CVE-2021-44228', '--exposure', 'small', ...OFFLINE_JSON], {
      ERAS_HOME: newHome(),
    });
    expect(documentOf(run).findings[0]).toMatchObject({
      ssvc: { exposure: 'small' },
      bod2604: { row: 13 },
      risk: { likelihood: 3 },
    });
  });
});

describe('what is not known offline', () => {
  it('is incomplete with its gaps, never "not found" and never Low', async () => {
    const run = await runEras(['assess', 'CVE-2021-44228', 'CVE-2019-999999', ...OFFLINE_JSON], {
      ERAS_HOME: newHome(),
    });
    expect(run.code).toBe(3);
    const document = documentOf(run);
    const finding = document.findings.find(({ cveId }) => cveId === 'CVE-2019-999999');
    expect(finding).toMatchObject({
      status: 'incomplete',
      cvss: null,
      epss: null,
      kev: null,
      kevStatus: 'unknown',
      risk: { level: 'Critical' },
    });
    expect(document.gaps.map(({ cveId, source }) => [cveId, source])).toEqual(
      ['nvd', 'kev', 'epss', 'ssvc'].map((source) => ['CVE-2019-999999', source]),
    );
  });
});

describe('bad input', () => {
  const oneLine = /^eras: [^\n]+\n$/;

  it.each<[string, string[], string]>([
    ['a malformed id alone', ['CVE-21-1'], '"CVE-21-1" is not a CVE id'],
    ['nothing', [], 'nothing to assess'],
    ['a word', ['hello'], 'neither a CVE id, nor a file'],
    ['an unknown format', ['CVE-2021-44228', '--format', 'xlsx'], 'no format'],
    ['a binary format without a file', ['CVE-2021-44228', '--format', 'pdf'], 'needs a file'],
    ['a fleet without a queue', ['CVE-2021-44228', '--distributed'], '--distributed needs a queue'],
    ['an unknown assessment', ['--resume', 'nothing'], 'no assessment'],
    ['a misspelt option', ['CVE-2021-44228', '--ofline'], "unknown option '--ofline'"],
    ['an unknown exposure', ['CVE-2021-44228', '--exposure', 'wide'], 'Allowed choices are open'],
  ])('%s: one line and exit code 2', async (_, args, message) => {
    const run = await runEras(['assess', '--offline', ...args], { ERAS_HOME: newHome() });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(oneLine);
    expect(run.stderr).toContain(message);
  });

  it('keeps a good id beside a malformed one, and duplicates count once', async () => {
    const run = await runEras(['assess', 'CVE-21-1', ' cve-2021-44228 ', 'CVE-2021-44228', ...OFFLINE_JSON], {
      ERAS_HOME: newHome(),
    });
    expect(run.code).toBe(3);
    const document = documentOf(run);
    expect(document.findings.map(({ cveId }) => cveId)).toEqual(['CVE-2021-44228']);
    expect(document.gaps).toEqual([{ cveId: null, source: 'intake', reason: expect.stringContaining('CVE-21-1') }]);
  });

  it('reads standard input and files', async () => {
    const home = newHome();
    const list = join(home, 'list.txt');
    writeFileSync(list, '# ours\nCVE-2021-44228\n');
    const run = await runEras(
      ['assess', '-', list, ...OFFLINE_JSON],
      { ERAS_HOME: home },
      'please look at CVE-2024-3094\n',
    );
    expect(documentOf(run).findings.map(({ cveId }) => cveId)).toEqual(['CVE-2021-44228', 'CVE-2024-3094']);
  });

  it('tells what moved between two assessments', async () => {
    const env = { ERAS_HOME: newHome() };
    const assess = async (...args: string[]) =>
      JSON.parse((await runEras(['assess', ...args, '--offline', '--format', 'json'], env)).stdout).id as string;
    const before = await assess('CVE-2021-44228', 'CVE-2024-3094');
    const after = await assess('CVE-2021-44228', 'CVE-2017-0144', '--exposure', 'small');
    const text = await runEras(['diff', before, after], env);
    expect(text).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 new, 1 gone, 1 changed (0 worse, 1 better), 0 as before'),
    });
    expect(text.stdout).toContain('better\n  CVE-2021-44228 (the command line)\n    level: Critical → High\n');
    const json = JSON.parse((await runEras(['diff', before, after, '--format', 'json'], env)).stdout);
    expect(json).toMatchObject({
      from: { id: before },
      to: { id: after },
      added: [{ vulnerabilityId: 'CVE-2017-0144' }],
      removed: [{ vulnerabilityId: 'CVE-2024-3094' }],
      changed: [{ vulnerabilityId: 'CVE-2021-44228', direction: 'better' }],
    });
    expect((await runEras(['diff', before, 'nope'], env)).code).toBe(2);
  });

  it.each(['serve', 'mcp', 'keys'])('eras %s is known and not available yet', async (command) => {
    const run = await runEras([command, 'something', '--flag'], { ERAS_HOME: newHome() });
    expect([run.code, run.stderr]).toEqual([2, `eras: eras ${command} is not available yet\n`]);
  });

  it('tells of an output that cannot be written before any work', async () => {
    const home = newHome();
    const run = await runEras(['assess', 'CVE-2021-44228', '--offline', '--output', join(home, 'no/where.json')], {
      ERAS_HOME: join(home, 'store'),
    });
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(oneLine);
    expect(existsSync(join(home, 'store'))).toBe(false);
  });

  it('says in one line that ERAS_HOME cannot be used', async () => {
    const home = newHome();
    writeFileSync(join(home, 'file'), '');
    const run = await runEras(['assess', 'CVE-2021-44228', '--offline'], { ERAS_HOME: join(home, 'file') });
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(oneLine);
    expect(run.stderr).toContain('ERAS_HOME');
  });

  it('says so where ERAS_HOME lies where no folder can be made', async () => {
    const run = await runEras(['list'], { ERAS_HOME: '/proc/nope/deeper' });
    expect([run.code, run.stderr]).toEqual([
      1,
      expect.stringMatching(/^eras: cannot create the data folder [^\n]*\n$/),
    ]);
  });

  it('sets a damaged store aside and goes on', async () => {
    const home = newHome();
    writeFileSync(join(home, 'eras.db'), 'not a database '.repeat(100));
    const run = await runEras(['assess', 'CVE-2021-44228', ...OFFLINE_JSON], { ERAS_HOME: home });
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('kept as');
    expect(readdirSync(home).some((name) => name.startsWith('eras.db.damaged-'))).toBe(true);
  });
});

describe('formats and stored assessments', () => {
  it('fits the table into 100 columns, readable without colour', async () => {
    const run = await runEras(['assess', 'CVE-2021-44228', 'CVE-2024-3094', 'CVE-2023-34362', '--offline'], {
      ERAS_HOME: newHome(),
    });
    expect(run.code).toBe(0);
    for (const line of run.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    expect(run.stdout).not.toContain('\u001b');
    for (const word of [
      'Level',
      'Critical',
      'CVE-2021-44228',
      '10.0',
      '3 days + forensics',
      'by 20',
      'exploited since 2021-12-10',
    ])
      expect(run.stdout).toContain(word);
  });

  it('takes the format from the ending of the output, and writes it whole', async () => {
    const home = newHome();
    const output = join(home, 'report.md');
    const run = await runEras(['assess', 'CVE-2021-44228', '--offline', '--output', output], { ERAS_HOME: home });
    expect(run).toMatchObject({ code: 0, stdout: '' });
    const report = readFileSync(output, 'utf8');
    expect(report).toContain('### CVE-2021-44228');
    expect(report).toContain('not endorsed or certified by the NVD');
    expect(readdirSync(home).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('lists and shows what was assessed', async () => {
    const env = { ERAS_HOME: newHome() };
    const assessed = documentOf(await runEras(['assess', 'CVE-2021-44228', ...OFFLINE_JSON], env));
    const list = JSON.parse((await runEras(['list', '--format', 'json'], env)).stdout);
    expect(list).toEqual([
      {
        id: assessed.id,
        createdAt: assessed.createdAt,
        finishedAt: assessed.finishedAt,
        status: 'done',
        targets: ['CVE-2021-44228'],
        counts: assessed.summary.counts,
      },
    ]);
    expect(documentOf(await runEras(['show', assessed.id, '--format', 'json'], env))).toEqual(assessed);
    expect((await runEras(['list'], env)).stdout).toContain(assessed.id);
    expect((await runEras(['show', 'nothing'], env)).code).toBe(2);
  });

  it.each([
    ['critical', 4],
    ['high', 4],
  ])('--fail-on %s exits %i for Log4Shell', async (level, code) => {
    expect(
      (await runEras(['assess', 'CVE-2021-44228', '--offline', '--fail-on', level], { ERAS_HOME: newHome() })).code,
    ).toBe(code);
  });

  it('prefers the gate to gaps, and gaps to done', async () => {
    const args = ['assess', 'CVE-21-1', 'CVE-2024-7264', '--offline', '--exposure', 'small'];
    expect((await runEras([...args, '--fail-on', 'critical'], { ERAS_HOME: newHome() })).code).toBe(3);
    expect(
      (
        await runEras(['assess', 'CVE-21-1', 'CVE-2021-44228', '--offline', '--fail-on', 'critical'], {
          ERAS_HOME: newHome(),
        })
      ).code,
    ).toBe(4);
  });

  it('checks the installation', async () => {
    const run = await runEras(['doctor', '--json'], { ERAS_HOME: newHome(), NVD_API_KEY: 'very-secret' });
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      ok: true,
      version: expect.any(String),
      checks: expect.any(Array),
      quickWins: expect.any(Array),
    });
    expect(run.stdout).not.toContain('very-secret');
  });

  it('prints completions for a shell', async () => {
    const run = await runEras(['complete', 'bash'], { ERAS_HOME: newHome() });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('eras');
  });
});

describe('a run of 10,000 CVEs, which threads share', () => {
  it('finds of each what it finds of it alone', async () => {
    const env = { ERAS_HOME: newHome() };
    const known = ['CVE-2021-44228', 'CVE-2024-3094', 'CVE-2017-0144'];
    const others = Array.from({ length: 10_000 }, (_, index) => `CVE-1999-${20_000 + index}`);
    const list = join(env.ERAS_HOME, 'ids.txt');
    writeFileSync(list, [...known, ...others].join('\n'));
    const alone = documentOf(await runEras(['assess', ...known, ...OFFLINE_JSON], env)) as Assessment;
    const run = await runEras(['assess', list, ...OFFLINE_JSON], env);
    expect(run.code).toBe(3);
    const { findings } = documentOf(run) as Assessment;
    expect(findings).toHaveLength(10_003);
    const place = { evidence: expect.any(Array) };
    expect(findings.filter(({ cveId }) => known.includes(String(cveId)))).toEqual(
      alone.findings.map((finding) => ({ ...finding, ...place })),
    );
  });
});
