import type { TopLevelSpec } from 'vega-lite';
import { RISK_LEVELS } from '../../../domain/assessment/finding-schema.ts';
import type { Chart } from '../chart.ts';
import { levelScale } from '../level-colors.ts';

/** Lines by level, from the worst: whole, then ever shorter dashes. */
const DASHES = [
  [1, 0],
  [8, 3],
  [4, 3],
  [1.5, 3],
];

/** Findings per level over assessments, oldest first; a line a level, told apart by shape and colour. */
export function trendSpec({ words, points }: Extract<Chart, { name: 'trend' }>): TopLevelSpec {
  const values = points.flatMap(({ createdAt, counts }, order) =>
    RISK_LEVELS.map((level) => ({
      order,
      label: `${createdAt.slice(0, 10)} ${createdAt.slice(11, 16)}`,
      level: words.levels[level],
      count: counts[level],
    })),
  );
  return {
    title: words.title,
    data: { values },
    width: 480,
    height: 240,
    encoding: {
      x: {
        field: 'label',
        type: 'ordinal',
        sort: { field: 'order' },
        title: words.x,
        axis: { labelAngle: points.length > 4 ? -40 : 0 },
      },
      y: { field: 'count', type: 'quantitative', title: words.y, axis: { tickMinStep: 1, format: 'd' } },
    },
    layer: [
      {
        mark: { type: 'line', strokeWidth: 1.5, color: '#404040' },
        encoding: {
          strokeDash: {
            field: 'level',
            type: 'nominal',
            title: words.legend,
            scale: { domain: RISK_LEVELS.map((level) => words.levels[level]), range: DASHES },
          },
        },
      },
      {
        mark: { type: 'point', size: 90, stroke: '#1a1a1a', strokeWidth: 1, fillOpacity: 1, opacity: 1 },
        encoding: {
          fill: { field: 'level', type: 'nominal', title: words.legend, scale: levelScale(words.levels, 'color') },
          shape: { field: 'level', type: 'nominal', title: words.legend, scale: levelScale(words.levels, 'shape') },
        },
      },
    ],
  };
}
