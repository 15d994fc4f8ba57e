import { describe, expect, it } from 'vitest';
import { readHtml } from './read-html.ts';
import { readCsv } from './read-text.ts';

const cells = (...texts: string[]) => `<tr>${texts.map((text) => `<td>${text}</td>`).join('')}</tr>`;
const isHeaded = (...rows: string[]) => readHtml(`<table>${rows.join('')}</table>`).blocks[0]?.isHeaded === true;

describe('the header of a table', () => {
  it('is what is set apart, and else what names more than two columns, or things with digits', () => {
    expect(isHeaded('<tr><th>Host<th>Owner', cells('web', 'Ann'))).toBe(true);
    expect(isHeaded(cells('<b>Host</b>', '<strong>Owner</strong>'), cells('web', 'Ann'))).toBe(true);
    expect(isHeaded(cells('Host', 'Owner', 'Zone'), cells('web', 'Ann', 'A'))).toBe(true);
    expect(isHeaded(cells('Host', 'Owner'), cells('web-1', 'Ann'), cells('web-2', 'Bob'))).toBe(true);
    expect(isHeaded(cells('Owner', 'Ann'), cells('Version', '1.0'))).toBe(false);
    expect(isHeaded('<tr><th>Owner<td>Ann</tr><tr><th>Version<td>2</tr>')).toBe(false);
    expect(isHeaded(cells('web', 'Ann', '2026-01-01'), cells('db', 'Bob', '2026-01-02'))).toBe(false);
  });

  it('is the first row of CSV, below a title, unless it holds values', () => {
    expect(readCsv('Risks of 2026;\nhost;owner\nweb;Ann').blocks).toEqual([
      { kind: 'text', level: 0, text: 'Risks of 2026', page: null },
      { kind: 'table', level: 0, text: 'host | owner\nweb | Ann', page: null, isHeaded: true },
    ]);
    expect(readCsv('web,10.0.0.1\ndb,10.0.0.2').blocks[0]?.isHeaded).toBeUndefined();
  });

  it('is not what a cell says that looks like two', () => {
    expect(readCsv('cmd;owner\n"a | b";Ann').blocks[0]?.text).toBe('cmd | owner\na ¦ b | Ann');
  });
});
