import type { Block, Text } from '../document/document.ts';

/** Characters up to which page one fits an A4 sheet in letters of 8.5 and of 7.4 points, with fonts as wide as DejaVu Sans; beyond, 6.5 points. */
const FITS = { '': 3000, long: 4600 } as const;

/** The class under which page one is printed: the more there is to read, the smaller its letters, so that it stays one page. */
export function pageOneSize(blocks: readonly Block[]): '' | 'long' | 'longest' {
  const characters = blocks.reduce((sum, block) => sum + lengthOf(block), 0);
  if (characters <= FITS['']) return '';
  return characters <= FITS.long ? 'long' : 'longest';
}

/** A row of a table takes a line, which holds as many characters. */
const ROW = 100;

/** What a block takes of the page. */
function lengthOf(block: Block): number {
  switch (block.kind) {
    case 'paragraph':
      return of(block.text);
    case 'list':
      return sum(block.items);
    case 'answers':
      return block.items.reduce((total, { question, answer }) => total + question.length + sum(answer), 0);
    case 'prose':
      return block.sentences.reduce(
        (total, { text, cites }) => total + text.length + block.mark.length + 3 * cites.length,
        0,
      );
    case 'table':
      return block.rows.length * ROW;
    default:
      return 0;
  }
}

function of(text: Text): number {
  return text.reduce((total, run) => total + run.text.length, 0);
}

function sum(texts: readonly Text[]): number {
  return texts.reduce((total, text) => total + of(text), 0);
}
