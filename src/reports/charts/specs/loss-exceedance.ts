import type { TopLevelSpec } from 'vega-lite';
import type { Chart } from '../chart.ts';

const CURVE = '#123570';
const MARK = '#bf4d00';

/** The chance of losing at least so much in a year; the expectation and the value at risk as dashed lines with their names. */
export function lossExceedanceSpec({
  words,
  points,
  ale,
  var95,
}: Extract<Chart, { name: 'loss-exceedance' }>): TopLevelSpec {
  // A logarithm has no place for nothing lost.
  const values = points.filter(({ loss }) => loss > 0);
  const marks = [
    { loss: ale, name: words.more['ale'] ?? '', dash: 0 },
    { loss: var95, name: words.more['var95'] ?? '', dash: 1 },
  ].filter(({ loss }) => loss > 0);
  const x = {
    field: 'loss',
    type: 'quantitative',
    title: words.x,
    scale: { type: 'log', nice: false },
    axis: { format: '~s', tickCount: 6 },
  } as const;
  return {
    title: words.title,
    width: 480,
    height: 240,
    layer: [
      {
        data: { values },
        mark: { type: 'line', color: CURVE, strokeWidth: 2.5, interpolate: 'monotone' },
        encoding: {
          x,
          y: {
            field: 'probability',
            type: 'quantitative',
            title: words.y,
            axis: { format: '.0%' },
            scale: { domainMin: 0 },
          },
        },
      },
      {
        data: { values: marks },
        mark: { type: 'rule', color: MARK, strokeDash: [5, 3], strokeWidth: 1.5 },
        encoding: { x },
      },
      {
        data: { values: marks },
        mark: { type: 'text', color: '#8a3700', align: 'left', dx: 4, fontSize: 11, fontWeight: 'bold' },
        encoding: {
          x,
          text: { field: 'name' },
          y: { field: 'dash', type: 'ordinal', axis: null, scale: { range: [8, 24] } },
        },
      },
    ],
    resolve: { scale: { y: 'independent' } },
  };
}
