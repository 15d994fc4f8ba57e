import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { judgePairs } from './paired.ts';

/**
 * `npx tsx bench/compare.ts BEFORE/dist AFTER/dist [--pairs 15]`: two builds (each in a checkout of its own, with its packages) run the same commands in pairs,
 * and each figure is told to be faster, slower, or no different.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { pairs: { type: 'string' } } });
const [before, after] = positionals;
const pairs = Number(values.pairs ?? 15);
if (before === undefined || after === undefined || !Number.isInteger(pairs) || pairs < 6) {
  console.error('usage: npx tsx bench/compare.ts BEFORE/dist AFTER/dist [--pairs N], N at least 6');
  process.exit(2);
}

const ESTATE = resolve('examples/estate.txt');
const COMMANDS: readonly (readonly string[])[] = [
  ['--help'],
  ['assess', 'CVE-2021-44228', '--offline', '--no-llm', '--format', 'json'],
  ['assess', ESTATE, '--offline', '--no-llm', '--format', 'html'],
  ['list', '--format', 'json'],
];

const homes = [before, after].map(() => mkdtempSync(join(tmpdir(), 'eras-compare-')));
try {
  console.log('| command | before | after | ratio | p | |\n|---|---|---|---|---|---|');
  for (const command of COMMANDS) {
    const { verdict, ratio, p, ...medians } = judgePairs(measurePairs(command));
    const [from, to] = [medians.before, medians.after].map((value) => `${value.toFixed(0)} ms`);
    const name = command.map((word) => (word === ESTATE ? 'estate.txt' : word)).join(' ');
    console.log(`| ${name} | ${from} | ${to} | ${ratio.toFixed(3)} | ${p.toFixed(3)} | ${verdict} |`);
  }
} finally {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
}

/** Pairs after one that does not count; who goes first changes from pair to pair. */
function measurePairs(command: readonly string[]): (readonly [number, number])[] {
  const measured = Array.from({ length: pairs + 1 }, (_, pair): readonly [number, number] => {
    if (pair % 2 === 0) {
      const first = time(0, command);
      return [first, time(1, command)];
    }
    const second = time(1, command);
    return [time(0, command), second];
  });
  return measured.slice(1);
}

function time(side: 0 | 1, command: readonly string[]): number {
  const main = resolve(positionals[side] ?? '', 'main.js');
  const startedAt = performance.now();
  const env = { ...process.env, ERAS_HOME: homes[side] ?? '' };
  const { status, stderr } = spawnSync(process.execPath, [main, ...command], { env, maxBuffer: 2 ** 30 });
  if (status !== 0 && status !== 3) throw new Error(`${main} ${command.join(' ')} exited ${status}: ${stderr}`);
  return performance.now() - startedAt;
}
