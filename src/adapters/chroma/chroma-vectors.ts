import { z } from 'zod';
import type { DocumentRecord } from '../../domain/knowledge/document.ts';
import { foldCase } from '../../kernel/fold-case.ts';
import { RiskError } from '../../kernel/risk-error.ts';
import type { HttpClient, HttpSending } from '../../ports/http-client.ts';
import type { KnowledgeFilter } from '../../ports/knowledge-index.ts';
import { DOCUMENT_FIELD, type VectorIndex } from '../../ports/vector-index.ts';

/** What the adapter depends on. */
export interface ChromaOptions {
  readonly http: HttpClient;
  /** The server's address (CHROMA_URL), such as `http://localhost:8000`. */
  readonly url: string;
  readonly signal: AbortSignal;
}

/** The graph of the index (HNSW). */
const HNSW = { space: 'cosine', max_neighbors: 16, ef_construction: 200, ef_search: 100 } as const;
/**
 * Neighbours that are asked for at least: the graph is searched as widely as the greater of this and `ef_search`, some milliseconds more. Of the ten
 * nearest of 30,000 vectors a width of 100 finds 0.97, of 100,000 0.94; 200 finds 0.99, 400 all (`bench/chroma.ts`).
 */
const SEARCHED = 300;
const MOST_BYTES = 64 * 2 ** 20;
// A missing collection is an answer.
const isAnswer = (status: number) => status === 404;

const Collection = z.object({ id: z.string().min(1).max(100) });
const Nearest = z.object({
  ids: z.tuple([z.array(z.string().max(200))]),
  distances: z.tuple([z.array(z.number())]),
});
const Vectors = z.object({ ids: z.array(z.string().max(200)), embeddings: z.array(z.array(z.number())) });

/**
 * Vectors in a Chroma server, by version 2 of its HTTP interface: persistent collections, cosine distance. Its own client would bring a server
 * of some hundred megabytes along (docs/decisions/0008).
 */
export function createChromaVectors({ http, url, signal }: ChromaOptions): VectorIndex {
  const root = `${url.replace(/\/+$/, '')}/api/v2/tenants/default_tenant/databases/default_database/collections`;
  const known = new Map<string, Promise<string>>();

  async function ask(path: string, send: HttpSending): Promise<unknown> {
    const outcome = await http.getJson({
      source: 'chroma',
      url: `${root}${path}`,
      send,
      maxBytes: MOST_BYTES,
      answers: isAnswer,
      call: { signal },
    });
    if (outcome.ok) return outcome.body;
    if (outcome.status === 404 && send.method === 'DELETE') return null;
    throw unusable(outcome.reason);
  }

  function idOf(collection: string): Promise<string> {
    const id =
      known.get(collection) ??
      ask('', {
        method: 'POST',
        json: { name: collection, get_or_create: true, configuration: { hnsw: HNSW } },
      }).then((body) => read(Collection, body).id);
    known.set(collection, id);
    // What failed once is asked for again.
    id.catch(() => known.delete(collection));
    return id;
  }

  return {
    async upsert(collection, vectors) {
      const json = {
        ids: vectors.map(({ passageId }) => passageId),
        embeddings: vectors.map(({ embedding }) => [...embedding]),
        metadatas: vectors.map(({ document }) => toMetadata(document)),
      };
      await ask(`/${await idOf(collection)}/upsert`, { method: 'POST', json });
    },
    async remove(collection, ids) {
      if (ids.length > 0) await ask(`/${await idOf(collection)}/delete`, { method: 'POST', json: { ids } });
    },
    async nearest(collection, embedding, { filters, limit }) {
      const json = {
        query_embeddings: [[...embedding]],
        n_results: Math.max(limit, SEARCHED),
        include: ['distances'],
        ...(filters.length === 0 ? {} : { where: toWhere(filters) }),
      };
      const body = await ask(`/${await idOf(collection)}/query`, { method: 'POST', json });
      const { ids, distances } = read(Nearest, body);
      return new Map(ids[0].slice(0, limit).map((id, place) => [id, 1 - (distances[0][place] ?? 1)]));
    },
    // Among named passages Chroma searches one by one, some 100 ms; their vectors come in a tenth of that.
    async measure(collection, embedding, ids) {
      const json = { ids, include: ['embeddings'] };
      const found = read(Vectors, await ask(`/${await idOf(collection)}/get`, { method: 'POST', json }));
      return new Map(found.ids.map((id, place) => [id, dotProduct(embedding, found.embeddings[place] ?? [])]));
    },
    async drop(collection) {
      known.delete(collection);
      await ask(`/${encodeURIComponent(collection)}`, { method: 'DELETE' });
    },
  };
}

/** Of vectors of length 1 the cosine of their angle. */
function dotProduct(left: ArrayLike<number>, right: readonly number[]): number {
  return right.reduce((sum, value, place) => sum + value * (left[place] ?? 0), 0);
}

function read<Shape>(schema: z.ZodType<Shape>, body: unknown): Shape {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw unusable('its answer is not what Chroma answers');
}

function unusable(reason: string): RiskError {
  return new RiskError({
    code: 'SOURCE_UNAVAILABLE',
    message: `Chroma (CHROMA_URL) cannot be used: ${reason}`,
    retryable: true,
  });
}

/** What filters look at: Chroma compares as it is written, so in lower case, days as numbers, and of several values each has a name of its own. */
function toMetadata({
  id,
  type,
  date,
  title,
  path,
  fields,
}: DocumentRecord): Record<string, string | number | boolean> {
  const own = Object.entries(fields).flatMap(([name, value]): [string, string | boolean][] =>
    typeof value === 'string'
      ? [[`field ${name}`, foldCase(value)]]
      : value.map((one) => [memberName(name, one), true]),
  );
  return {
    ...Object.fromEntries(own),
    document: id,
    type,
    title: foldCase(title),
    path: foldCase(path),
    ...(date === null ? {} : { date, day: toDay(date) }),
  };
}

/** Names of documents' own values by the fields of filters. */
const OWN: ReadonlyMap<string, string> = new Map([
  ...['type', 'date', 'title', 'path'].map((name) => [name, name] as const),
  [DOCUMENT_FIELD, 'document'],
]);

const memberName = (field: string, value: string) => `member ${JSON.stringify([field, foldCase(value)])}`;

function toWhere(filters: readonly KnowledgeFilter[]): object {
  const conditions = filters.map(toCondition);
  return conditions.length === 1 ? (conditions[0] ?? {}) : { $and: conditions };
}

function toCondition({ field, is, values }: KnowledgeFilter): object {
  if (is === 'from') return { day: { $gte: toDay(values[0] ?? '') } };
  if (is === 'to') return { day: { $lte: toDay(values[0] ?? '') } };
  const own = OWN.get(field);
  const wanted = { $in: values.map((value) => foldCase(value)) };
  if (own !== undefined) return { [own]: wanted };
  return {
    $or: [{ [`field ${field}`]: wanted }, ...values.map((value) => ({ [memberName(field, value)]: { $eq: true } }))],
  };
}

function toDay(date: string): number {
  return Number(date.replaceAll('-', ''));
}
