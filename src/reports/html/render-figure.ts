import { html } from 'hono/html';
import { renderChart } from '../charts/render-chart.ts';
import type { FigureBlock, FormatWords } from '../document/document.ts';
import type { Markup } from './markup.ts';
import { renderTable } from './render-table.ts';

/** A chart as an image in the file, with its words and, folded, its table. */
export async function renderFigure({ chart, alt, table }: FigureBlock, words: FormatWords): Promise<Markup> {
  const svg = await renderChart(chart);
  const [, width = '', height = ''] = /<svg[^>]* width="(\d+(?:\.\d+)?)" height="(\d+(?:\.\d+)?)"/.exec(svg) ?? [];
  const data = `data:image/svg+xml;base64,${toBase64(svg)}`;
  return html`<figure>
<div class="scroll" role="region" aria-label="${chart.words.title}" tabindex="0"><img src="${data}" width="${width}" height="${height}" alt="${alt}"></div>
<details><summary>${words.chartAsTable}</summary>${renderTable(table)}</details>
</figure>
`;
}

function toBase64(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
