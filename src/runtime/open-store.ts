import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
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
import { createSqliteMirror } from '../adapters/sqlite/mirror.ts';
import { createSqliteMirrorLoads } from '../adapters/sqlite/mirror-loads.ts';
import { createSqliteProductIndex } from '../adapters/sqlite/product-index.ts';
import { copyToMemory, isReadOnly } from '../adapters/sqlite/read-only-copy.ts';
import type { Config } from '../config/config.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { RiskError } from '../kernel/risk-error.ts';
import type { AssessmentStore } from '../ports/assessment-store.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { CostLedger } from '../ports/cost-ledger.ts';
import type { Mirror } from '../ports/mirror.ts';
import type { MirrorLoads } from '../ports/mirror-loads.ts';
import type { ProductIndex } from '../ports/product-index.ts';

/** The store's file in the data folder. */
export const STORE_FILE = 'eras.db';

/** The open store of a process. */
export interface OpenStore {
  /** Its file; null where what is written is gone with the process. */
  readonly path: string | null;
  readonly database: SqliteDatabase;
  readonly assessments: AssessmentStore;
  readonly mirror: Mirror;
  readonly mirrorLoads: MirrorLoads;
  readonly productIndex: ProductIndex;
  readonly ledger: CostLedger;
  readonly audit: AuditLog;
  /** Where a damaged file was moved to; null where nothing was wrong. */
  readonly setAside: string | null;
  close(): void;
  /**
   * Where an error came of a damaged file: closes the store, sets the file aside and returns an error that says so. Otherwise returns the error
   * as it is.
   */
  explain(error: unknown): unknown;
}

/** The same mirror, but with assessments, ledger and caches that are gone with the process: what a rehearsal works on. */
export function openScratchStore(store: OpenStore): OpenStore {
  const database = openMemoryDatabase();
  return {
    ...store,
    path: null,
    database,
    assessments: createSqliteAssessmentStore(database),
    ledger: createSqliteCostLedger(database),
    audit: createSqliteAuditLog(database, { clock: systemClock, actor: actorName(), headPath: null }),
    close: () => database.close(),
  };
}

/** Opens the store under `ERAS_HOME`. @throws RiskError `STORE_FAILED` */
export function openStore(config: Pick<Config, 'home'>, clock: Clock): OpenStore {
  return openStoreFile(join(config.home, STORE_FILE), clock);
}

/**
 * Opens the store to be asked: where it may only be read, a copy in memory, into which nothing is written for good.
 * @throws RiskError `STORE_FAILED`
 */
export function openStoreToAsk(config: Pick<Config, 'home'>, clock: Clock): OpenStore {
  try {
    return openStore(config, clock);
  } catch (error) {
    const database = isReadOnly(error) ? copyToMemory(join(config.home, STORE_FILE)) : null;
    if (database === null) throw error;
    return {
      ...partsOf(join(config.home, STORE_FILE), database, clock),
      path: null,
      database,
      setAside: null,
      close: () => database.close(),
      explain: (thrown) => thrown,
    };
  }
}

function partsOf(
  path: string,
  database: SqliteDatabase,
  clock: Clock,
): Pick<OpenStore, 'assessments' | 'mirror' | 'mirrorLoads' | 'productIndex' | 'ledger' | 'audit'> {
  return {
    assessments: createSqliteAssessmentStore(database),
    mirror: createSqliteMirror(database),
    mirrorLoads: createSqliteMirrorLoads(database),
    productIndex: createSqliteProductIndex(database),
    ledger: createSqliteCostLedger(database),
    audit: createSqliteAuditLog(database, { clock, actor: actorName(), headPath: `${path}.audit-head` }),
  };
}

/** Opens the store in a file. @throws RiskError `STORE_FAILED` */
export function openStoreFile(path: string, clock: Clock): OpenStore {
  const { database, setAside, close } = openDatabase(path, clock.now());
  return {
    path,
    database,
    setAside,
    ...partsOf(path, database, clock),
    close,
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

/** Who the audit log says did it: the account and the machine. An account without a name (a container's number) is its number. */
function actorName(): string {
  const account = () => {
    try {
      return userInfo().username;
    } catch {
      return String(process.getuid?.() ?? 'unknown');
    }
  };
  return `${account()}@${hostname()}`;
}
