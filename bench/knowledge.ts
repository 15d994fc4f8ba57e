import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { embed } from '../src/adapters/documents/document-worker.ts';
import { createBundledModel } from '../src/adapters/embeddings/bundled-model.ts';
import { openDatabase } from '../src/adapters/sqlite/database.ts';
import { createSqliteKnowledgeIndex } from '../src/adapters/sqlite/knowledge-index.ts';
import type { Passage } from '../src/domain/knowledge/document.ts';
import { createEmbedder } from '../src/knowledge/create-embedder.ts';
import { retrieve } from '../src/knowledge/retrieve.ts';
import { type Figure, measureCommand, percentile, toFigure, withFolder } from './measure.ts';

const PASSAGES = 10_000;
const PASSAGES_A_DOCUMENT = 50;
const QUESTIONS = 100;
const COPIES = 4;

/** The knowledge base: retrieval among 10,000 passages, and taking in the Markdown documents of the test data, four times varied. */
export async function benchKnowledge(): Promise<Figure[]> {
  const folder = process.env['ERAS_TEST_DATA'];
  const times = await timeRetrieval();
  const name = `retrieval among ${PASSAGES} passages, the question's embedding included, p95`;
  const figures = [toFigure(name, [percentile(times, 0.95)], 50, 'ms')];
  if (folder === undefined) return figures;
  return [...figures, ...(await benchIngestion(join(folder, 'docs/markdown')))];
}

const WORDS =
  'server gateway patch policy owner risk backup network firewall account password cluster database incident vendor contract audit control exposure segment'.split(
    ' ',
  );

/** A text of forty words of a thousand, no two alike: same seed, same text. A word of a question is in one passage of twenty-five. */
function sentence(seed: number): string {
  return Array.from({ length: 40 }, (_, place) => {
    const draw = (seed * 7919 + place * 104_729 + seed * place) % (WORDS.length * 50);
    return `${WORDS[draw % WORDS.length]}${Math.floor(draw / WORDS.length)}`;
  }).join(' ');
}

/** Vectors stand in for embeddings: how long a search takes does not depend on what they mean. */
function vectorOf(seed: number): Float32Array {
  const vector = Float32Array.from({ length: 512 }, (_, place) => Math.sin(seed * 12.9898 + place * 78.233));
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}

/** Milliseconds of each of a hundred questions, their embedding included. */
export function timeRetrieval(): Promise<number[]> {
  return withFolder(async (folder) => {
    const { database, close } = openDatabase(join(folder, 'eras.db'), new Date());
    const index = createSqliteKnowledgeIndex(database);
    const embedder = createEmbedder(createBundledModel(embed, 1));
    for (let start = 0; start < PASSAGES; start += PASSAGES_A_DOCUMENT) {
      const passages = Array.from(
        { length: PASSAGES_A_DOCUMENT },
        (_, ordinal): Passage & { embedding: Float32Array } => {
          const seed = start + ordinal;
          return {
            id: `p${seed}`,
            ordinal,
            page: null,
            section: null,
            text: sentence(seed),
            ids: [],
            embedding: vectorOf(seed),
          };
        },
      );
      const id = `d${start}`;
      const record = {
        id,
        path: `/${id}`,
        title: id,
        type: 'text',
        pages: null,
        hash: id,
        date: null,
        fields: {},
      } as const;
      await index.replaceDocument(record, passages, embedder.model);
    }
    const { signal } = new AbortController();
    const times: number[] = [];
    for (let question = -5; question < QUESTIONS; question += 1) {
      const startedAt = performance.now();
      await retrieve(
        { index, embedder, onTrouble: () => undefined },
        `Who is the ${sentence(question + 5_000).slice(0, 60)}?`,
        { filters: [], top: 5 },
        signal,
      );
      if (question >= 0) times.push(performance.now() - startedAt);
    }
    close();
    return times;
  });
}

function benchIngestion(source: string): Promise<Figure[]> {
  return withFolder(async (folder) => {
    const documents = join(folder, 'documents');
    mkdirSync(documents);
    for (const name of readdirSync(source)) {
      const text = readFileSync(join(source, name), 'utf8');
      for (let copy = 0; copy < COPIES; copy += 1)
        writeFileSync(join(documents, `${copy}-${name}`), text.replace(/\bthe\b/g, `the${copy === 0 ? '' : copy}`));
    }
    const take = async (home: string, workers: number) =>
      (await measureCommand(['ingest', documents, '--workers', String(workers)], { ERAS_HOME: join(folder, home) })).ms;
    const one = await take('one', 1);
    const two = await take('two', 2);
    const again = await take('two', 2);
    const count = readdirSync(documents).length;
    return [
      toFigure(`${count} documents taken in: two workers against one`, [two / one], 1 / 1.7, '×'),
      toFigure(`${count} documents taken in: unchanged against the first time`, [again / two], 0.05, '×'),
    ];
  });
}
