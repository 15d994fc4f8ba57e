import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChaos } from '../test/support/chaos.ts';

/** The long form of the chaos test: `npx tsx bench/chaos.ts [CVEs]` after `npm run build`; minutes. Exit 1 where anything was lost or paid twice. */
const cves = Number(process.argv[2] ?? 2000);
const say = (what: string) => process.stdout.write(`${new Date().toISOString().slice(11, 19)}  ${what}\n`);

const result = await runChaos({
  cves,
  batchSize: Math.max(10, Math.round(cves / 40)),
  workers: 3,
  killEveryMs: 3000,
  mostKills: cves >= 1000 ? 25 : 5,
  modelMs: 1500,
  redisPauseMs: 10_000,
  home: () => mkdtempSync(join(tmpdir(), 'eras-chaos-')),
  say,
});
const { disturbed, undisturbed, ...figures } = result;
say(JSON.stringify({ ...figures, findings: disturbed.findings.length, asAlone: undisturbed.findings.length }));
process.exit(result.isSame && result.left === 0 && result.code === 0 ? 0 : 1);
