import { lexer, type Token, type Tokens } from 'marked';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ReadDocument } from '../../domain/knowledge/document.ts';
import { type BlockWriter, createBlockWriter, tidyLine } from './blocks.ts';

// Between two rules may stand anything: only what begins with a name and a colon is YAML.
const FRONT_MATTER = /^\uFEFF?---\r?\n(?=[\w"'-][^\n:]{0,60}:(?:\s|$))([\s\S]{0,20000}?)\r?\n(?:---|\.\.\.)\r?\n?/;

/** Reads Markdown with its tables; YAML in front of it gives fields. */
export function readMarkdown(text: string): ReadDocument {
  const match = FRONT_MATTER.exec(text);
  const said = match === null ? null : readFieldsOrNull(match[1] ?? '');
  // What cannot be read as fields is text like any other.
  const front = said === null ? null : match;
  const fields = said ?? {};
  const writer = createBlockWriter();
  for (const token of lexer(front === null ? text : text.slice(front[0].length))) write(token, writer);
  const heading = writer.blocks.find(({ kind, level }) => kind === 'heading' && level === 1);
  return {
    type: 'markdown',
    title: fields['title'] ?? heading?.text ?? null,
    pages: null,
    blocks: writer.blocks,
    fields,
  };
}

function write(token: Token, writer: BlockWriter): void {
  if (token.type === 'heading') writer.heading(token['depth'], plain(token.tokens));
  else if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    writer.table([header, ...rows].map((row) => row.map(({ tokens }) => plain(tokens))));
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

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.date()]);
const Fields = z.record(z.string(), z.unknown());

/** Fields of YAML: names in lower case, lists joined by commas; what is neither a value nor a list of values is left out. */
export function readFields(yaml: string): Record<string, string> {
  return readFieldsOrNull(yaml) ?? {};
}

function readFieldsOrNull(yaml: string): Record<string, string> | null {
  const parsed = Fields.safeParse(parseOrNull(yaml));
  if (!parsed.success) return null;
  return Object.fromEntries(
    Object.entries(parsed.data).flatMap(([name, value]) => {
      const values = (Array.isArray(value) ? value : [value]).map((one) => Scalar.safeParse(one));
      if (!values.every((one) => one.success)) return [];
      const text = values.map(({ data }) => (data instanceof Date ? data.toISOString().slice(0, 10) : String(data)));
      return [[name.trim().toLowerCase().slice(0, 60), tidyLine(text.join(', ')).slice(0, 300)]];
    }),
  );
}

function parseOrNull(yaml: string): unknown {
  try {
    // Aliases can unfold into more than any memory holds.
    return parse(yaml, { maxAliasCount: 20 });
  } catch {
    return null;
  }
}
