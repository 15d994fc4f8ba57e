import type { Config } from 'vega-lite';

/** What all charts share. The fonts are those of the reader's machine: nothing is loaded. */
export const THEME: Config = {
  background: '#ffffff',
  font: 'Helvetica, Arial, "Liberation Sans", "DejaVu Sans", sans-serif',
  view: { stroke: null },
  title: { fontSize: 13, anchor: 'start', color: '#1a1a1a', subtitleColor: '#404040', subtitleFontSize: 11 },
  axis: {
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    labelColor: '#1a1a1a',
    titleColor: '#1a1a1a',
    gridColor: '#e2e2e2',
    domainColor: '#767676',
    tickColor: '#767676',
    labelLimit: 400,
    titleLimit: 600,
  },
  legend: {
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    labelColor: '#1a1a1a',
    titleColor: '#1a1a1a',
    labelLimit: 300,
    symbolStrokeColor: '#404040',
  },
};
