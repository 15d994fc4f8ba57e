import type { Config } from 'vega-lite';
import type { Chart } from './chart.ts';
import { specOf } from './spec-of.ts';
import { THEME } from './theme.ts';

/**
 * Draws a chart as SVG: without a browser or a canvas, equal input to equal bytes. Loads Vega (about 3 MB) when it is first called. `font` is a
 * CSS list of families, for formats that bring their own.
 */
export async function renderChart(chart: Chart, { font }: { readonly font?: string } = {}): Promise<string> {
  const [{ compile }, vega] = await Promise.all([import('vega-lite'), import('vega')]);
  makeRepeatable(vega);
  const config: Config = font === undefined ? THEME : { ...THEME, font };
  const { spec } = compile(specOf(chart), { config, logger: vega.logger(vega.Error) });
  const view = new vega.View(vega.parse(spec), { renderer: 'none', logLevel: vega.Error });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

/** What Vega exports of its scene graph and its types leave out. */
interface SceneGraph {
  readonly textMetrics: { canvas(use: boolean): void };
  resetSVGDefIds(): void;
}

function makeRepeatable(vega: object): void {
  const scene = vega as SceneGraph;
  // Widths are estimated, also where a canvas is installed: it would measure with the machine's fonts.
  scene.textMetrics.canvas(false);
  // Counters of ids go on over charts; each chart is a file of its own.
  scene.resetSVGDefIds();
}
