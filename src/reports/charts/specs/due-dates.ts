import type { TopLevelSpec } from 'vega-lite';
import { RISK_LEVELS } from '../../../domain/assessment/finding-schema.ts';
import type { Chart } from '../chart.ts';
import { LEVEL_COLORS, levelScale } from '../level-colors.ts';

/** A bar a due date, of levels from the worst; each part with its number where there is room for it. */
export function dueDatesSpec({ words, days }: Extract<Chart, { name: 'due-dates' }>): TopLevelSpec {
  const totals = new Map<string, number>();
  for (const { date, count } of days) totals.set(date, (totals.get(date) ?? 0) + count);
  const highest = Math.max(1, ...totals.values());
  const values = days.map(({ date, level, count }) => {
    const worse = days.filter(
      (one) => one.date === date && RISK_LEVELS.indexOf(one.level) < RISK_LEVELS.indexOf(level),
    );
    const from = worse.reduce((sum, one) => sum + one.count, 0);
    return {
      date,
      level: words.levels[level],
      from,
      to: from + count,
      middle: from + count / 2,
      label: count / highest >= 0.07 ? String(count) : '',
      text: LEVEL_COLORS[level].text,
    };
  });
  const x = {
    field: 'date',
    type: 'ordinal',
    title: words.x,
    axis: { labelAngle: totals.size > 7 ? -40 : 0 },
  } as const;
  return {
    title: words.title,
    data: { values },
    width: Math.min(560, Math.max(240, totals.size * 90)),
    height: 220,
    encoding: { x },
    layer: [
      {
        mark: { type: 'bar', stroke: '#1a1a1a', strokeWidth: 0.5, width: { band: 0.7 } },
        encoding: {
          y: { field: 'from', type: 'quantitative', title: words.y, axis: { tickMinStep: 1, format: 'd' } },
          y2: { field: 'to' },
          color: {
            field: 'level',
            type: 'nominal',
            title: words.legend,
            scale: levelScale(words.levels, 'color'),
            legend: { symbolType: 'square' },
          },
        },
      },
      {
        mark: { type: 'text', fontSize: 11, fontWeight: 'bold' },
        encoding: {
          y: { field: 'middle', type: 'quantitative' },
          text: { field: 'label' },
          color: { field: 'text', type: 'nominal', scale: null, legend: null },
        },
      },
    ],
    resolve: { scale: { color: 'independent' } },
  };
}
