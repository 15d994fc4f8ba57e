import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { embed } from '../../src/adapters/documents/document-worker.ts';
import { createBundledModel } from '../../src/adapters/embeddings/bundled-model.ts';
import { openMemoryDatabase } from '../../src/adapters/sqlite/database.ts';
import { createSqliteKnowledgeIndex } from '../../src/adapters/sqlite/knowledge-index.ts';
import { createEmbedder } from '../../src/knowledge/create-embedder.ts';
import { questionWords } from '../../src/knowledge/question-words.ts';
import { rank, WORDS_SHARE } from '../../src/knowledge/retrieve.ts';
import type { Embedding } from '../../src/ports/embedder.ts';
import type { KnowledgeIndex } from '../../src/ports/knowledge-index.ts';
import { type Figures, measure, readQueries, readRelevant } from '../support/retrieval-figures.ts';
import { describeWithTestData, readTestJsonLines } from '../support/test-data.ts';

type Baseline = Readonly<Record<string, Readonly<Record<string, Figures>>>>;
const BASELINE: Baseline = JSON.parse(readFileSync(join(import.meta.dirname, 'retrieval.baseline.json'), 'utf8'));
/** A figure may fall by so much before somebody has to look: processors differ in the last digits of an embedding. */
const TOLERANCE = 0.005;
/** One query of so many: the model needs 30 ms for each. Those at even places tuned the weights, these stand at odd ones. */
const EVERY = 8;

interface Document {
  readonly _id: string;
  readonly title: string;
  readonly text: string;
}

const WAYS = { words: 1, meaning: 0, both: WORDS_SHARE } as const;

describeWithTestData('retrieval, of ATT&CK techniques by what reports say', () => {
  const { signal } = new AbortController();
  const embedder = createEmbedder(createBundledModel(embed, 1));
  const database = openMemoryDatabase();
  let index: KnowledgeIndex;
  beforeAll(async () => {
    index = createSqliteKnowledgeIndex(database);
    const documents = readTestJsonLines('rag_eval/corpus_attack_techniques.jsonl.gz') as Document[];
    const embeddings = await embedder.embed(
      documents.map(({ title, text }) => `${title}\n${text}`),
      signal,
    );
    for (const [place, { _id: id, title, text }] of documents.entries()) {
      const passage = {
        id,
        ordinal: 0,
        page: null,
        section: title,
        text,
        ids: [],
        embedding: embeddings[place] as Embedding,
      };
      const document = { id, path: id, title, type: 'text', pages: null, hash: id, date: null, fields: {} } as const;
      await index.replaceDocument(document, [passage], embedder.model);
    }
  }, 900_000);

  it.each(['tram_sentences', 'attack_procedures'])(
    '%s',
    async (set) => {
      const all = readQueries(set);
      const queries = all.filter((_, place) => place % EVERY === 1);
      const relevant = readRelevant(set);
      const embeddings = await embedder.embed(
        queries.map(({ text }) => text),
        signal,
      );
      const found = await Promise.all(
        queries.map(({ text }, place) =>
          index.search({
            words: questionWords(text),
            ids: [],
            embedding: embeddings[place] ?? null,
            filters: [],
            limit: 100,
          }),
        ),
      );
      const figures = Object.fromEntries(
        Object.entries(WAYS).map(([way, share]) => [
          way,
          measure(
            queries.map(({ _id }, place) => ({
              ranked: rank(found[place] ?? [], [], [], share).map(({ id }) => id),
              relevant: relevant.get(_id) ?? new Set(),
            })),
          ),
        ]),
      );
      process.stdout.write(
        `${set}, ${queries.length} queries of the half that tuned nothing: ${JSON.stringify(figures)}\n`,
      );
      for (const [way, known] of Object.entries(BASELINE[set] ?? {})) {
        for (const [name, value] of Object.entries(known))
          expect(figures[way]?.[name as keyof Figures], `${way} ${name}`).toBeGreaterThanOrEqual(value - TOLERANCE);
      }
      expect(Object.keys(BASELINE[set] ?? {})).toEqual(Object.keys(WAYS));
    },
    180_000,
  );
});
