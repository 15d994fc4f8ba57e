import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

/** One measured figure against its target. */
export interface Figure {
  readonly name: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly target: number;
  readonly unit: 'ms' | '×';
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

/** The figures as a Markdown table, with the machine that they are of. */
export function renderFigures(figures: readonly Figure[]): string {
  const format = (value: number, unit: Figure['unit']) =>
    unit === 'ms' ? `${value.toFixed(0)} ms` : `${value.toFixed(2)} ×`;
  const rows = figures.map(
    ({ name, median, min, max, target, unit }) =>
      `| ${name} | ${format(median, unit)} | ${format(min, unit)} – ${format(max, unit)} | ≤ ${format(target, unit)} | ${median <= target ? 'met' : 'MISSED'} |`,
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
