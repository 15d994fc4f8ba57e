import { renderChart } from '../charts/render-chart.ts';
import type { Block, FigureBlock, ReportDocument } from '../document/document.ts';
import { FONT_FAMILY } from '../typeset/fonts.ts';
import { heatRows } from '../typeset/heat-grid.ts';
import { svgSize } from '../typeset/svg-size.ts';
import { drawPng } from './draw-png.ts';

/** A chart as an image. */
export interface Picture {
  /** Its place among the charts of the document, from 1. */
  readonly number: number;
  readonly png: Buffer;
  /** In CSS pixels of the chart; null where it says none. */
  readonly size: { readonly width: number; readonly height: number } | null;
}

/**
 * Begins to draw all charts of a document but the matrix, which is a table: threads turn them into pixels while the caller goes on.
 * @throws RiskError `OUTPUT_FAILED` where the drawer is not installed
 */
export async function drawFigures({ sections }: ReportDocument): Promise<ReadonlyMap<FigureBlock, Promise<Picture>>> {
  const pictures = new Map<FigureBlock, Promise<Picture>>();
  for (const figure of sections.flatMap(({ blocks }) => figuresOf(blocks))) {
    if (heatRows(figure) !== null) continue;
    const svg = await renderChart(figure.chart, { font: FONT_FAMILY });
    const number = pictures.size + 1;
    const picture = drawPng(svg).then((png) => ({ number, png, size: svgSize(svg) }));
    // Whoever awaits it hears of a failure; until then it is nobody's.
    picture.catch(() => undefined);
    pictures.set(figure, picture);
  }
  return pictures;
}

/** The charts of blocks, in their order. */
export function figuresOf(blocks: readonly Block[]): FigureBlock[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'figure') return [block];
    return block.kind === 'group' ? figuresOf(block.blocks) : [];
  });
}
