import { createHash } from 'node:crypto';
import type { Block, PageStart, Passage, ReadDocument } from '../domain/knowledge/document.ts';
import { splitSentences } from '../kernel/split-sentences.ts';
import { findIdsIn } from './find-ids-in.ts';
import { CELL, nameCells } from './name-cells.ts';

/** How long a passage may be, and how much of one is said again at the start of the next. In tokens. */
export interface ChunkLimits {
  readonly maxTokens: number;
  readonly overlapTokens: number;
}

/** Passages are cut so that one answers a question and little else. */
export const CHUNK_LIMITS: ChunkLimits = { maxTokens: 320, overlapTokens: 40 };

interface Piece {
  readonly text: string;
  readonly page: number | null;
  readonly tokens: number;
}

/**
 * Cuts a document into passages along its headings and paragraphs, each of one section; tables stay whole where they fit, and each of their rows has
 * the names of its columns. Pure: the same document gives the same passages and ids.
 */
export function chunkDocument(
  documentId: string,
  { blocks }: Pick<ReadDocument, 'blocks'>,
  countTokens: (text: string) => number,
  limits: ChunkLimits = CHUNK_LIMITS,
): Passage[] {
  const writer = createPassageWriter(documentId, countTokens, limits);
  for (const block of blocks) {
    if (block.kind === 'heading') writer.enter(block);
    else for (const piece of piecesOf(block, countTokens, limits)) writer.add(piece);
  }
  return writer.end();
}

/** Collects pieces until a passage is full. */
function createPassageWriter(documentId: string, countTokens: (text: string) => number, limits: ChunkLimits) {
  const passages: Passage[] = [];
  const path: string[] = [];
  let held: Piece[] = [];
  /** Whether the first piece that is held was said before. */
  let isCarried = false;

  const fits = ({ tokens }: Piece) => held.reduce((sum, one) => sum + one.tokens, tokens) <= limits.maxTokens;

  function flush(): void {
    // What was only said before is no passage of its own.
    const isNew = held.length > (isCarried ? 1 : 0);
    if (isNew) passages.push(toPassage(documentId, passages.length, path, held));
    held = [];
    isCarried = false;
  }

  function startAnew(): void {
    const last = overlapOf(held, countTokens, limits);
    flush();
    if (last === null) return;
    held = [last];
    isCarried = true;
  }

  return {
    enter({ level, text }: Block): void {
      // Never of two sections: it would be cited under one of them, and "withdrawn" is not "in force".
      flush();
      path.length = Math.min(path.length, level - 1);
      path[level - 1] = text;
    },
    add(piece: Piece): void {
      if (held.length > 0 && !fits(piece)) startAnew();
      if (isCarried && held.length === 1 && !fits(piece)) {
        held = [];
        isCarried = false;
      }
      held.push(piece);
    },
    end(): Passage[] {
      flush();
      return passages;
    },
  };
}

function toPassage(documentId: string, ordinal: number, path: readonly string[], pieces: readonly Piece[]): Passage {
  const text = pieces.map((piece) => piece.text).join('\n');
  const section = path.filter((heading) => heading !== undefined && heading !== '').join(' › ');
  const id = createHash('sha256')
    .update(JSON.stringify([documentId, ordinal, text]))
    .digest('hex')
    .slice(0, 32);
  return {
    id,
    ordinal,
    page: pageOf(pieces),
    ...pagesOf(pieces),
    section: section === '' ? null : section.slice(0, LONGEST_SECTION),
    text,
    ids: findIdsIn(`${section}\n${text}`),
  };
}

const LONGEST_SECTION = 300;

/** The page that most of it is on, the first of such. */
function pageOf(pieces: readonly Piece[]): number | null {
  const tokens = new Map<number | null, number>();
  for (const piece of pieces) tokens.set(piece.page, (tokens.get(piece.page) ?? 0) + piece.tokens);
  const [most] = [...tokens].toSorted(([, left], [, right]) => right - left);
  return most?.[0] ?? null;
}

/** Where its pages begin; nothing where it is on one. */
function pagesOf(pieces: readonly Piece[]): Pick<Passage, 'pages'> {
  let at = 0;
  const starts: PageStart[] = [];
  for (const { text, page } of pieces) {
    if (page !== null && page !== starts.at(-1)?.page) starts.push({ at, page });
    at += text.length + 1;
  }
  return starts.length > 1 ? { pages: starts } : {};
}

/** The end of what was said, for the start of the next passage; none after a table. */
function overlapOf(held: readonly Piece[], countTokens: (text: string) => number, limits: ChunkLimits): Piece | null {
  const last = held.at(-1);
  if (last === undefined || last.text.includes(CELL)) return null;
  const sentence = splitSentences(last.text).at(-1) ?? '';
  const tokens = countTokens(sentence);
  return tokens === 0 || tokens > limits.overlapTokens ? null : { text: sentence, page: last.page, tokens };
}

/** Characters of a token at the most, but for texts of spaces: what is longer is too long without being counted. */
const LONGEST_TOKEN = 24;

/** A block in pieces that fit a passage. */
function piecesOf(
  block: Block,
  countTokens: (text: string) => number,
  { maxTokens, overlapTokens }: ChunkLimits,
): Piece[] {
  const { kind, page } = block;
  const text = block.isHeaded === true ? nameCells(block.text) : block.text;
  const tokens = text.length > maxTokens * LONGEST_TOKEN ? Number.POSITIVE_INFINITY : countTokens(text);
  if (tokens <= maxTokens) return [{ text, page, tokens }];
  if (kind === 'table') return piecesOfTable(text.split('\n'), block, countTokens, maxTokens);
  // Room for what is said again before it.
  return gather(splitSentences(text), ' ', maxTokens - overlapTokens, countTokens).map((part) =>
    toPiece(part, page, countTokens),
  );
}

/** Rows that have the names of their columns, or, where none are known, stand under the first row, which may hold them. */
function piecesOfTable(
  all: readonly string[],
  { page, isHeaded }: Block,
  countTokens: (text: string) => number,
  maxTokens: number,
): Piece[] {
  const isLong = (row: string) => row.length > maxTokens * LONGEST_TOKEN || countTokens(row) > maxTokens;
  // A row that fits no passage is cut between its cells.
  const rows = all.flatMap((row) => (isLong(row) ? gather(row.split(CELL), CELL, maxTokens, countTokens) : [row]));
  const [first = '', ...rest] = rows;
  const taken = countTokens(first);
  // One that leaves no room for others is said once: repeated, it would be most of what is kept.
  if (isHeaded === true || taken > maxTokens / 2)
    return gather(rows, '\n', maxTokens, countTokens).map((part) => toPiece(part, page, countTokens));
  return gather(rest, '\n', maxTokens - taken, countTokens).map((part) =>
    toPiece(`${first}\n${part}`, page, countTokens),
  );
}

function toPiece(text: string, page: number | null, countTokens: (text: string) => number): Piece {
  return { text, page, tokens: countTokens(text) };
}

/** Puts parts together as long as they fit; one that does not fit alone is cut. */
function gather(
  parts: readonly string[],
  separator: string,
  maxTokens: number,
  countTokens: (text: string) => number,
): string[] {
  const most = Math.max(maxTokens, 32);
  const gathered: string[] = [];
  let held = '';
  let tokens = 0;
  for (const part of parts.flatMap((one) => cut(one, most, countTokens))) {
    const more = countTokens(part) + 1;
    if (held !== '' && tokens + more > most) {
      gathered.push(held);
      [held, tokens] = ['', 0];
    }
    held = held === '' ? part : held + separator + part;
    tokens += more;
  }
  return held === '' ? gathered : [...gathered, held];
}

/** What has no sentences or rows to be cut at is cut at spaces, and by characters where there are none: so many are no more tokens than fit. */
function cut(text: string, maxTokens: number, countTokens: (text: string) => number): string[] {
  if (text.length <= maxTokens * LONGEST_TOKEN && countTokens(text) <= maxTokens) return [text];
  const words = new RegExp(`\\S{1,${maxTokens}}\\s*`, 'g');
  return [...text.matchAll(words)].map(([word]) => word.trimEnd());
}
