import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timeRetrieval } from './knowledge.ts';
import { assess, startServer } from './language-model.ts';
import { percentile, timeCommand, timeRuns } from './measure.ts';
import { storeAssessment } from './reports.ts';

/** An operation of the guide that ERAS began with: its baseline and target, in milliseconds, and what is measured. */
export interface Sla {
  readonly name: string;
  readonly how: string;
  readonly baselineMs: number;
  readonly targetMs: number;
  readonly runs: number;
  readonly p50: number;
  readonly p95: number;
}

const RUNS = 20;
const FEWER_RUNS = 10;
const SCRIPTED = 'prose by a scripted model (200 ms to the first token, 2 ms a token), sources of 200 ms, fresh store';

/** The operations of the guide's table, against scripted servers. */
export async function benchSla(): Promise<Sla[]> {
  const { process: server, served } = await startServer();
  const home = mkdtempSync(join(tmpdir(), 'eras-bench-sla-'));
  try {
    const one = await timeRuns(RUNS, () => assess(served, 1, {}));
    const ten = await timeRuns(FEWER_RUNS, () => assess(served, 10, {}));
    const id = await storeAssessment(home, 50);
    const report = (format: string) => ['report', id, '--format', format, '--output', join(home, `report.${format}`)];
    const html = timeCommand(report('html'), { ERAS_HOME: home }, FEWER_RUNS);
    const pdf = timeCommand(report('pdf'), { ERAS_HOME: home }, FEWER_RUNS);
    const full = await timeRuns(FEWER_RUNS, () => assess(served, 50, {}));
    const slowestReport = percentile(html, 0.5) > percentile(pdf, 0.5) ? html : pdf;
    const whole = full.map((milliseconds, run) => milliseconds + (slowestReport[run] ?? 0));
    return [
      toSla('Single CVE analysis', SCRIPTED, [3500, 2000], one),
      toSla('Batch CVE analysis (10)', SCRIPTED, [18_000, 10_000], ten),
      toSla('RAG retrieval', '10,000 passages, embedding of the question included', [450, 500], await timeRetrieval()),
      toSla('Full risk assessment', '50 CVEs as above, then the slower of HTML and PDF', [45_000, 30_000], whole),
      toSla('Report generation', '50 findings as HTML, a process of its own', [7000, 5000], html),
      toSla('Report generation', '50 findings as PDF, a process of its own', [7000, 5000], pdf),
    ];
  } finally {
    server.kill('SIGTERM');
    rmSync(home, { recursive: true, force: true });
  }
}

function toSla(
  name: string,
  how: string,
  [baselineMs, targetMs]: readonly [number, number],
  times: readonly number[],
): Sla {
  return {
    name,
    how,
    baselineMs,
    targetMs,
    runs: times.length,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
  };
}
