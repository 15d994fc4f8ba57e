import type { Block, ReportDocument, SectionId, TableBlock, Text } from '../../src/reports/document/document.ts';

const wordsOf = (text: Text): string => text.map((run) => run.text).join('');

/** Everything that a block says, in its order. */
export function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return wordsOf(block.text);
    case 'prose':
      return [
        block.label ?? '',
        ...block.sentences.map(({ text, cites }) => `${block.mark} ${text} ${cites.join(' ')}`),
      ].join('\n');
    case 'list':
      return block.items.map(wordsOf).join('\n');
    case 'facts':
      return block.items.map(({ term, value }) => `${term}: ${wordsOf(value)}`).join('\n');
    case 'answers':
      return block.items.map(({ question, answer }) => [question, ...answer.map(wordsOf)].join('\n')).join('\n');
    case 'counts':
      return block.items.map(({ word, shown }) => `${word}: ${shown}`).join('\n');
    case 'table':
      return tableText(block);
    case 'figure':
      return `${block.alt}\n${tableText(block.table)}`;
    case 'group':
      return [wordsOf(block.title), ...block.blocks.map(blockText)].join('\n');
  }
}

function tableText({ caption, columns, rows, note }: TableBlock): string {
  const titles = columns.map(({ title }) => title).join(' | ');
  const lines = rows.map((row) => row.map(({ text }) => wordsOf(text)).join(' | '));
  return [caption, titles, ...lines, note ?? ''].join('\n');
}

/** Everything that a section says; empty where the document has none. */
export function sectionText({ sections }: ReportDocument, id: SectionId): string {
  return (sections.find((section) => section.id === id)?.blocks ?? []).map(blockText).join('\n');
}
