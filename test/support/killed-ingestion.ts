import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { load } from 'sqlite-vec';
import { startEras } from './run-eras.ts';

const PARTS = 14;

/** Writes notes of fourteen short passages each into a folder, no two of the same text: some tenths of a second of work each. */
export function writeNotes(folder: string, notes: number): void {
  mkdirSync(folder, { recursive: true });
  const part = (note: number, place: number) =>
    `# Part ${place}\n\nNote ${note} speaks of topic ${place}, its owner ${note * 7 + place} and CVE-2024-${1000 + note}.`;
  for (let note = 0; note < notes; note += 1)
    writeFileSync(
      join(folder, `note${note}.md`),
      Array.from({ length: PARTS }, (_, place) => part(note, place)).join('\n\n'),
    );
}

/** Numbers of a generator (Park and Miller's), from 0 to below 1. */
function randomFrom(seed: number): () => number {
  let state = (Math.abs(Math.floor(seed)) % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const MOST_MORE = 3;
const LONGEST_DELAY_MS = 250;

/**
 * Starts a run and kills it (SIGKILL), several times, each at random: every other one as soon as one of the next three documents is
 * there, which is when one would be there in part, the others up to a quarter of a second into the work on a document. Returns the numbers of documents that each kill left behind.
 * @throws Error where a run ended by itself: the kill then hit nothing
 */
export async function killAtRandom(
  args: readonly string[],
  env: Readonly<Record<string, string>> & { readonly ERAS_HOME: string },
  times: number,
  seed: number,
): Promise<number[]> {
  const random = randomFrom(seed);
  const store = join(env.ERAS_HOME, 'eras.db');
  const left: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const isAtOnce = time % 2 === 0;
    const target = countDocuments(store) + (isAtOnce ? 1 : 0) + Math.floor(random() * MOST_MORE);
    const delay = isAtOnce ? 0 : random() * LONGEST_DELAY_MS;
    const started = startEras(args, env);
    let isDone = false;
    const done = started.done.finally(() => {
      isDone = true;
    });
    while (!isDone && countDocuments(store) < target) await sleep(1);
    await sleep(delay);
    started.kill('SIGKILL');
    const { signal, code, stderr } = await done;
    if (signal !== 'SIGKILL') throw new Error(`run ${time} (seed ${seed}) ended by itself, with ${code}: ${stderr}`);
    left.push(countDocuments(store));
  }
  return left;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function withDatabase<Value>(path: string, work: (database: Database.Database) => Value): Value {
  const database = new Database(path, { readonly: true });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** Documents of a store; none where it is not there yet, or is just being made. */
function countDocuments(store: string): number {
  if (!existsSync(store)) return 0;
  try {
    return withDatabase(
      store,
      (database) => database.prepare('SELECT count(*) FROM documents').pluck().get() as number,
    );
  } catch {
    return 0;
  }
}

/** All that a store has of documents, but for the numbers of rows: those tell in which order documents came. */
export function collectionOf(home: string): Readonly<Record<string, readonly unknown[]>> {
  return withDatabase(join(home, 'eras.db'), (database) => {
    load(database);
    const all = (sql: string) => database.prepare(sql).raw().all();
    const hasVectors = all("SELECT 1 FROM sqlite_master WHERE name = 'passage_vectors'").length > 0;
    return {
      state: all('SELECT model, dimensions, collection IS NULL FROM knowledge_state'),
      documents: all('SELECT id, path, title, type, pages, hash, date, fields FROM documents ORDER BY id'),
      passages: all('SELECT id, document_id, ordinal, page, section, text, ids FROM passages ORDER BY id'),
      ids: all('SELECT passages.id, named FROM passage_ids LEFT JOIN passages USING (row) ORDER BY 1, 2'),
      words: all(
        'SELECT passages.id, passages_fts.title, passages_fts.section, body FROM passages_fts LEFT JOIN passages ON row = passages_fts.rowid ORDER BY 1, 4',
      ),
      vectors: hasVectors
        ? all(
            'SELECT passages.id, hex(embedding) FROM passage_vectors LEFT JOIN passages ON row = passage_vectors.rowid ORDER BY 1, 2',
          )
        : [],
      cached: all('SELECT key, hex(vector) FROM embeddings ORDER BY key'),
      journal: all('SELECT passage_id, is_obsolete FROM vector_journal ORDER BY 1'),
    };
  });
}
