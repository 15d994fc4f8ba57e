import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChaos } from '../test/support/chaos.ts';
import { comparable } from '../test/support/fleet.ts';

/**
 * The long form of the chaos test: `npx tsx bench/chaos.ts [CVEs] [RUNS]` after `npm run build`; some two minutes a run. Exit 1 where anything was lost,
 * left over or paid twice, or where the run was over before all was done to it.
 */
const cves = Number(process.argv[2] ?? 2000);
const runs = Number(process.argv[3] ?? 1);
const say = (what: string) => process.stdout.write(`${new Date().toISOString().slice(11, 19)}  ${what}\n`);
/** Disturbances beside the kills. */
const ALL = 4;
const HOUR_MS = 3_600_000;
/** Differences that are told of a run. */
const MOST_TOLD = 20;

let isGood = true;
for (let run = 0; run < runs; run += 1) {
  const homes: string[] = [];
  const result = await runChaos({
    cves,
    batchSize: Math.max(5, Math.round(cves / 80)),
    workers: 3,
    killEveryMs: 4000,
    mostKills: Number.POSITIVE_INFINITY,
    modelMs: 2500,
    redisPauseMs: 10_000,
    postgresPauseMs: 3000,
    skews: [0, HOUR_MS, -HOUR_MS],
    home() {
      const home = mkdtempSync(join(tmpdir(), 'eras-chaos-'));
      homes.push(home);
      return home;
    },
    say,
  });
  for (const home of homes) rmSync(home, { recursive: true, force: true });
  const { disturbed, undisturbed, ...figures } = result;
  for (const line of differences(comparable(undisturbed), comparable(disturbed)).slice(0, MOST_TOLD)) say(line);
  say(JSON.stringify({ ...figures, findings: disturbed.findings.length, asAlone: undisturbed.findings.length }));
  const isClean = result.left === 0 && result.dead.length === 0 && result.paidTwice.length === 0;
  isGood &&= result.isSame && isClean && result.code === 0 && result.done.length === ALL;
}
process.exit(isGood ? 0 : 1);

/** Where two values are not the same: the path, what the undisturbed run has, what the disturbed one has. */
function differences(alone: unknown, fleet: unknown, path = ''): string[] {
  if (JSON.stringify(alone) === JSON.stringify(fleet)) return [];
  if (typeof alone !== 'object' || typeof fleet !== 'object' || alone === null || fleet === null) {
    return [`${path}: ${JSON.stringify(alone)?.slice(0, 200)} → ${JSON.stringify(fleet)?.slice(0, 200)}`];
  }
  const keys = new Set([...Object.keys(alone), ...Object.keys(fleet)]);
  return [...keys].flatMap((key) =>
    differences((alone as Record<string, unknown>)[key], (fleet as Record<string, unknown>)[key], `${path}/${key}`),
  );
}
