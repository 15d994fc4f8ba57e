import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Assessment } from '../../src/domain/assessment/schema.ts';
import { runEras, useHomes } from '../support/run-eras.ts';

const newHome = useHomes();
const SHELL = 'CVE-2021-44228';
const ROW = 'id,name,criticality,exposure,loss_low_usd,loss_high_usd\nshop,Web shop,5,open,20000,500000\n';

function write(home: string, name: string, content: string): string {
  const path = join(home, name);
  writeFileSync(path, content);
  return path;
}

async function assess(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Assessment> {
  const run = await runEras(['assess', ...args, '--offline', '--format', 'json'], env);
  expect(run.code, run.stderr).toBe(0);
  return Assessment.parse(JSON.parse(run.stdout));
}

describe('losses', () => {
  it('are told of an asset that says what an event costs, the same each time, and agree with their closed form', async () => {
    const home = newHome();
    const env = { ERAS_HOME: home };
    const args = [SHELL, '--assets', write(home, 'f.csv', ROW)];
    const [one, other] = [await assess(args, env), await assess(args, { ERAS_HOME: newHome() })];
    expect(other.findings.map(({ loss }) => loss)).toEqual(one.findings.map(({ loss }) => loss));
    expect(other.portfolio).toEqual(one.portfolio);
    const loss = one.findings[0]?.loss;
    if (!loss) throw new Error('no loss');
    const { magnitude, frequencyPerYear, susceptibility, ale, standardError } = loss;
    expect(magnitude).toEqual({ distribution: 'lognormal', p5: 20_000, p95: 500_000, mode: null });
    const sigma = Math.log(25) / (2 * 1.6448536269514722);
    const mean = Math.sqrt(20_000 * 500_000) * Math.exp(sigma ** 2 / 2);
    expect(Math.abs(ale - frequencyPerYear * susceptibility * mean)).toBeLessThanOrEqual(4 * standardError);
    for (const figure of [ale, standardError, loss.p50, loss.p95, loss.es95])
      expect(figure).toBe(Number(figure.toPrecision(3)));
    expect(one.portfolio).toMatchObject({
      findings: 1,
      ale,
      assets: [{ id: 'shop', ale }],
      fixes: [{ cumulativeShare: 1 }],
    });
  });

  it('are null without such an asset, and no format speaks of money then', async () => {
    const home = newHome();
    const env = { ERAS_HOME: home };
    const assets = write(home, 'f.csv', 'id,exposure\nshop,open\n');
    const document = await assess([SHELL, '--assets', assets], env);
    expect([document.findings[0]?.loss, document.portfolio]).toEqual([null, null]);
    for (const format of ['table', 'md']) {
      const { stdout } = await runEras(['report', document.id, '--format', format], env);
      expect(stdout).not.toMatch(/\$|a year/);
    }
  });

  it('come from the bands of the configuration where the asset is silent', async () => {
    const home = newHome();
    const config = {
      loss: {
        bands: { 5: { low: 1000, high: 50_000, mostLikely: 4000 } },
        distribution: 'pert',
        susceptibility: 0.5,
        fixCost: { perFix: 1000, perAsset: 0 },
      },
    };
    const env = { ERAS_HOME: home, ERAS_CONFIG: write(home, 'eras.config.json', JSON.stringify(config)) };
    const document = await assess([SHELL, '--assets', write(home, 'f.csv', 'id,criticality\nshop,5\n')], env);
    expect(document.findings[0]?.loss).toMatchObject({
      susceptibility: 0.5,
      magnitude: { distribution: 'pert', p5: 1000, p95: 50_000, mode: 4000 },
    });
    expect(document.portfolio?.fixes[0]).toMatchObject({ cost: 1000 });
  });

  it('are shown in the table and in Markdown', async () => {
    const home = newHome();
    const env = { ERAS_HOME: home };
    const { id } = await assess([SHELL, '--assets', write(home, 'f.csv', ROW)], env);
    const table = (await runEras(['report', id, '--format', 'table'], env)).stdout;
    expect(table).toMatch(/expected loss USD [\d,]+ a\s+year/);
    expect(table).toMatch(/1\. Update or mitigate apache log4j \(1 asset\): −USD [\d,]+ a year, 100% of the expected/);
    const markdown = (await runEras(['report', id, '--format', 'md'], env)).stdout;
    expect(markdown).toContain('## Expected loss');
    expect(markdown).toContain('| Why | Loss a year |');
  });

  it.each([
    ['id,loss_low_usd,loss_high_usd\nshop,9,5\n', 'line 2: loss_low_usd 9 is above loss_high_usd 5'],
    ['id,loss_low_usd,loss_high_usd\nshop,none,5\n', 'line 2: loss_low_usd "none" is not a number above 0'],
  ])('of which %j is wrong are bad input', async (content, message) => {
    const home = newHome();
    const run = await runEras(['assess', SHELL, '--offline', '--assets', write(home, 'f.csv', content)], {
      ERAS_HOME: home,
    });
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(message);
    expect(run.stderr.trim().split('\n')).toHaveLength(1);
  });

  it('refuse a configuration whose bands are in the wrong order', async () => {
    const home = newHome();
    const config = write(home, 'eras.config.json', JSON.stringify({ loss: { bands: { 5: { low: 9, high: 5 } } } }));
    const run = await runEras(['assess', SHELL, '--offline'], { ERAS_HOME: home, ERAS_CONFIG: config });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('loss.bands.5: low must not be above high');
  });
});
