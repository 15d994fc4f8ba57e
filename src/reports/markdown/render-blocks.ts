import type { Block, ProseBlock, Run, TableBlock, Text } from '../document/document.ts';
import { escapeMarkdown } from './escape-markdown.ts';

/** Blocks of the shared document as Markdown; `depth` is that of the next heading. Each block ends in an empty line. */
export function renderBlocks(blocks: readonly Block[], depth: number): string {
  return blocks.map((block) => renderBlock(block, depth)).join('');
}

function renderBlock(block: Block, depth: number): string {
  switch (block.kind) {
    case 'paragraph': {
      const text = renderText(block.text);
      const isLoud = block.tone === 'lead' || block.tone === 'warning';
      return `${isLoud ? `**${text}**` : text}\n\n`;
    }
    case 'prose':
      return renderProse(block);
    case 'list':
      return renderItems(block.items, block.isOrdered);
    case 'facts':
      return renderItems(block.items.map(({ term, value }): Text => [{ text: `${term}: ` }, ...value]));
    case 'answers':
      return block.items
        .map(({ question, answer }) => `${headingOf(depth)} ${escapeMarkdown(question)}\n\n${renderItems(answer)}`)
        .join('');
    case 'counts':
      return `${block.items.map(({ word, shown }) => `${escapeMarkdown(word)} **${shown}**`).join(' · ')}\n\n`;
    case 'table':
      return renderTable(block);
    case 'figure':
      // There are no pictures in a text: what one says, in words and as its table.
      return `${escapeMarkdown(block.alt)}\n\n${renderTable(block.table)}`;
    case 'group':
      return `${headingOf(depth)} ${renderText(block.title)}\n\n${renderBlocks(block.blocks, depth + 1)}`;
  }
}

function headingOf(depth: number): string {
  return '#'.repeat(Math.min(depth, 6));
}

function renderItems(items: readonly Text[], isOrdered = false): string {
  return `${items.map((item, index) => `${isOrdered ? `${index + 1}.` : '-'} ${renderText(item)}\n`).join('')}\n`;
}

function renderTable({ caption, columns, rows, note }: TableBlock): string {
  const titles = columns.map(({ title }) => escapeMarkdown(title));
  const rules = columns.map(({ align }) => (align === 'end' ? '---:' : '---'));
  const lines = rows.map((row) => `| ${row.map(({ text }) => renderText(text)).join(' | ')} |\n`);
  const table = `| ${titles.join(' | ')} |\n| ${rules.join(' | ')} |\n${lines.join('')}\n`;
  return `${caption === '' ? '' : `**${escapeMarkdown(caption)}**\n\n`}${table}${note === null ? '' : `${escapeMarkdown(note)}\n\n`}`;
}

/** Each sentence of a model bears its mark and what it cites. */
function renderProse({ label, sentences, mark }: ProseBlock): string {
  const words = sentences.map(({ text, cites }) => {
    const before = mark === '' ? '' : `\\[${escapeMarkdown(mark)}\\] `;
    const after = cites.length === 0 ? '' : ` \\[${escapeMarkdown(cites.join(', '))}\\]`;
    return `${before}${escapeMarkdown(text)}${after}`;
  });
  return `${label === null ? '' : `${escapeMarkdown(label)}: `}${words.join(' ')}\n\n`;
}

function renderText(text: Text): string {
  return text.map(renderRun).join('');
}

/** Links lead where ERAS built them to: constants and a validated id. */
function renderRun({ text, style, level, href }: Run): string {
  const words = escapeMarkdown(text);
  if (href !== undefined) return `[${words}](${href})`;
  if (style === 'strong' || level !== undefined) return emphasise(words);
  return words;
}

/** Marks around spaces emphasise nothing. */
function emphasise(words: string): string {
  return words.trim() === '' ? words : words.replace(/^(\s*)(.*?)(\s*)$/s, '$1**$2**$3');
}
