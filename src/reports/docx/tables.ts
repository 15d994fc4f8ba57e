import type { Table, TableCell } from 'docx';
import { LEVEL_COLORS, LEVEL_MARKS } from '../charts/level-colors.ts';
import type { Cell, Fact, FigureBlock, TableBlock } from '../document/document.ts';
import { type HeatField, heatRows } from '../typeset/heat-grid.ts';
import { BODY_WIDTH, TABLE_SIZE } from './styles.ts';
import type { Docx, Words } from './words.ts';

/** Makes real tables: heads that repeat on each page, rows that stay whole, widths that are set. */
export function createTables(docx: Docx, words: Words) {
  const { Paragraph, TableCell, TableRow, Table, WidthType, BorderStyle, AlignmentType, ShadingType } = docx;
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
  const hair = { style: BorderStyle.SINGLE, size: 4, color: 'C8CCD2' };
  const borders = { top: hair, bottom: hair, left: none, right: none, insideHorizontal: hair, insideVertical: none };
  const margins = { top: 40, bottom: 40, left: 70, right: 70 };
  const shaded = (fill: string) => ({ type: ShadingType.CLEAR, fill, color: 'auto' });

  const tableOf = (widths: readonly number[], rows: readonly InstanceType<typeof TableRow>[]): Table =>
    new Table({
      rows,
      borders,
      margins,
      columnWidths: widths,
      width: { size: BODY_WIDTH, type: WidthType.DXA },
      layout: docx.TableLayoutType.FIXED,
    });

  const cellOf = ({ text }: Cell, isEnd: boolean, isHead: boolean): TableCell => {
    return new TableCell({
      children: [
        new Paragraph({
          style: isHead ? 'CellHead' : 'Cell',
          children: words.line(text),
          ...(isEnd ? { alignment: AlignmentType.END } : {}),
        }),
      ],
    });
  };

  const toTable = ({ columns, rows, isRowHeaded }: TableBlock): Table => {
    const head = columns.map(
      ({ title, align }) =>
        new TableCell({
          shading: shaded('F4F5F7'),
          children: [
            new Paragraph({
              style: 'CellHead',
              // A head alone at the foot of a page names nothing.
              keepNext: true,
              children: [words.plain(title)],
              ...(align === 'end' ? { alignment: AlignmentType.END } : {}),
            }),
          ],
        }),
    );
    return tableOf(widthsOf(columns.map(({ weight }) => weight)), [
      new TableRow({ tableHeader: true, cantSplit: true, children: head }),
      ...rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: row.map((cell, index) =>
              cellOf(cell, columns[index]?.align === 'end', index === 0 && isRowHeaded),
            ),
          }),
      ),
    ]);
  };

  const toFacts = (facts: readonly Fact[]): Table =>
    tableOf(
      widthsOf([3, 7]),
      facts.map(
        ({ term, value }) =>
          new TableRow({
            cantSplit: true,
            children: [
              new TableCell({ children: [new Paragraph({ style: 'Term', children: [words.plain(term)] })] }),
              new TableCell({ children: [new Paragraph({ style: 'Fact', children: words.line(value) })] }),
            ],
          }),
      ),
    );

  const toField = ({ shown, level }: HeatField, { chart }: FigureBlock): TableCell => {
    const style = level === null ? null : LEVEL_COLORS[level];
    const color = style?.text.slice(1) ?? '595959';
    const paragraph = (text: string, size: number) =>
      new Paragraph({
        style: 'Cell',
        keepNext: true,
        alignment: AlignmentType.CENTER,
        children: [words.plain(text, { size, color, bold: level !== null })],
      });
    return new TableCell({
      shading: shaded(style?.fill.slice(1) ?? 'F4F5F7'),
      verticalAlign: docx.VerticalAlign.CENTER,
      children:
        level === null
          ? [paragraph('', TABLE_SIZE)]
          : [paragraph(shown, 28), paragraph(`${LEVEL_MARKS[level]}\u00a0${chart.words.levels[level]}`, TABLE_SIZE)],
    });
  };

  /** The 5×5 matrix as a table of coloured cells; null where the figure is no matrix. */
  const toHeat = (figure: FigureBlock): Table | null => {
    const rows = heatRows(figure);
    if (rows === null) return null;
    const step = (value: string, size = 19) =>
      new TableCell({
        verticalAlign: docx.VerticalAlign.CENTER,
        children: [
          new Paragraph({
            style: 'Cell',
            keepNext: true,
            alignment: AlignmentType.CENTER,
            children: [words.plain(value, { bold: true, size })],
          }),
        ],
      });
    const { x, y } = figure.chart.words;
    return tableOf(widthsOf([3, 3, 3, 3, 3, 3]), [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: [
          step(`${y}\u00a0↓ ${x}\u00a0→`, TABLE_SIZE),
          ...['1', '2', '3', '4', '5'].map((value) => step(value)),
        ],
      }),
      ...rows.map(
        ({ likelihood, fields }) =>
          new TableRow({
            cantSplit: true,
            height: { value: 700, rule: docx.HeightRule.ATLEAST },
            children: [step(String(likelihood)), ...fields.map((field) => toField(field, figure))],
          }),
      ),
    ]);
  };

  return { toTable, toFacts, toHeat };
}

/** Shares of the width between the margins, in twentieths of a point. */
function widthsOf(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => Math.floor((BODY_WIDTH * weight) / sum));
}
