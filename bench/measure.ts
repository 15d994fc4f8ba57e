import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One measured figure against its target. */
export interface Figure {
  readonly name: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Every run, sorted. */
  readonly runs: readonly number[];
  readonly target: number;
  readonly unit: 'ms' | '×' | 'µs' | 'MB';
}

/** Sums up runs; the median is the figure to quote. */
export function toFigure(name: string, runs: readonly number[], target: number, unit: Figure['unit']): Figure {
  const sorted = [...runs].sort((left, right) => left - right);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return { name, median, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN, runs: sorted, target, unit };
}

/** Whole-process wall time of the built command line, milliseconds, a run each. */
export function timeCommand(args: readonly string[], env: Readonly<Record<string, string>>, runs: number): number[] {
  const once = () => {
    const startedAt = performance.now();
    const { status, stderr } = spawnSync(process.execPath, ['dist/main.js', ...args], {
      env: { ...process.env, ...env },
      maxBuffer: 1 << 30,
    });
    if (status !== 0) throw new Error(`eras ${args.join(' ')} exited ${status}: ${stderr}`);
    return performance.now() - startedAt;
  };
  once();
  return Array.from({ length: runs }, once);
}

/** Work in a folder that is gone afterwards. */
export async function withFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'eras-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Tells the process' greatest resident size as its last line on standard error. */
const TELL_PEAK =
  'process.on("exit", () => process.stderr.write("\\npeak " + process.resourceUsage().maxRSS + "\\n"));';

/** One run of the built command line as a whole process: milliseconds, and its greatest resident size in MB. */
export async function measureCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  accepted: readonly number[] = [0],
): Promise<{ readonly ms: number; readonly peakMb: number }> {
  const startedAt = performance.now();
  const preload = `--import=data:text/javascript,${encodeURIComponent(TELL_PEAK)}`;
  const child = spawn(process.execPath, [preload, 'dist/main.js', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const ms = performance.now() - startedAt;
  if (code === null || !accepted.includes(code)) throw new Error(`eras ${args.join(' ')} exited ${code}: ${stderr}`);
  return { ms, peakMb: Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024 };
}

/** The value that so large a share of the runs does not exceed (nearest rank). */
export function percentile(runs: readonly number[], share: number): number {
  const sorted = [...runs].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Milliseconds of some work, a run each, after one that does not count. */
export async function timeRuns(runs: number, work: () => Promise<unknown>): Promise<number[]> {
  await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return times;
}
