import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

/** One measured figure against its target. */
export interface Figure {
  readonly name: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly target: number;
  readonly unit: 'ms' | '×' | 'µs' | 'MB';
}

/** Sums up runs; the median is the figure to quote. */
export function toFigure(name: string, runs: readonly number[], target: number, unit: Figure['unit']): Figure {
  const sorted = [...runs].sort((left, right) => left - right);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return { name, median, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN, target, unit };
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

/** The figures as a Markdown table, with the machine that they are of. */
export function renderFigures(figures: readonly Figure[]): string {
  const format = (value: number, unit: Figure['unit']) => `${value.toFixed(unit === '×' ? 2 : 0)} ${unit}`;
  const rows = figures.map(
    ({ name, median, min, max, target, unit }) =>
      `| ${name} | ${format(median, unit)} | ${format(min, unit)} – ${format(max, unit)} | ${target === Number.POSITIVE_INFINITY ? '– | –' : `≤ ${format(target, unit)} | ${median <= target ? 'met' : 'MISSED'}`} |`,
  );
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model ?? 'unknown processor'}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
  return [
    `Measured on ${machine}; medians.`,
    '',
    '| what | median | range | target | |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}
