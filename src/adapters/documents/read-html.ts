import { Parser } from 'htmlparser2';
import type { ReadDocument } from '../../domain/knowledge/document.ts';
import { type BlockWriter, createBlockWriter, tidyLine } from './blocks.ts';
import { hidingSelectors, selectorsOf } from './hidden-html.ts';
import { isHeaderRow } from './is-header-row.ts';
import { isUnseen, type Look, lookOf, lookOfPage } from './look-of-element.ts';

/** What is not for readers. */
const HIDDEN = new Set(['script', 'style', 'title', 'noscript', 'template', 'svg', 'head', 'iframe', 'object', 'nav']);
/** What ends a paragraph. */
const BREAKING = new Set(
  'address article aside blockquote dd div dl dt fieldset figcaption figure footer form header hr li main ol p pre section ul caption'.split(
    ' ',
  ),
);

/** Reads HTML: headings, paragraphs and tables; what only machines see is left out. */
export function readHtml(text: string): ReadDocument {
  const writer = createBlockWriter();
  const title = collect(text, writer);
  return { type: 'html', title, pages: null, blocks: writer.blocks, fields: {}, notes: [] };
}

interface Cell {
  text: string;
  /** Whether all of it is set apart. */
  isHead: boolean;
}

/** What sets its text apart. */
const STRONG = new Set(['th', 'strong', 'b']);

/** What has been read of the text since the last block. */
interface State {
  held: string;
  title: string;
  /** Of each open element, the innermost last. */
  readonly looks: Look[];
  isTitle: boolean;
  heading: number;
  /** Tables that are open, the innermost last: rows of cells. */
  readonly tables: Cell[][][];
  /** Elements that are open and set their text apart, as headers of tables are. */
  strong: number;
}

/** Writes the blocks of HTML; returns its title, null where it has none. */
function collect(html: string, writer: BlockWriter): string | null {
  const state: State = { held: '', title: '', looks: [], isTitle: false, heading: 0, tables: [], strong: 0 };
  const hiding = hidingSelectors(styleOf(html));
  const page = lookOfPage(html);
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        // Pictures have titles, too.
        state.isTitle = name === 'title' && state.title === '';
        const look = lookOfOpened(name, attributes, state.looks.at(-1) ?? page, hiding);
        state.looks.push(look);
        if (!look.isHidden) open(name, state, writer);
      },
      ontext(text) {
        if (state.isTitle) state.title += text;
        if (!isUnseen(state.looks.at(-1) ?? page)) add(text.replace(/\s+/g, ' '), state);
      },
      onclosetag(name) {
        state.isTitle = false;
        if (state.looks.pop()?.isHidden !== true) close(name, state, writer);
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(html);
  parser.end();
  flush(state, writer);
  return tidyLine(state.title) || null;
}

function lookOfOpened(
  name: string,
  attributes: Readonly<Record<string, string>>,
  parent: Look,
  hiding: ReadonlySet<string>,
): Look {
  const look = lookOf(parent, attributes, isHiddenByRule(name, attributes, hiding));
  // Whole pages are hidden until a script has run.
  return name === 'html' || name === 'body' ? { ...look, isHidden: parent.isHidden } : look;
}

function isHiddenByRule(
  name: string,
  attributes: Readonly<Record<string, string>>,
  hiding: ReadonlySet<string>,
): boolean {
  if (HIDDEN.has(name) || 'hidden' in attributes || (name === 'dialog' && !('open' in attributes))) return true;
  return hiding.size > 0 && selectorsOf(name, attributes).some((selector) => hiding.has(selector));
}

/** Of two columns, of which the first may name what stands in the second, a header is told by its look, or by the things below it. */
const COLUMNS_OF_NAMES = 2;

function isHeaded(table: readonly (readonly Cell[])[]): boolean {
  const header = table.find((row) => row.filter(({ text }) => text.trim() !== '').length > 1) ?? [];
  const isSetApart = header.every(({ text, isHead }) => isHead || text.trim() === '');
  if (isSetApart) return header.length > 1;
  if (!isHeaderRow(header.map(({ text }) => text))) return false;
  const things = table.slice(table.indexOf(header) + 1).map(([cell]) => cell?.text ?? '');
  // Names of hosts and the like are things, of which a column says something; names of fields have no digits.
  return header.length > COLUMNS_OF_NAMES || 2 * things.filter((thing) => /\d/.test(thing)).length > things.length;
}

/** The style sheets in a document: they may stand behind what they hide. */
function styleOf(html: string): string {
  let style = '';
  let isStyle = false;
  const parser = new Parser({
    onopentag(name) {
      isStyle = name === 'style';
    },
    ontext(text) {
      if (isStyle) style += text;
    },
    onclosetag() {
      isStyle = false;
    },
  });
  if (/<style/i.test(html)) parser.write(html);
  parser.end();
  return style;
}

const HEADING = /^h([1-6])$/;

function open(name: string, state: State, writer: BlockWriter): void {
  const [, level] = HEADING.exec(name) ?? [];
  if (STRONG.has(name)) state.strong += 1;
  const table = state.tables.at(-1);
  if (level !== undefined) {
    flush(state, writer);
    state.heading = Number(level);
  } else if (name === 'table') {
    if (table === undefined) flush(state, writer);
    state.tables.push([]);
  } else if (name === 'tr') table?.push([]);
  else if ((name === 'td' || name === 'th') && table !== undefined) {
    if (table.length === 0) table.push([]);
    table.at(-1)?.push({ text: '', isHead: true });
  } else if (name === 'br') add('\n', state);
  else if (BREAKING.has(name)) endParagraph(state, writer);
}

function close(name: string, state: State, writer: BlockWriter): void {
  if (STRONG.has(name)) state.strong -= 1;
  if (HEADING.test(name)) {
    flush(state, writer);
    state.heading = 0;
  } else if (name === 'table') {
    const table = state.tables.pop() ?? [];
    // A table in a cell is part of that cell.
    const rows = table.map((row) => row.map(({ text }) => text));
    if (state.tables.length > 0) add(rows.map((row) => row.join(' ')).join(' '), state);
    else writer.table(rows, isHeaded(table));
  } else if (BREAKING.has(name)) endParagraph(state, writer);
}

function add(text: string, state: State): void {
  const cell = state.tables.at(-1)?.at(-1)?.at(-1);
  if (cell === undefined) state.held += text;
  else {
    cell.text += text;
    if (state.strong === 0 && text.trim() !== '') cell.isHead = false;
  }
}

function endParagraph(state: State, writer: BlockWriter): void {
  if (state.tables.length > 0) add(' ', state);
  else flush(state, writer);
}

function flush(state: State, writer: BlockWriter): void {
  if (state.heading > 0) writer.heading(state.heading, state.held);
  else writer.text(state.held);
  state.held = '';
}
