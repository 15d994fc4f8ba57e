import type { TopLevelSpec } from 'vega-lite';
import type { Chart, ChartWords, HeatCell } from '../chart.ts';
import { LEVEL_COLORS, LEVEL_MARKS, levelScale } from '../level-colors.ts';

const STEPS = [1, 2, 3, 4, 5] as const;

/** Likelihood up, impact right; the number and the mark of the level in each cell; empty ones stay empty, since a score would be read as a count. */
export function heatMapSpec({ words, cells }: Extract<Chart, { name: 'heat-map' }>): TopLevelSpec {
  const values = STEPS.flatMap((likelihood) =>
    STEPS.map((impact) => {
      const found = cells.find((one) => one.likelihood === likelihood && one.impact === impact);
      return {
        likelihood,
        impact,
        ...(found === undefined ? EMPTY_CELL : filledCell(found, words)),
      };
    }),
  );
  const x = { field: 'impact', type: 'ordinal', title: words.x, axis: { labelAngle: 0, orient: 'bottom' } } as const;
  const y = { field: 'likelihood', type: 'ordinal', title: words.y, sort: 'descending' } as const;
  const color = { field: 'text', type: 'nominal', scale: null, legend: null } as const;
  return {
    title: words.title,
    data: { values },
    width: 420,
    height: 280,
    encoding: { x, y },
    layer: [
      { mark: { type: 'rect', fill: '#f7f7f7', stroke: '#b0b0b0' } },
      {
        transform: [{ filter: 'datum.count > 0' }],
        mark: { type: 'rect', stroke: '#1a1a1a' },
        encoding: {
          fill: { field: 'level', type: 'nominal', scale: levelScale(words.levels, 'color'), legend: null },
        },
      },
      {
        mark: { type: 'text', fontSize: 20, fontWeight: 'bold', dy: -7 },
        encoding: { text: { field: 'label' }, color },
      },
      { mark: { type: 'text', fontSize: 11, dy: 13 }, encoding: { text: { field: 'mark' }, color } },
    ],
  };
}

const EMPTY_CELL = { count: 0, label: '', level: null, mark: '', text: '#595959' } as const;

function filledCell({ count, shown = String(count), level }: HeatCell, { levels }: ChartWords) {
  const mark = `${LEVEL_MARKS[level]} ${levels[level]}`;
  return { count, label: shown, level: levels[level], mark, text: LEVEL_COLORS[level].text };
}
