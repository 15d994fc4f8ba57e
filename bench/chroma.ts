import { join } from 'node:path';
import { createChromaVectors } from '../src/adapters/chroma/chroma-vectors.ts';
import { embed } from '../src/adapters/documents/document-worker.ts';
import { createBundledModel } from '../src/adapters/embeddings/bundled-model.ts';
import { createHttpClient } from '../src/adapters/http/create-http-client.ts';
import { openDatabase } from '../src/adapters/sqlite/database.ts';
import { createSqlitePassageStore } from '../src/adapters/sqlite/passage-store.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { createEmbedder } from '../src/knowledge/create-embedder.ts';
import { createIndexWithVectors } from '../src/knowledge/index-with-vectors.ts';
import type { VectorIndex } from '../src/ports/vector-index.ts';
import { hasChroma, startChroma } from '../test/support/services.ts';
import { timeQuestions } from './knowledge.ts';
import { fillIndex, vectorOf } from './knowledge-passages.ts';
import { type Figure, percentile, toFigure, withFolder } from './measure.ts';

const PASSAGES = Number(process.env['ERAS_BENCH_PASSAGES'] ?? 100_000);
const QUERIES = 100;
const NEAREST = 10;

/** A real Chroma server with 100,000 passages: how long a question takes, and what its approximate index finds of the nearest. */
export async function benchChroma(): Promise<Figure[]> {
  if (!hasChroma()) return [];
  const chroma = await startChroma();
  try {
    return await withFolder(async (folder) => {
      const http = createHttpClient({
        clock: systemClock,
        userAgent: 'eras-bench',
        timeoutMs: 60_000,
        budgetMs: 120_000,
      });
      const vectors = createChromaVectors({ http, url: chroma.url, signal: new AbortController().signal });
      const { database, close } = openDatabase(join(folder, 'eras.db'), new Date());
      const store = createSqlitePassageStore(database, systemClock);
      const index = createIndexWithVectors(store, vectors, fail);
      const embedder = createEmbedder(createBundledModel(embed, 1));
      const startedAt = performance.now();
      await fillIndex(index, PASSAGES, embedder.model);
      const filled = performance.now() - startedAt;
      const times = await timeQuestions(index, embedder);
      const recall = await recallOf(vectors, store.collection() ?? '');
      close();
      const p95 = percentile(times, 0.95);
      return [
        toFigure(`${PASSAGES} passages put into Chroma`, [filled], 1_200_000, 'ms'),
        toFigure(
          `retrieval among ${PASSAGES} passages in Chroma, the question's embedding included, p95`,
          [p95],
          100,
          'ms',
        ),
        toFigure(
          `what Chroma misses of the ${NEAREST} nearest of ${PASSAGES} (1 - recall@${NEAREST})`,
          [1 - recall],
          0.02,
          '×',
        ),
      ];
    });
  } finally {
    await chroma.stop();
  }
}

/** Share of the nearest by exact search that the approximate index finds, over queries that are none of the passages. */
async function recallOf(vectors: VectorIndex, collection: string): Promise<number> {
  const queries = Array.from({ length: QUERIES }, (_, query) => vectorOf(PASSAGES + 1 + query));
  const nearest = queries.map(() => [] as { id: string; similarity: number }[]);
  for (let seed = 0; seed < PASSAGES; seed += 1) {
    const vector = vectorOf(seed);
    for (const [place, query] of queries.entries()) keepNearest(nearest[place] ?? [], `p${seed}`, dot(vector, query));
  }
  let hits = 0;
  for (const [place, query] of queries.entries()) {
    const found = await vectors.nearest(collection, query, { filters: [], limit: NEAREST });
    hits += (nearest[place] ?? []).filter(({ id }) => found.has(id)).length;
  }
  return hits / (QUERIES * NEAREST);
}

function keepNearest(kept: { id: string; similarity: number }[], id: string, similarity: number): void {
  if (kept.length === NEAREST && similarity <= (kept.at(-1)?.similarity ?? 0)) return;
  const place = kept.findIndex((one) => one.similarity < similarity);
  kept.splice(place < 0 ? kept.length : place, 0, { id, similarity });
  kept.length = Math.min(kept.length, NEAREST);
}

function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let place = 0; place < left.length; place += 1) sum += (left[place] ?? 0) * (right[place] ?? 0);
  return sum;
}

function fail(reason: string): never {
  throw new Error(reason);
}
