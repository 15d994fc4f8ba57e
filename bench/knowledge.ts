import { join } from 'node:path';
import { embed } from '../src/adapters/documents/document-worker.ts';
import { createBundledModel } from '../src/adapters/embeddings/bundled-model.ts';
import { openDatabase } from '../src/adapters/sqlite/database.ts';
import { createSqliteKnowledgeIndex } from '../src/adapters/sqlite/knowledge-index.ts';
import { createEmbedder } from '../src/knowledge/create-embedder.ts';
import { retrieve } from '../src/knowledge/retrieve.ts';
import type { Embedder } from '../src/ports/embedder.ts';
import type { KnowledgeIndex } from '../src/ports/knowledge-index.ts';
import { fillIndex, sentence } from './knowledge-passages.ts';
import { type Figure, measureCommand, percentile, toFigure, withFolder } from './measure.ts';
import { gatherRealDocuments } from './real-documents.ts';

const PASSAGES = 10_000;
const QUESTIONS = 100;
const WARM_UP = 5;

/** The knowledge base: retrieval among 10,000 passages, and taking in 200 real documents of the test data. */
export async function benchKnowledge(): Promise<Figure[]> {
  const data = process.env['ERAS_TEST_DATA'];
  const times = await timeRetrieval();
  const name = `retrieval among ${PASSAGES} passages, the question's embedding included, p95`;
  const figures = [toFigure(name, [percentile(times, 0.95)], 50, 'ms')];
  return data === undefined ? figures : [...figures, ...(await benchIngestion(data))];
}

/** Milliseconds of each of a hundred questions, their embedding included. */
export function timeRetrieval(): Promise<number[]> {
  return withFolder(async (folder) => {
    const { database, close } = openDatabase(join(folder, 'eras.db'), new Date());
    const index = createSqliteKnowledgeIndex(database);
    const embedder = createEmbedder(createBundledModel(embed, 1));
    await fillIndex(index, PASSAGES, embedder.model);
    const times = await timeQuestions(index, embedder);
    close();
    return times;
  });
}

/** Milliseconds of each of a hundred questions to an index. */
export async function timeQuestions(index: KnowledgeIndex, embedder: Embedder): Promise<number[]> {
  const { signal } = new AbortController();
  const onTrouble = (reason: string) => {
    throw new Error(reason);
  };
  const times: number[] = [];
  for (let question = -WARM_UP; question < QUESTIONS; question += 1) {
    const startedAt = performance.now();
    const text = `Who is the ${sentence(question + 5_000).slice(0, 60)}?`;
    await retrieve({ index, embedder, onTrouble }, text, { filters: [], top: 5 }, signal);
    if (question >= 0) times.push(performance.now() - startedAt);
  }
  return times;
}

/** Some documents of the test data are scanned or under a wrong ending, and are told of (3). */
const ACCEPTED = [0, 3];

function benchIngestion(data: string): Promise<Figure[]> {
  return withFolder(async (folder) => {
    const documents = join(folder, 'documents');
    const count = gatherRealDocuments(data, documents);
    const take = async (home: string, workers: number) => {
      const env = { ERAS_HOME: join(folder, home) };
      return (await measureCommand(['ingest', documents, '--workers', String(workers)], env, ACCEPTED)).ms;
    };
    const one = await take('one', 1);
    const two = await take('two', 2);
    const again = await take('two', 2);
    return [
      toFigure(`${count} real documents taken in by one worker`, [one], 120_000, 'ms'),
      toFigure(`${count} real documents taken in: two workers against one`, [two / one], 1 / 1.7, '×'),
      toFigure(`${count} real documents taken in: unchanged against the first time`, [again / two], 0.05, '×'),
    ];
  });
}
