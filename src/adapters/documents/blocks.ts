import type { Block } from '../../domain/knowledge/document.ts';

/** Collects the blocks of a document. */
export interface BlockWriter {
  heading(level: number, text: string, page?: number | null): void;
  text(text: string, page?: number | null): void;
  /** Rows of cells; cells are set apart by " | ". `isHeaded`: whether the first row names the columns. */
  table(rows: readonly (readonly string[])[], isHeaded: boolean, page?: number | null): void;
  readonly blocks: readonly Block[];
}

/** A heading stands above each of its passages: what is longer is a paragraph that was set in large letters. */
const LONGEST_HEADING = 300;

/** Creates a writer; what holds no text is left out. */
export function createBlockWriter(): BlockWriter {
  const blocks: Block[] = [];
  const add = (kind: Block['kind'], level: number, text: string, page: number | null) => {
    if (text !== '') blocks.push({ kind, level, text, page });
  };
  return {
    blocks,
    heading(level, text, page = null) {
      const line = tidyLine(text);
      if (line.length > LONGEST_HEADING) add('text', 0, line, page);
      else add('heading', level, line, page);
    },
    text: (text, page = null) => add('text', 0, tidyText(text), page),
    table(rows, isHeaded, page = null) {
      const lines = rows.map((cells) => cells.map(tidyCell).join(' | '));
      const told = lines.filter(isFilled);
      const text = told.join('\n');
      if (isHeaded && isFilled(lines[0] ?? '')) blocks.push({ kind: 'table', level: 0, text, page, isHeaded });
      else add('table', 0, text, page);
    },
  };
}

const isFilled = (line: string) => /[^\s|]/.test(line);

/** A cell in which nothing looks like the end of one. */
function tidyCell(text: string): string {
  return tidyLine(text).replace(/(?<=^|\s)\|(?=\s|$)/g, '¦');
}

/** Invisible characters hide text from people and show it to machines; PDFium writes a non-character for a hyphen at the end of a line. */
const INVISIBLE = /[\p{Cf}\p{Cn}\p{Co}]|(?![\n\t])\p{Cc}/gu;

/** One line of visible text. */
export function tidyLine(text: string): string {
  return text.normalize('NFC').replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
}

/** Visible text, with its lines. */
function tidyText(text: string): string {
  return text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
