import { renderChart } from '../charts/render-chart.ts';
import type { Block, FigureBlock, ReportDocument, TableBlock, Text } from '../document/document.ts';
import { FONT_FAMILY } from '../typeset/fonts.ts';
import { heatRows } from '../typeset/heat-grid.ts';
import { introduces } from '../typeset/introduces.ts';
import { fitPoints, svgSize } from '../typeset/svg-size.ts';
import { factData, piecesOf, textData } from './text-data.ts';

/** A block for the template; `kind` says which of its functions shows it. */
export type Shape = { readonly kind: string } & Readonly<Record<string, unknown>>;

/** What is between the margins of an A4 page, in points, with room for a title above. */
const BOX = { width: 493, height: 600 };

/** Characters of a cell that fits a page in any column: rows of such cells stay whole. */
const WHOLE_CELL = 320;

/** Blocks as the template's data; charts are drawn into `files`. */
export function createBlockData({ sections }: ReportDocument, files: Map<string, Uint8Array>) {
  const targets = new Set(sections.flatMap(({ blocks }) => blocks.flatMap(idsOf)));
  const text = (runs: Text) => textData(runs, targets);

  const toShape = async (block: Block): Promise<Shape> => {
    switch (block.kind) {
      case 'paragraph':
        return { kind: block.kind, tone: block.tone, text: text(block.text) };
      case 'list':
        return { kind: block.kind, ordered: block.isOrdered, items: block.items.map(text) };
      case 'facts':
        return { kind: block.kind, items: block.items.map(factData) };
      case 'answers':
        return {
          kind: block.kind,
          items: block.items.map(({ question, answer }) => ({ question, answer: answer.map(text) })),
        };
      case 'prose': {
        const sentences = block.sentences.map((sentence) => ({ t: piecesOf(sentence.text), cites: sentence.cites }));
        return { kind: block.kind, label: block.label, mark: block.mark, language: block.language, sentences };
      }
      case 'counts':
        return { kind: block.kind, items: block.items };
      case 'table':
        return tableShape(block, text);
      case 'figure':
        return toFigure(block, files);
      case 'group': {
        const blocks: Shape[] = [];
        for (const inner of block.blocks) blocks.push(await toShape(inner));
        return { kind: block.kind, id: block.id, title: text(block.title), blocks };
      }
    }
  };
  return async (blocks: readonly Block[]): Promise<Shape[]> => {
    const shapes: Shape[] = [];
    for (const [index, block] of blocks.entries()) {
      const shape = await toShape(block);
      shapes.push(introduces(block, blocks[index + 1]) ? { ...shape, sticky: true } : shape);
    }
    return shapes;
  };
}

function idsOf(block: Block): string[] {
  return block.kind === 'group' ? [block.id, ...block.blocks.flatMap(idsOf)] : [];
}

function tableShape({ caption, columns, rows, isRowHeaded, note }: TableBlock, text: (runs: Text) => unknown): Shape {
  return {
    kind: 'table',
    caption,
    headed: isRowHeaded,
    note,
    whole: rows.every((row) => row.every(({ text: runs }) => lengthOf(runs) <= WHOLE_CELL)),
    weights: columns.map(({ weight }) => weight),
    ends: columns.map(({ align }) => align === 'end'),
    titles: columns.map(({ title }) => title),
    cells: rows.flatMap((row) => row.map((cell) => text(cell.text))),
  };
}

function lengthOf(text: Text): number {
  return text.reduce((sum, run) => sum + run.text.length, 0);
}

async function toFigure(block: FigureBlock, files: Map<string, Uint8Array>): Promise<Shape> {
  const { chart, alt } = block;
  const rows = heatRows(block);
  const { title, x, y, levels } = chart.words;
  if (rows !== null) return { kind: 'heat', caption: title, x, y, words: levels, rows };
  const svg = await renderChart(chart, { font: FONT_FAMILY });
  const file = `chart-${files.size}.svg`;
  files.set(file, new TextEncoder().encode(svg));
  return { kind: 'figure', file, alt, width: fitPoints(svgSize(svg) ?? BOX, BOX).width };
}
