import { randomUUID } from 'node:crypto';
import pRetry from 'p-retry';
import pg from 'pg';
import { RiskError } from '../../kernel/risk-error.ts';
import { planConnection } from './connection-options.ts';
import { migrate } from './migrate.ts';
import type { PostgresConfig } from './postgres-config.ts';
import { codeOf, declines, isPassing, type ServerPlace, toStoreError } from './postgres-errors.ts';
import type { Query } from './query.ts';

/** A process' way to the server. All its errors are RiskErrors of one line, without secrets. */
export interface PostgresLink {
  readonly config: PostgresConfig;
  /** Where it is, for people. */
  readonly place: ServerPlace;
  /** Such as `15.8`. */
  readonly version: string;
  /** By which this store is known from every other one. */
  readonly storeId: string;
  /** Asks. What is asked here may be asked twice: a lost connection is made anew, for as long as patience lasts. */
  read<Value>(work: (query: Query) => Promise<Value>): Promise<Value>;
  /** Writes in one statement that may be repeated what nobody can have again: the server is waited for much longer. */
  keep(work: (query: Query) => Promise<unknown>): Promise<void>;
  /**
   * Writes, all or nothing, and once: where the connection is lost while the end of the transaction is awaited, nothing is repeated that came about.
   */
  write<Value>(work: (query: Query) => Promise<Value>): Promise<Value>;
  /** Work on one connection, begun once: what it reads is one moment's, what it writes is there whole or not at all. */
  attempt<Value>(
    isolation: 'repeatable read, read only' | 'read committed',
    work: (query: Query) => Promise<Value>,
  ): Promise<Value>;
  /** Work of a library that may be repeated, over the same connections. */
  lend<Value>(work: (pool: pg.Pool) => Promise<Value>): Promise<Value>;
  close(): Promise<void>;
}

/** The oldest version with what is used here (`gen_random_uuid` of its own). */
const LEAST_VERSION = 13;
/** Also how long a call waits for its turn. */
const CONNECT_TIMEOUT_MS = 20_000;
/** How much longer than its own limit the server is waited for: it tells itself when a statement takes too long. */
const SILENCE_MS = 10_000;
/** What was paid for is worth more patience than a job, which is done again. */
const KEEPING_MS = 15 * 60_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2000;

/** Opens the way to the server and brings the store to the present schema. @throws RiskError `STORE_FAILED`, `BAD_INPUT` for the URL */
export async function openPostgres(config: PostgresConfig, least: number = LEAST_VERSION): Promise<PostgresLink> {
  const { pool, place } = await connect(config);
  const guarded = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work();
    } catch (error) {
      throw toStoreError(error, place);
    }
  };
  const persist = <Value>(work: () => Promise<Value>) => guarded(() => repeat(work, config.patienceMs, isPassing));
  const processId = randomUUID();
  let writes = 0;
  const close = async () => {
    // Whoever comes to its end needs its tokens no more.
    if (writes > 0) await forgetTokens(pool, processId).catch(() => undefined);
    await pool.end();
  };
  try {
    const version = await guarded(() => checkServer(pool, place, least));
    const storeId = await persist(() => withClient(pool, migrate));
    return {
      config,
      place,
      version,
      storeId,
      read: (work) => persist(() => work(queryOf(pool))),
      async keep(work) {
        await guarded(() => repeat(() => work(queryOf(pool)), KEEPING_MS, isPassing));
      },
      write(work) {
        writes += 1;
        return persist(createWriter(pool, [processId, writes], work));
      },
      attempt: (isolation, work) =>
        guarded(() =>
          withClient(pool, async (query) => {
            await query(`BEGIN ISOLATION LEVEL ${isolation}`);
            const value = await work(query);
            await query('COMMIT');
            return value;
          }),
        ),
      lend: (work) => persist(() => work(pool)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Also those of processes that ended a day ago or more, however they did. */
async function forgetTokens(pool: pg.Pool, processId: string): Promise<void> {
  await queryOf(pool)(`DELETE FROM eras.write_tokens WHERE process = $1 OR written_at < now() - interval '1 day'`, [
    processId,
  ]);
}

/** Connects in the first way that the server takes. A server that is about to be ready is waited for; one that is not there is told at once. */
async function connect(config: PostgresConfig): Promise<{ pool: pg.Pool; place: ServerPlace }> {
  const { ways, begins } = planConnection(config.url);
  for (const [index, way] of ways.entries()) {
    const place = placeOf(way);
    const pool = new pg.Pool({
      ...way,
      max: config.poolSize,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: config.timeoutMs,
      query_timeout: config.timeoutMs + SILENCE_MS,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      allowExitOnIdle: true,
      application_name: 'eras',
    });
    // A connection that dies is found out by whoever uses it next.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    try {
      await repeat(
        () => pool.query('SELECT 1'),
        config.patienceMs,
        (error) => /^(?:57P03|53300)$/.test(codeOf(error)),
      );
      return { pool, place };
    } catch (error) {
      await pool.end();
      const hasOther = index + 1 < ways.length;
      if (!hasOther || !declines(error, begins)) throw toStoreError(error, place);
    }
  }
  throw new Error('there is no way to connect');
}

/** @throws RiskError `BAD_INPUT` where a certificate cannot be read */
function placeOf(way: pg.ClientConfig): ServerPlace {
  try {
    const { host, port, user, database } = new pg.Client(way);
    return { address: host.startsWith('/') ? host : `${host}:${port}`, user: user ?? '', database: database ?? '' };
  } catch (cause) {
    const reason = codeOf(cause) === '' ? 'it cannot be read as a URL' : `a file that it names: ${codeOf(cause)}`;
    throw new RiskError({ code: 'BAD_INPUT', message: `DATABASE_URL cannot be used: ${reason}`, cause });
  }
}

/** Repeats work that may succeed later; `patienceMs` counts from its first failure. */
function repeat<Value>(
  work: () => Promise<Value>,
  patienceMs: number,
  may: (error: unknown) => boolean,
): Promise<Value> {
  let failingSince: number | null = null;
  return pRetry(work, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: FIRST_WAIT_MS,
    maxTimeout: LONGEST_WAIT_MS,
    randomize: true,
    shouldRetry({ error }) {
      failingSince ??= performance.now();
      return may(error) && performance.now() - failingSince < patienceMs;
    },
  });
}

async function checkServer(pool: pg.Pool, { address }: ServerPlace, least: number): Promise<string> {
  const { rows } = await pool.query<{ version: string; encoding: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding`,
  );
  const { version = '', encoding = '' } = rows[0] ?? {};
  const refuse = (message: string) =>
    new RiskError({ code: 'STORE_FAILED', message: `PostgreSQL at ${address} ${message}` });
  if (Number.parseInt(version, 10) < least) throw refuse(`is version ${version}; ERAS needs ${least} or newer`);
  if (encoding !== 'UTF8') throw refuse(`keeps this database in ${encoding}; create one with ENCODING 'UTF8'`);
  return version.split(' ', 1)[0] ?? version;
}

function queryOf(on: pg.Pool | pg.PoolClient): Query {
  return async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await on.query<Row>(text, [...values])).rows;
}

/** Work on one connection, which is thrown away where it failed: nobody knows in which state it is. */
async function withClient<Value>(pool: pg.Pool, work: (query: Query) => Promise<Value>): Promise<Value> {
  const client = await pool.connect();
  let failure: Error | boolean = true;
  try {
    const value = await work(queryOf(client));
    failure = false;
    return value;
  } finally {
    client.release(failure);
  }
}

/**
 * One transaction, however often it must be begun. Its first row is a token of its own: where nobody heard how it ended, the next attempt
 * cannot add the same token before the one before it has ended, and not at all where that came about. (A transaction's number would not do: after a crash
 * the server may give it to another one.)
 */
function createWriter<Value>(
  pool: pg.Pool,
  token: readonly [process: string, number: number],
  work: (query: Query) => Promise<Value>,
): () => Promise<Value> {
  let uncertain: { readonly value: Value } | null = null;
  return () =>
    withClient(pool, async (query) => {
      await query('BEGIN');
      const added = await query(
        'INSERT INTO eras.write_tokens (process, number) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING number',
        token,
      );
      if (uncertain !== null && added.length === 0) {
        await query('ROLLBACK');
        return uncertain.value;
      }
      const value = await work(query);
      try {
        await query('COMMIT');
      } catch (error) {
        uncertain = { value };
        throw error;
      }
      return value;
    });
}
