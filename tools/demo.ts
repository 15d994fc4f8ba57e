import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The main job on a sample estate, offline and on embedded defaults: the ranked table on the terminal, the full report as Markdown. Uses a
 * data folder of its own, so that it leaves no trace but the report.
 */
const REPORT = 'demo-report.md';
const GAPS = 3;

const home = mkdtempSync(join(tmpdir(), 'eras-demo-'));
const command = ['dist/main.js', 'assess', 'examples/estate.txt', '--offline'];
const run = (args: readonly string[]) =>
  spawnSync(process.execPath, [...command, ...args], { stdio: 'inherit', env: { ...process.env, ERAS_HOME: home } })
    .status ?? 1;

console.log('$ eras assess examples/estate.txt --offline\n');
const codes = [run([]), run(['--output', REPORT, '--quiet'])];
rmSync(home, { recursive: true, force: true });
console.log(`The full report, with every factor and every unknown: ${REPORT}`);
console.log("Next: npx eras assess CVE-2021-44228 --format json, or without --offline for today's facts.");
process.exitCode = codes.every((code) => code === 0 || code === GAPS) ? 0 : 1;
