import type { TopLevelSpec } from 'vega-lite';
import type { Chart } from '../chart.ts';

/** A technique's name in a cell, characters. */
const LONGEST_NAME = 22;
/** Steps of cividis, light to dark, with the text that can be read on each (at least 4.5 : 1). */
const STEPS = [
  { fill: '#fff6d0', text: '#000000' },
  { fill: '#e6d28c', text: '#000000' },
  { fill: '#a69d75', text: '#000000' },
  { fill: '#575d6d', text: '#ffffff' },
  { fill: '#00204d', text: '#ffffff' },
] as const;
const CELL = { width: 132, height: 38 } as const;

/** A row a tactic, its techniques from the most frequent; darker is more. Lightness alone tells (cividis), and each cell has its number. */
export function attackMatrixSpec({ words, cells }: Extract<Chart, { name: 'attack-matrix' }>): TopLevelSpec {
  const tactics = [...new Set(cells.map(({ tactic }) => tactic))];
  const most = Math.max(1, ...cells.map(({ count }) => count));
  const ranks = new Map<string, number>();
  const values = cells.map(({ tactic, techniqueId, name, count }) => {
    const rank = ranks.get(tactic) ?? 0;
    ranks.set(tactic, rank + 1);
    const step = STEPS[Math.min(STEPS.length - 1, Math.floor((count / most) * STEPS.length))] ?? STEPS[0];
    return {
      tactic,
      rank,
      count,
      id: `${techniqueId} · ${count}`,
      name: name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name,
      ...step,
    };
  });
  const columns = Math.max(1, ...ranks.values());
  const color = { field: 'text', type: 'nominal', scale: null, legend: null } as const;
  return {
    title: { text: words.title, subtitle: `${words.legend}: 1 – ${most}` },
    data: { values },
    width: columns * CELL.width,
    height: Math.max(1, tactics.length) * CELL.height,
    encoding: {
      x: { field: 'rank', type: 'ordinal', axis: null, scale: { paddingInner: 0.04 } },
      y: { field: 'tactic', type: 'ordinal', sort: tactics, title: null, scale: { paddingInner: 0.1 } },
    },
    layer: [
      {
        mark: { type: 'rect', stroke: '#404040', strokeWidth: 0.5 },
        encoding: {
          fill: { field: 'fill', type: 'nominal', scale: null, legend: null },
        },
      },
      { mark: { type: 'text', fontSize: 11, fontWeight: 'bold', dy: -7 }, encoding: { text: { field: 'id' }, color } },
      { mark: { type: 'text', fontSize: 10, dy: 8 }, encoding: { text: { field: 'name' }, color } },
    ],
  };
}
