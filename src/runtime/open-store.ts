import { join } from 'node:path';
import { createSqliteAssessmentStore } from '../adapters/sqlite/assessment-store.ts';
import { openDatabase, type SqliteDatabase } from '../adapters/sqlite/database.ts';
import { createSqliteMirror } from '../adapters/sqlite/mirror.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../kernel/clock.ts';
import type { AssessmentStore } from '../ports/assessment-store.ts';
import type { Mirror } from '../ports/mirror.ts';

/** The store's file in the data folder. */
export const STORE_FILE = 'eras.db';

/** The open store of a process. */
export interface OpenStore {
  readonly database: SqliteDatabase;
  readonly assessments: AssessmentStore;
  readonly mirror: Mirror;
  /** Where a damaged file was moved to; null where nothing was wrong. */
  readonly setAside: string | null;
  close(): void;
}

/** Opens the store under `ERAS_HOME`. @throws RiskError `STORE_FAILED` */
export function openStore(config: Pick<Config, 'home'>, clock: Clock): OpenStore {
  const { database, setAside } = openDatabase(join(config.home, STORE_FILE), clock.now());
  return {
    database,
    setAside,
    assessments: createSqliteAssessmentStore(database),
    mirror: createSqliteMirror(database),
    close: () => database.close(),
  };
}
