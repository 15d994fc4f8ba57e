import type { TopLevelSpec } from 'vega-lite';
import type { Chart } from '../chart.ts';
import { levelScale } from '../level-colors.ts';

/** A little more than the highest scores: marks at the edges stay whole. */
const DOMAINS = { cvss: [-0.15, 10.25], epss: [-0.02, 1.04] };

/** CVSS right, EPSS up: shape and colour the level, filled what is known to be exploited, larger where more findings share the scores. */
export function epssCvssSpec({ words, points }: Extract<Chart, { name: 'epss-cvss' }>): TopLevelSpec {
  const values = points.map(({ cvss, epss, level, isExploited, count }) => ({
    cvss,
    epss,
    level: words.levels[level],
    isExploited,
    count,
  }));
  const scales = {
    shape: {
      field: 'level',
      type: 'nominal',
      title: words.legend,
      scale: levelScale(words.levels, 'shape'),
      legend: { symbolFillColor: '#ffffff', symbolStrokeColor: '#1a1a1a' },
    },
    stroke: { value: '#1a1a1a' },
    size: {
      field: 'count',
      type: 'quantitative',
      scale: { range: [50, 400], domainMin: 1 },
      legend: null,
    },
  } as const;
  const half = {
    condition: { test: 'datum.isExploited', field: 'level', type: 'nominal', scale: levelScale(words.levels, 'color') },
    value: '#ffffff',
  } as const;
  return {
    title: {
      text: words.title,
      subtitle: [
        `${words.more['exploited'] ?? ''}: ● ■ ▲ ◆   ${words.more['notExploited'] ?? ''}: ○ □ △ ◇`,
        words.more['size'] ?? '',
      ].filter((line) => line !== ''),
    },
    data: { values },
    width: 460,
    height: 300,
    mark: { type: 'point', strokeWidth: 1, fillOpacity: 0.85 },
    encoding: {
      x: {
        field: 'cvss',
        type: 'quantitative',
        title: words.x,
        scale: { domain: DOMAINS.cvss, nice: false },
        axis: { values: [0, 2, 4, 6, 8, 10] },
      },
      y: {
        field: 'epss',
        type: 'quantitative',
        title: words.y,
        scale: { domain: DOMAINS.epss, nice: false },
        axis: { format: '.0%', values: [0, 0.2, 0.4, 0.6, 0.8, 1] },
      },
      fill: { ...half, legend: null },
      ...scales,
    },
  };
}
