import { html } from 'hono/html';
import type { Cell, TableBlock } from '../document/document.ts';
import type { Markup } from './markup.ts';
import { renderText } from './render-text.ts';

/** Fewer rows are sorted by looking at them. */
const SORTABLE_FROM = 4;

/** A table up to its rows, a row, and what follows the rows: so that long ones can be written in parts. */
export function openTable({ caption, columns, rows }: TableBlock): Markup {
  const sortable = rows.length >= SORTABLE_FROM ? html` class="sortable"` : html``;
  const heads = columns.map(
    ({ title, align }) => html`<th scope="col"${align === 'end' ? html` class="end"` : ''}>${title}</th>`,
  );
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table${sortable}>
<caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
`;
}

export function renderRow({ columns, isRowHeaded }: TableBlock, row: readonly Cell[]): Markup {
  const cells = row.map(({ text, sort }, index) => {
    const align = columns[index]?.align === 'end' ? html` class="end"` : '';
    const key = sort === undefined ? '' : html` data-sort="${String(sort)}"`;
    return index === 0 && isRowHeaded
      ? html`<th scope="row"${align}${key}>${renderText(text)}</th>`
      : html`<td${align}${key}>${renderText(text)}</td>`;
  });
  return html`<tr>${cells}</tr>
`;
}

export function closeTable({ note }: TableBlock): Markup {
  return html`</tbody></table></div>${note === null ? '' : html`<p class="note">${note}</p>`}
`;
}

/** A whole table. */
export function renderTable(table: TableBlock): Markup {
  return html`${openTable(table)}${table.rows.map((row) => renderRow(table, row))}${closeTable(table)}`;
}
