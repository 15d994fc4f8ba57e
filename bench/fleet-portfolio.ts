import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idsOf, startFleet } from '../test/support/fleet.ts';
import { MANY_KEYS, measureWriting } from './fleet-writing.ts';

/**
 * A large portfolio over several workers, beside the least that arithmetic allows: `npx tsx bench/fleet-portfolio.ts [CVEs] [LATENCY_MS] [WORKERS]`
 * after `npm run build`. 10,000 CVEs in calls of 5 are 2 × 2,000 calls; at 100 ms each and one at a time a worker, four workers need 100 s at the least, and
 * 1.2 times of that leave a job 20 ms of its own.
 */
const CVES = Number(process.argv[2] ?? 10_000);
const LATENCY_MS = Number(process.argv[3] ?? 100);
const WORKERS = Number(process.argv[4] ?? 4);
const BATCH = 5;
const BEFORE = 40;

const ids = idsOf(CVES);
const before = idsOf(BEFORE * WORKERS, 100_000);
const fleet = await startFleet([...ids, ...before], { ERAS_FLEET_MODEL_CALLS: '64', NVD_API_KEY: MANY_KEYS });
const home = mkdtempSync(join(tmpdir(), 'eras-bench-portfolio-'));
const time = await measureWriting({
  ...{ fleet, home, ids, before, workers: WORKERS, concurrency: 1, batchSize: BATCH, latencyMs: LATENCY_MS },
});
const timesLeast = Number((time.writingMs / time.leastMs).toFixed(3));
process.stdout.write(
  `${JSON.stringify({ cves: CVES, workers: WORKERS, latencyMs: LATENCY_MS, ...time, timesLeast })}\n`,
);
await fleet.close();
process.exit(0);
