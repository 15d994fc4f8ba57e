import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChromaVectors } from '../../src/adapters/chroma/chroma-vectors.ts';
import { createHttpClient } from '../../src/adapters/http/create-http-client.ts';
import { openMemoryDatabase } from '../../src/adapters/sqlite/database.ts';
import { createSqlitePassageStore } from '../../src/adapters/sqlite/passage-store.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { createIndexWithVectors } from '../../src/knowledge/index-with-vectors.ts';
import type { VectorIndex } from '../../src/ports/vector-index.ts';
import { describeKnowledgeIndex } from '../contracts/knowledge-index.ts';
import { collectionOf, killAtRandom, writeNotes } from '../support/killed-ingestion.ts';
import { runEras, startEras } from '../support/run-eras.ts';
import { type ChromaServer, hasChroma, startChroma } from '../support/services.ts';

const COLLECTIONS = 'api/v2/tenants/default_tenant/databases/default_database/collections';

/** More than ten kills can leave behind. */
const NOTES = 55;
const KILLS = 10;

describe.skipIf(!hasChroma())('with a real Chroma', () => {
  let chroma: ChromaServer;
  let folder: string;
  beforeAll(async () => {
    chroma = await startChroma();
    folder = mkdtempSync(join(tmpdir(), 'eras-chroma-home-'));
  }, 60_000);
  afterAll(async () => {
    await chroma.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const createVectors = (): VectorIndex => {
    const http = createHttpClient({ clock: systemClock, userAgent: 'eras-test', timeoutMs: 5000, budgetMs: 10_000 });
    return createChromaVectors({ http, url: chroma.url, signal: new AbortController().signal });
  };
  const count = async (collection: string): Promise<number> => {
    const { id } = (await (await fetch(`${chroma.url}/${COLLECTIONS}/${collection}`)).json()) as { id: string };
    return (await (await fetch(`${chroma.url}/${COLLECTIONS}/${id}/count`)).json()) as number;
  };

  describe('the knowledge base', () => {
    describeKnowledgeIndex(async () => {
      const database = openMemoryDatabase();
      const store = createSqlitePassageStore(database, systemClock);
      const fail = (reason: string) => {
        throw new Error(reason);
      };
      return { index: createIndexWithVectors(store, createVectors(), fail), close: async () => void database.close() };
    });
  });

  describe('vectors of documents', () => {
    const document = (id: string) =>
      ({ id, path: `/${id}`, title: id, type: 'text', pages: null, hash: id, date: null, fields: {} }) as const;
    const passage = (id: string, vector: readonly number[]) => ({
      ...{ id, ordinal: 0, page: null, section: null, text: `Text of ${id}.`, ids: [] },
      embedding: Float32Array.from(vector),
    });

    it('lie in a collection of cosine distance, and none is left over of a document that changed or went', async () => {
      const database = openMemoryDatabase();
      const store = createSqlitePassageStore(database, systemClock);
      const index = createIndexWithVectors(store, createVectors(), () => undefined);
      await index.replaceDocument(document('one'), [passage('a', [1, 0]), passage('b', [0, 1])], 'm');
      const name = store.collection() ?? '';
      const found = (await (await fetch(`${chroma.url}/${COLLECTIONS}/${name}`)).json()) as object;
      expect(found).toMatchObject({
        configuration_json: { hnsw: { space: 'cosine', max_neighbors: 16, ef_construction: 200, ef_search: 100 } },
      });
      expect(await count(name)).toBe(2);
      await index.replaceDocument(document('one'), [passage('b', [0, 1]), passage('c', [1, 1])], 'm');
      expect(await count(name)).toBe(2);
      await index.removeDocuments(['one']);
      expect(await count(name)).toBe(0);
      database.close();
    });

    it('that a process began to write and left are taken out a day later', async () => {
      const database = openMemoryDatabase();
      const yesterday = { now: () => new Date(Date.now() - 25 * 3600 * 1000) };
      const died: VectorIndex = {
        ...createVectors(),
        async upsert(collection, vectors) {
          await createVectors().upsert(collection, vectors);
          throw new Error('killed');
        },
      };
      const before = createIndexWithVectors(createSqlitePassageStore(database, yesterday), died, () => undefined);
      await expect(before.replaceDocument(document('two'), [passage('x', [1, 0])], 'm')).rejects.toThrow('killed');
      expect(await before.state()).toMatchObject({ documents: 0 });
      const store = createSqlitePassageStore(database, systemClock);
      const after = createIndexWithVectors(store, createVectors(), () => undefined);
      expect(await count(store.collection() ?? '')).toBe(1);
      await after.replaceDocument(document('three'), [passage('y', [1, 0])], 'm');
      expect(await count(store.collection() ?? '')).toBe(1);
      database.close();
    });
  });

  it('the command takes in and answers, loses nothing by a restart, and goes by words where Chroma is away', async () => {
    const docs = join(folder, 'docs');
    mkdirSync(docs);
    writeFileSync(join(docs, 'owners.md'), '# Payment gateway\n\nThe payment gateway is owned by the platform team.\n');
    writeFileSync(join(docs, 'patch.md'), '# Patching\n\nCritical flaws are repaired within two days.\n');
    const env = { ERAS_HOME: join(folder, 'home'), CHROMA_URL: chroma.url, ERAS_HTTP_TIMEOUT_MS: '2000' };
    const more = { ...env, ERAS_SOURCE_BUDGET_MS: '3000' };
    expect(await runEras(['ingest', docs], env)).toMatchObject({ code: 0 });
    const ask = async (question: string) => {
      const { stdout, stderr, code } = await runEras(['ask', question, '--format', 'json', '--no-llm'], more);
      return { code, stderr, answer: JSON.parse(stdout) };
    };
    const first = await ask('Who owns the payment gateway?');
    expect(first).toMatchObject({ code: 0, stderr: '', answer: { found: true } });
    expect(first.answer.passages[0].why.join()).toMatch(/meaning/);
    await chroma.restart();
    expect((await ask('Who owns the payment gateway?')).answer).toEqual(first.answer);
    expect((await runEras(['ingest', docs], env)).stdout).toMatch(/2 unchanged/);
    await chroma.kill();
    const away = await ask('Who owns the payment gateway?');
    expect(away).toMatchObject({ code: 0, answer: { found: true } });
    expect(away.stderr).toMatch(/^warning: Chroma \(CHROMA_URL\) cannot be used: .*; words alone are looked for\n$/);
    writeFileSync(join(docs, 'new.md'), '# New\n\nA new document.\n');
    const failed = await runEras(['ingest', docs], more);
    expect(failed.code).not.toBe(0);
    expect(failed.stderr.trim().split('\n')).toHaveLength(1);
    await chroma.restart();
    expect((await runEras(['ingest', docs], env)).stdout).toMatch(/^1 read/);
    const embedded = await runEras(['ingest', docs], { ERAS_HOME: env.ERAS_HOME });
    expect(embedded).toMatchObject({ code: 2, stderr: expect.stringMatching(/vectors in another place.*--reembed/) });
  }, 60_000);

  it('loses nothing where it is killed and started again while documents are taken in', async () => {
    const docs = join(folder, 'many');
    mkdirSync(docs);
    const topics = (note: number) =>
      Array.from({ length: 8 }, (_, part) => `# Part ${part}\n\n${`Note ${note} speaks of topic ${part}. `.repeat(4)}`);
    for (let note = 0; note < 40; note += 1) writeFileSync(join(docs, `note${note}.md`), topics(note).join('\n\n'));
    const envOf = (home: string) => ({ ERAS_HOME: join(folder, home), CHROMA_URL: chroma.url });
    const ingestion = ['ingest', docs, '--workers', '1'];
    expect((await runEras(ingestion, envOf('clean'))).code).toBe(0);
    // Gone for longer than a run is patient, and for a moment, each time after some more documents were written.
    const codes: (number | null)[] = [];
    for (const [awayMs, patienceMs] of [
      [1500, '300'],
      [1500, '300'],
      [0, '10000'],
    ] as const) {
      const before = await vectors();
      const started = startEras(ingestion, { ...envOf('hit'), ERAS_SOURCE_BUDGET_MS: patienceMs });
      let isDone = false;
      const done = started.done.finally(() => {
        isDone = true;
      });
      while (!isDone && (await vectors()) < before + 16) await new Promise((resolve) => setTimeout(resolve, 10));
      await chroma.kill();
      await new Promise((resolve) => setTimeout(resolve, awayMs));
      await chroma.restart();
      const { code, stderr } = await done;
      codes.push(code);
      expect(stderr.trim() === '' ? 0 : stderr.trim().split('\n').length).toBe(code);
      if (code === 1) expect(await vectors()).toBeLessThan(2 * 40 * 8);
    }
    // Where it comes back soon, a run goes on; else it ends in a line.
    expect(codes).toContain(1);
    expect(codes.every((code) => code === 0 || code === 1)).toBe(true);
    expect(await runEras(ingestion, envOf('hit'))).toMatchObject({ code: 0, stderr: '' });
    const asked = async (home: string, question: string) => {
      const args = ['ask', question, '--no-llm', '--format', 'json', '--top', '100'];
      return JSON.parse((await runEras(args, envOf(home))).stdout);
    };
    for (const question of ['topic 3 of note 17', 'What does note 5 speak of?'])
      expect(await asked('hit', question)).toEqual(await asked('clean', question));
    const sizes = await sizesOfCollections();
    expect(sizes.filter((size) => size === 40 * 8)).toHaveLength(2);
  }, 180_000);

  it('has the same ids, documents and metadata where a run is killed at random ten times and run again', async () => {
    const docs = join(folder, 'notes');
    writeNotes(docs, NOTES);
    const ingestion = ['ingest', docs, '--workers', '1'];
    const envOf = (home: string) => ({ ERAS_HOME: join(folder, home), CHROMA_URL: chroma.url });
    const before = await namesOfCollections();
    expect(await runEras(ingestion, envOf('whole'))).toMatchObject({ code: 0, stderr: '' });
    const [whole = ''] = (await namesOfCollections()).filter((name) => !before.includes(name));
    const left = await killAtRandom(ingestion, envOf('mended'), KILLS, Date.now());
    for (const documents of left) expect(documents).toBeLessThan(NOTES);
    expect(await runEras(ingestion, envOf('mended'))).toMatchObject({ code: 0, stderr: '' });
    const [mended = ''] = (await namesOfCollections()).filter((name) => ![...before, whole].includes(name));
    expect(await recordsOf(mended)).toEqual(await recordsOf(whole));
    expect(await recordsOf(whole)).toHaveLength(14 * NOTES);
    expect(collectionOf(join(folder, 'mended'))).toEqual(collectionOf(join(folder, 'whole')));
  }, 300_000);

  async function namesOfCollections(): Promise<string[]> {
    const all = (await (await fetch(`${chroma.url}/${COLLECTIONS}`)).json()) as { name: string }[];
    return all.map(({ name }) => name);
  }

  /** What a collection holds, by id. */
  async function recordsOf(collection: string): Promise<unknown[]> {
    const { id } = (await (await fetch(`${chroma.url}/${COLLECTIONS}/${collection}`)).json()) as { id: string };
    const answer = await fetch(`${chroma.url}/${COLLECTIONS}/${id}/get`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ include: ['documents', 'metadatas', 'embeddings'] }),
    });
    const { ids, documents, metadatas, embeddings } = (await answer.json()) as Record<string, unknown[] | null>;
    return (ids ?? [])
      .map((one, place) => [one, documents?.[place], metadatas?.[place], embeddings?.[place]])
      .sort(([left], [right]) => (String(left) < String(right) ? -1 : 1));
  }

  const vectors = async () => (await sizesOfCollections()).reduce((sum, size) => sum + size, 0);

  /** Numbers of vectors in each collection of the server. */
  async function sizesOfCollections(): Promise<number[]> {
    const all = (await (await fetch(`${chroma.url}/${COLLECTIONS}`)).json()) as { name: string }[];
    return Promise.all(all.map(({ name }) => count(name)));
  }
});
