import { cpus, totalmem } from 'node:os';
import type { Findings } from './benches.ts';
import type { Impact } from './impact.ts';
import type { Figure } from './measure.ts';
import type { Sla } from './sla.ts';

/** Where and when something was measured. */
export interface Setup {
  readonly date: string;
  readonly machine: string;
  readonly node: string;
  readonly platform: string;
  readonly eras: string;
  readonly packages: Readonly<Record<string, string>>;
}

/** This machine, now; `manifest` is the package's own package.json. */
export function describeSetup(manifest: { version: string; dependencies: Record<string, string> }): Setup {
  const [cpu] = cpus();
  return {
    date: new Date().toISOString(),
    machine: `${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    eras: manifest.version,
    packages: manifest.dependencies,
  };
}

/** What was found as Markdown: the guide's two tables, and ours. Tables without rows are left out. */
export function renderFindings({ slas, impacts, figures }: Findings, setup: Setup): string {
  const head = `Measured ${setup.date.slice(0, 10)} on ${setup.machine}, ${setup.platform}, Node ${setup.node}, ERAS ${setup.eras}.`;
  const tables = [
    slas.length > 0 && renderSlas(slas),
    impacts.length > 0 && renderImpacts(impacts),
    figures.length > 0 && renderFigures(figures),
  ].filter((table) => table !== false);
  return [head, ...tables].join('\n\n');
}

function renderSlas(slas: readonly Sla[]): string {
  const rows = slas.map(
    ({ name, how, baselineMs, targetMs, p50, p95, runs }) =>
      `| ${name} | ${how} | ${time(baselineMs)} | < ${time(targetMs)} | ${time(p50)} | ${time(p95)} | ${p95 < targetMs ? 'met' : 'MISSED'} | ${runs} |`,
  );
  const head =
    '| operation | measured as | baseline | target p95 | p50 | p95 | | runs |\n|---|---|---|---|---|---|---|---|';
  return `## Operations\n\n${[head, ...rows].join('\n')}`;
}

function renderImpacts(impacts: readonly Impact[]): string {
  const share = (value: number | null) => (value === null ? '–' : `${(100 * value).toFixed(0)} %`);
  const rows = impacts.map(
    ({ name, how, expected, cost, time: saved }) =>
      `| ${name} | ${how} | ${expected.cost} | ${share(cost)} | ${expected.time} | ${share(saved)} |`,
  );
  const head =
    '| optimisation | on against off | cost: expected | cost: measured | time: expected | time: measured |\n|---|---|---|---|---|---|';
  return `## What each optimisation takes away\n\n${[head, ...rows].join('\n')}`;
}

function renderFigures(figures: readonly Figure[]): string {
  const format = (value: number, unit: Figure['unit']) => `${value.toFixed(unit === '×' ? 2 : 0)} ${unit}`;
  const rows = figures.map(({ name, median, min, max, target, unit }) => {
    const verdict =
      target === Number.POSITIVE_INFINITY
        ? '– | –'
        : `≤ ${format(target, unit)} | ${median <= target ? 'met' : 'MISSED'}`;
    return `| ${name} | ${format(median, unit)} | ${format(min, unit)} – ${format(max, unit)} | ${verdict} |`;
  });
  return `## Our targets\n\n${['| what | median | range | target | |\n|---|---|---|---|---|', ...rows].join('\n')}`;
}

function time(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
