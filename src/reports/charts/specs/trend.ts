import type { TopLevelSpec } from 'vega-lite';
import { RISK_LEVELS, type RiskLevel } from '../../../domain/assessment/finding-schema.ts';
import type { Chart, TrendPoint } from '../chart.ts';
import { LEVEL_COLORS, levelScale } from '../level-colors.ts';

/** Levels as they are drawn: light and wide ones below, dark and narrow ones above, so that of equal counts each can be seen. */
const DRAWN: readonly RiskLevel[] = [...RISK_LEVELS].reverse();
const WIDTHS: Readonly<Record<RiskLevel, number>> = { Critical: 1.5, High: 3.5, Medium: 6, Low: 8.5 };
const SIZES: Readonly<Record<RiskLevel, number>> = { Critical: 30, High: 100, Medium: 210, Low: 360 };
/** Room above the highest mark, a share of its count. */
const HEADROOM = 1.12;

/** Findings per level over assessments, oldest first, each in a place of its own; a line a level, told apart by shape, width and lightness. */
export function trendSpec({ words, points }: Extract<Chart, { name: 'trend' }>): TopLevelSpec {
  const values = points.flatMap(({ counts }, order) =>
    DRAWN.map((level) => ({
      order,
      level: words.levels[level],
      count: counts[level],
      stroke: LEVEL_COLORS[level].fill,
      width: WIDTHS[level],
      size: SIZES[level],
    })),
  );
  const most = Math.max(1, ...values.map(({ count }) => count));
  const level = { field: 'level', type: 'nominal', title: words.legend } as const;
  return {
    title: words.title,
    data: { values },
    width: 480,
    height: 240,
    encoding: {
      x: {
        field: 'order',
        type: 'ordinal',
        title: words.x,
        axis: {
          // Marks of nothing stand on the axis: its words begin below them.
          offset: 10,
          labelAngle: points.length > 4 ? -40 : 0,
          labelExpr: `${JSON.stringify(labelsOf(points))}[datum.value]`,
        },
      },
      y: {
        field: 'count',
        type: 'quantitative',
        title: words.y,
        scale: { domain: [0, most * HEADROOM], nice: true },
        axis: { tickMinStep: 1, format: 'd' },
      },
    },
    layer: [
      {
        mark: { type: 'line', strokeCap: 'butt' },
        encoding: {
          detail: { field: 'width', type: 'quantitative' },
          stroke: { field: 'stroke', type: 'nominal', scale: null },
          strokeWidth: { field: 'width', type: 'quantitative', scale: null },
          order: { field: 'order' },
        },
      },
      {
        mark: { type: 'point', stroke: '#1a1a1a', strokeWidth: 1, fillOpacity: 1, opacity: 1 },
        encoding: {
          fill: { ...level, scale: levelScale(words.levels, 'color') },
          shape: { ...level, scale: levelScale(words.levels, 'shape') },
          size: { field: 'size', type: 'quantitative', scale: null },
        },
      },
    ],
  };
}

/** The moment of each assessment, to the minute; to the second where two are of one minute. */
function labelsOf(points: readonly TrendPoint[]): string[] {
  const upTo = (end: number) =>
    points.map(({ createdAt }) => `${createdAt.slice(0, 10)} ${createdAt.slice(11, end)}`.replace(/[^\d :.-]/g, ''));
  const minutes = upTo(16);
  return new Set(minutes).size === minutes.length ? minutes : upTo(19);
}
