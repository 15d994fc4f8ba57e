import type { TopLevelSpec } from 'vega-lite';
import type { Chart } from './chart.ts';
import { attackMatrixSpec } from './specs/attack-matrix.ts';
import { dueDatesSpec } from './specs/due-dates.ts';
import { epssCvssSpec } from './specs/epss-cvss.ts';
import { heatMapSpec } from './specs/heat-map.ts';
import { lossExceedanceSpec } from './specs/loss-exceedance.ts';
import { trendSpec } from './specs/trend.ts';

/** The Vega-Lite definition of a chart with its data inside: the one that reports draw and a dashboard may. */
export function specOf(chart: Chart): TopLevelSpec {
  switch (chart.name) {
    case 'heat-map':
      return heatMapSpec(chart);
    case 'loss-exceedance':
      return lossExceedanceSpec(chart);
    case 'due-dates':
      return dueDatesSpec(chart);
    case 'epss-cvss':
      return epssCvssSpec(chart);
    case 'attack-matrix':
      return attackMatrixSpec(chart);
    case 'trend':
      return trendSpec(chart);
  }
}
