import { lexer, type Token, type Tokens } from 'marked';
import type { DocumentFields, ReadDocument, ReadingNote } from '../../domain/knowledge/document.ts';
import { fieldText } from '../../domain/knowledge/field-text.ts';
import { failure } from '../../kernel/result.ts';
import { type BlockWriter, createBlockWriter } from './blocks.ts';
import { parseFields } from './read-fields.ts';

// Between two rules may stand anything: only what begins with a name and a colon is YAML.
const FRONT_MATTER = /^\uFEFF?---\r?\n(?=[\w"'-][^\n:]{0,60}:(?:\s|$))([\s\S]*?)\r?\n(?:---|\.\.\.)[^\S\n]*(?:\n|$)/;
const LONGEST_FRONT_MATTER = 20_000;

/** Reads Markdown with its tables; YAML in front of it gives fields. */
export function readMarkdown(text: string): ReadDocument {
  const [front = '', yaml = ''] = FRONT_MATTER.exec(text) ?? [];
  const said = front === '' ? NOTHING_SAID : readFrontMatter(yaml);
  const writer = createBlockWriter();
  // What cannot be read as fields is text like any other, but no Markdown: its last line would be a heading.
  if (said.isText) writer.text(yaml);
  for (const token of lexer(text.slice(front.length))) write(token, writer);
  const heading = writer.blocks.find(({ kind, level }) => kind === 'heading' && level === 1);
  const { fields, notes } = said;
  return {
    type: 'markdown',
    title: fields['title'] === undefined ? (heading?.text ?? null) : fieldText(fields['title']),
    pages: null,
    blocks: writer.blocks,
    fields,
    notes,
  };
}

interface FrontMatter {
  readonly fields: DocumentFields;
  readonly notes: readonly ReadingNote[];
  /** Whether it is to be read as text. */
  readonly isText: boolean;
}

const NOTHING_SAID: FrontMatter = { fields: {}, notes: [], isText: false };

function readFrontMatter(yaml: string): FrontMatter {
  const said =
    yaml.length > LONGEST_FRONT_MATTER
      ? failure(`is longer than ${LONGEST_FRONT_MATTER} characters`)
      : parseFields(yaml);
  if (said.ok) {
    const notes = said.value.notes.map(({ kind, text }) => ({ kind, text: `the YAML in front of it: ${text}` }));
    return { fields: said.value.fields, notes, isText: false };
  }
  const text = `the YAML in front of it ${said.error}: it is taken as text and gives no fields; correct it and ingest again`;
  return { fields: {}, notes: [{ kind: 'gap', text }], isText: true };
}

function write(token: Token, writer: BlockWriter): void {
  if (token.type === 'heading') writer.heading(token['depth'], plain(token.tokens));
  else if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    writer.table(
      [header, ...rows].map((row) => row.map(({ tokens }) => plain(tokens))),
      true,
    );
  } else if (token.type === 'list') writer.text(listOf(token as Tokens.List, 0));
  else if (token.type === 'blockquote') for (const inner of token.tokens ?? []) write(inner, writer);
  else if (!UNSEEN.has(token.type)) writer.text(plainOf(token));
}

/** What a reader does not see. */
const UNSEEN = new Set(['html', 'space', 'hr', 'def']);

function listOf({ items }: Tokens.List, depth: number): string {
  return items
    .map((item) => {
      const inner = item.tokens.map((token) =>
        token.type === 'list' ? `\n${listOf(token as Tokens.List, depth + 1)}` : plainOf(token),
      );
      return `${'  '.repeat(depth)}- ${inner.join(' ')}`;
    })
    .join('\n');
}

/** What a reader sees of inline text: no marks, no addresses. */
function plain(tokens: readonly Token[] | undefined): string {
  return (tokens ?? []).map(plainOf).join('');
}

function plainOf(token: Token): string {
  if (token.type === 'html') return '';
  if (token.type === 'br') return '\n';
  if ('tokens' in token && token.tokens) return plain(token.tokens);
  return 'text' in token ? String(token['text']) : token.raw;
}
