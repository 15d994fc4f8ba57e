import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { dayOf } from '../domain/knowledge/day-of.ts';
import {
  type DocumentFields,
  type DocumentRecord,
  ID_FIELDS,
  type ReadDocument,
  type ReadingNote,
} from '../domain/knowledge/document.ts';
import { fieldText } from '../domain/knowledge/field-text.ts';
import { asTheyArrive } from '../kernel/as-they-arrive.ts';
import { RiskError } from '../kernel/risk-error.ts';
import type { DocumentFile, DocumentReader, ReadLimits, SaidFields } from '../ports/document-reader.ts';
import type { Embedder, Embedding } from '../ports/embedder.ts';
import type { EmbeddingCache, KnowledgeIndex } from '../ports/knowledge-index.ts';
import { CHUNK_LIMITS, chunkDocument } from './chunk-document.ts';
import { embedPassages } from './embed-passages.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { findIdsIn } from './find-ids-in.ts';
import { createMovedFinder, type HeldDocument, type MovedDocument } from './find-moved.ts';

/** Raised with every change of reading or cutting that gives other passages: documents are then taken in again. */
const READING_VERSION = 6;

/** A document takes no more than this; what does is named and passed over. */
export const READ_LIMITS: ReadLimits = { timeoutMs: 120_000, maxBytes: 100 * 2 ** 20, maxPages: 2000 };

/** A passage takes up to a tenth of a second: what has more is no document that somebody wrote. */
const MOST_PASSAGES = 10_000;

/** What taking documents in depends on. */
export interface IngestParts {
  readonly reader: DocumentReader;
  readonly embedder: Embedder;
  readonly index: KnowledgeIndex;
  readonly cache: EmbeddingCache;
  readonly documentId: (path: string) => string;
  /** What stands beside a document of it. */
  readonly readSidecar: (path: string) => Promise<SaidFields>;
}

/** What is taken in, and how. */
export interface IngestRequest {
  readonly paths: readonly string[];
  /** Folders that were looked through: with `prune`, what is no longer in them is removed. */
  readonly folders: readonly string[];
  /** Said of every document, beside what was said of it before; none of a field takes it back. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly prune: boolean;
  /** Takes in everything again where the collection is of another model. */
  readonly reembed: boolean;
}

/** What came of a document. */
export type IngestOutcome = IngestResult & {
  readonly path: string;
  /** What is to be said of it beside that. */
  readonly notes: readonly ReadingNote[];
};

type IngestResult =
  | { readonly kind: 'read'; readonly passages: number; readonly language: string | null }
  | { readonly kind: 'unchanged' | 'removed' }
  | { readonly kind: 'skipped'; readonly reason: string };

/**
 * Takes documents into the knowledge base, each whole or not at all: a run that is killed goes on where it was, since what is there unchanged
 * is passed over. Tells of each as it is done.
 * @throws RiskError `BAD_INPUT` where the collection is of another model and is not to be made anew; `SOURCE_UNAVAILABLE` where the embedding
 * model, or what holds the vectors, cannot be had
 */
export async function* ingest(
  parts: IngestParts,
  request: IngestRequest,
  signal: AbortSignal,
): AsyncGenerator<IngestOutcome, void> {
  await settleModel(parts, request, signal);
  const held = new Map((await parts.index.listDocuments()).map((one) => [one.id, one]));
  const given = await parts.index.givenFields();
  const isGone = async (path: string) => !(await parts.reader.hash(path, READ_LIMITS)).ok;
  const before = { held, given, findMoved: createMovedFinder([...held.values()], given, isGone) };
  const tasks = request.paths.map((path) => async (): Promise<IngestOutcome[]> => {
    signal.throwIfAborted();
    return [await takeIn(parts, path, before, request.fields, signal)];
  });
  for await (const outcomes of asTheyArrive(tasks, parts.reader.workers + 1)) yield* outcomes;
  if (!request.prune) return;
  const present = new Set(request.paths);
  const gone = [...held.values()].filter(
    ({ path }) => !present.has(path) && request.folders.some((folder) => path.startsWith(`${folder}/`)),
  );
  await parts.index.removeDocuments(gone.map(({ id }) => id));
  for (const { path } of gone) yield { kind: 'removed', path, notes: [] };
}

const PROBE = 'Servers are patched.';

async function settleModel(
  { index, embedder }: IngestParts,
  request: IngestRequest,
  signal: AbortSignal,
): Promise<void> {
  const { model, vectors } = await index.state();
  if (model === embedder.model && vectors === index.place) return;
  if (model !== null && !request.reembed) {
    const what =
      model === embedder.model
        ? 'has its vectors in another place (CHROMA_URL)'
        : `is of the model ${model}, not of ${embedder.model}`;
    throw new RiskError({
      code: 'BAD_INPUT',
      message: `the knowledge base ${what}; --reembed empties it and takes the documents in again`,
    });
  }
  // A model that cannot be had, or does not exist, is told before anything is read, and what is there is not given up for it.
  if (request.paths.length > 0) await embedder.embed([PROBE], signal);
  if (model !== null) await index.clear();
}

/** What was given a document before stays, unless it is given anew or taken back. */
function giveAnew(before: DocumentFields, fields: IngestRequest['fields']): DocumentFields {
  const anew = Object.entries(fields).map(
    ([name, values]) => [name, values.length === 1 ? values[0] : values] as const,
  );
  const all = Object.entries({ ...before, ...Object.fromEntries(anew) });
  return Object.fromEntries(
    all.flatMap(([name, value]) => (value === undefined || value.length === 0 ? [] : [[name, value]])),
  );
}

/** What was taken in before. */
interface Before {
  readonly held: ReadonlyMap<string, HeldDocument>;
  readonly given: ReadonlyMap<string, DocumentFields>;
  readonly findMoved: ReturnType<typeof createMovedFinder>;
}

async function takeIn(
  parts: IngestParts,
  path: string,
  { held, given, findMoved }: Before,
  fields: IngestRequest['fields'],
  signal: AbortSignal,
): Promise<IngestOutcome> {
  const id = parts.documentId(path);
  const beside = await parts.readSidecar(path);
  const content = await parts.reader.hash(path, READ_LIMITS);
  if (!content.ok) return { kind: 'skipped', path, reason: content.error, notes: beside.notes };
  const hashWith = (more: DocumentFields) => hashOf(content.value, { ...beside.fields, ...more }, parts.embedder.model);
  const moved = held.has(id)
    ? null
    : await findMoved((more) => [hashWith(more), hashOf(hashWith(more), {}, WITH_GAPS)]);
  const own = giveAnew(moved?.given ?? given.get(id) ?? {}, fields);
  if (hashWith(own) === held.get(id)?.hash) return { kind: 'unchanged', path, notes: beside.notes };
  const read = await parts.reader.read(path, READ_LIMITS, signal);
  if (!read.ok) return { kind: 'skipped', path, reason: read.error, notes: beside.notes };
  const result = await keep(parts, path, { all: { ...beside.fields, ...own }, given: own }, read.value, signal);
  return { ...result, path, notes: [...beside.notes, ...noteOnMoved(moved), ...read.value.document.notes] };
}

function noteOnMoved(moved: MovedDocument | null): ReadingNote[] {
  if (moved === null) return [];
  const names = Object.keys(moved.given).join(', ');
  return [{ kind: 'warning', text: `it was ${moved.path} before, and keeps what was said of it there (${names})` }];
}

/** Puts a document that was read into the index. */
async function keep(
  parts: IngestParts,
  path: string,
  said: Said,
  { contentHash, document }: DocumentFile,
  signal: AbortSignal,
): Promise<IngestResult> {
  const id = parts.documentId(path);
  const passages = chunkDocument(id, document, estimateTokens);
  if (passages.length === 0) return { kind: 'skipped', reason: 'it holds no text; there is nothing in it to be found' };
  if (passages.length > MOST_PASSAGES)
    return { kind: 'skipped', reason: `it has ${passages.length} passages, more than ${MOST_PASSAGES}; split it` };
  const embedded = await embedPassages(parts, passages, signal);
  if (!embedded.ok) return { kind: 'skipped', reason: embedded.error };
  const hash = hashOf(contentHash, said.all, parts.embedder.model);
  // What was read with gaps is read again next time: what is missing may be there by then, and is told until it is.
  const hasGaps = document.notes.some(({ kind }) => kind === 'gap');
  const record = toRecord(id, path, document, said, hasGaps ? hashOf(hash, {}, WITH_GAPS) : hash);
  await parts.index.replaceDocument(
    record,
    passages.map((passage, place) => ({ ...passage, embedding: embedded.value[place] as Embedding })),
    parts.embedder.model,
  );
  return { kind: 'read', passages: passages.length, language: languageOf(record) };
}

/** What is said of a document beside it, and what of that by whoever took it in. */
interface Said {
  readonly all: DocumentFields;
  readonly given: DocumentFields;
}

function languageOf({ fields }: DocumentRecord): string | null {
  const language = fields['language'];
  return language === undefined ? null : fieldText(language);
}

/** Marks the hash of what was read with gaps. */
const WITH_GAPS = 'gaps';

function hashOf(contentHash: string, fields: DocumentFields, model: string): string {
  const sorted = Object.entries(fields).toSorted(([left], [right]) => (left < right ? -1 : 1));
  const text = JSON.stringify([READING_VERSION, CHUNK_LIMITS, model, contentHash, sorted]);
  return createHash('sha256').update(text).digest('hex');
}

const LONGEST_TITLE = 200;

/** What an author says in a document counts less than what is said of it beside it. */
function toRecord(
  id: string,
  path: string,
  document: ReadDocument,
  { all, given }: Said,
  hash: string,
): DocumentRecord {
  const fields = withIds({ ...document.fields, ...all });
  const title = fieldText(fields['title'] ?? document.title ?? basename(path));
  return {
    id,
    path,
    title: title.slice(0, LONGEST_TITLE),
    type: document.type,
    pages: document.pages,
    hash,
    date: dayOf(fieldText(fields['date'] ?? '')),
    fields,
    given,
  };
}

/** Ids are several however they are written: `T1190, T1059` are two techniques. */
function withIds(fields: DocumentFields): DocumentFields {
  const ids = ID_FIELDS.flatMap((name) => {
    const found = findIdsIn(fieldText(fields[name] ?? ''));
    return found.length === 0 ? [] : [[name, found.length === 1 ? (found[0] ?? '') : found] as const];
  });
  return { ...fields, ...Object.fromEntries(ids) };
}
