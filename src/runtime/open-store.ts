import { hostname, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import type { PostgresConfig } from '../adapters/postgres/postgres-config.ts';
import { createSqliteAssessmentStore } from '../adapters/sqlite/assessment-store.ts';
import { createSqliteAuditLog } from '../adapters/sqlite/audit-log.ts';
import { createSqliteCostLedger } from '../adapters/sqlite/cost-ledger.ts';
import {
  isBusy,
  isDamage,
  openDatabase,
  openMemoryDatabase,
  type SqliteDatabase,
  setDamagedAside,
} from '../adapters/sqlite/database.ts';
import { createSqliteDecisionLog } from '../adapters/sqlite/decision-log.ts';
import { createSqliteMirror } from '../adapters/sqlite/mirror.ts';
import { createSqliteMirrorLoads } from '../adapters/sqlite/mirror-loads.ts';
import { createSqliteProductIndex } from '../adapters/sqlite/product-index.ts';
import { copyToMemory, isReadOnly } from '../adapters/sqlite/read-only-copy.ts';
import { createSqliteTicketLedger } from '../adapters/sqlite/ticket-ledger.ts';
import type { Config } from '../config/config.ts';
import { isHeapBounded } from '../intake/reports/bound-heap.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { RiskError } from '../kernel/risk-error.ts';
import type { LocalStore, TruthStore } from './store-parts.ts';

/** The store's file in the data folder. */
export const STORE_FILE = 'eras.db';

/** The open store of a process. */
export interface OpenStore extends LocalStore, TruthStore {
  close(): Promise<void>;
  /**
   * Where an error came of a damaged file: closes the store, sets the file aside and returns an error that says so. Otherwise returns the error
   * as it is.
   */
  explain(error: unknown): unknown;
}

/** The configuration that a store needs. */
export type StoreConfig = Pick<Config, 'home'> & Partial<Pick<Config, 'database'>>;

/** The same mirror, but with assessments, ledger and caches that are gone with the process: what a rehearsal works on. */
export function openScratchStore(store: OpenStore): OpenStore {
  const database = openMemoryDatabase();
  return {
    ...store,
    path: null,
    database,
    ...embeddedTruth(database, systemClock, null),
    decisions: store.decisions,
    close: async () => void database.close(),
  };
}

/**
 * Opens the store: the file under `ERAS_HOME`, and PostgreSQL where `DATABASE_URL` names it.
 * @throws RiskError `STORE_FAILED`, `BAD_INPUT` for a URL that cannot be used
 */
export function openStore(config: StoreConfig, clock: Clock): Promise<OpenStore> {
  return withTruth(openStoreFile(join(config.home, STORE_FILE), clock), config, clock);
}

/**
 * Opens the store to be asked: where the file may only be read, a copy in memory, into which nothing is written for good.
 * @throws RiskError `STORE_FAILED`
 */
export async function openStoreToAsk(config: StoreConfig, clock: Clock): Promise<OpenStore> {
  const path = join(config.home, STORE_FILE);
  try {
    return await openStore(config, clock);
  } catch (error) {
    const database = isReadOnly(error) ? copyToMemory(path) : null;
    if (database === null) throw error;
    const local: OpenStore = {
      ...embedded(path, database, clock),
      path: null,
      setAside: null,
      close: async () => void database.close(),
      explain: (thrown) => thrown,
    };
    return withTruth(local, config, clock);
  }
}

/**
 * A thread reads a chunk's rows once, and writes each finding once: a cache as large as a process usually has is only memory, for each of them. So it is where
 * memory comes before speed.
 */
const SMALL_CACHE_MB = 16;

/** Opens the store in a file, all of it. @throws RiskError `STORE_FAILED` */
export function openStoreFile(path: string, clock: Clock, isSmall: boolean = isHeapBounded()): OpenStore {
  const { database, setAside, close } = openDatabase(path, clock.now(), isSmall ? SMALL_CACHE_MB : undefined);
  return {
    ...embedded(path, database, clock),
    path,
    setAside,
    close: async () => close(),
    explain(error) {
      if (isBusy(error)) {
        const message = `the store ${path} is held by another process; try again when it is done`;
        return new RiskError({ code: 'STORE_FAILED', message, cause: error });
      }
      if (!isDamage(error)) return error;
      close();
      const target = setDamagedAside(path, clock.now());
      const where = target === null ? 'it has been set aside' : `it is kept as ${target}`;
      const message = `the store ${path} is damaged; ${where}, and the next command begins a new one: run this one again`;
      return new RiskError({ code: 'STORE_FAILED', message, cause: error });
    },
  };
}

/** Opens the store for a thread of a process that has it open: the same file, and the same server as the same owner. @throws RiskError `STORE_FAILED` */
export async function openStoreOfThread(
  path: string,
  database: PostgresConfig | null,
  clock: Clock,
): Promise<OpenStore> {
  const local = openStoreFile(path, clock, true);
  return database === null ? local : joinPostgres(local, database, clock);
}

/** Puts the truth into PostgreSQL where that is configured; the rest stays the machine's own. */
async function withTruth(local: OpenStore, config: StoreConfig, clock: Clock): Promise<OpenStore> {
  if (config.database === undefined || config.database === null) return local;
  const { toServer } = await import('./postgres-server.ts');
  return joinPostgres(local, toServer(config.database), clock);
}

async function joinPostgres(local: OpenStore, server: PostgresConfig, clock: Clock): Promise<OpenStore> {
  try {
    const { openPostgresTruth } = await import('./open-postgres-truth.ts');
    const headFolder = local.path === null ? null : dirname(local.path);
    const { close, ...truth } = await openPostgresTruth(server, { clock, actor: actorName(), headFolder });
    return {
      ...local,
      ...truth,
      async close() {
        await close();
        await local.close();
      },
    };
  } catch (error) {
    await local.close();
    throw error;
  }
}

function embedded(path: string, database: SqliteDatabase, clock: Clock) {
  return {
    database,
    mirror: createSqliteMirror(database),
    mirrorLoads: createSqliteMirrorLoads(database),
    products: createSqliteProductIndex(database),
    ...embeddedTruth(database, clock, `${path}.audit-head`),
  };
}

function embeddedTruth(database: SqliteDatabase, clock: Clock, headPath: string | null): TruthStore {
  return {
    assessments: createSqliteAssessmentStore(database),
    ledger: createSqliteCostLedger(database),
    audit: createSqliteAuditLog(database, { clock, actor: actorName(), headPath }),
    tickets: createSqliteTicketLedger(database),
    decisions: createSqliteDecisionLog(database),
    postgres: null,
  };
}

/** Who the audit log says did it: the account and the machine. An account without a name (a container's number) is its number. */
export function actorName(): string {
  const account = () => {
    try {
      return userInfo().username;
    } catch {
      return String(process.getuid?.() ?? 'unknown');
    }
  };
  return `${account()}@${hostname()}`;
}
