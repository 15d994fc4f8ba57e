import { createPostgresArchive } from '../adapters/postgres/truth-archive.ts';
import { backUpDatabase } from '../adapters/sqlite/backup.ts';
import { createSqliteArchive } from '../adapters/sqlite/truth-archive.ts';
import type { TruthArchive } from '../ports/truth-archive.ts';
import type { OpenStore } from './open-store.ts';

/** What the store holds that nobody can have again, as a whole. */
export function openArchive({ postgres, database }: OpenStore): TruthArchive {
  return postgres === null ? createSqliteArchive(database) : createPostgresArchive(postgres);
}

/** Copies the machine's own file as one moment sees it. @throws RiskError `OUTPUT_FAILED` */
export function backUpFile({ database }: OpenStore, path: string): Promise<void> {
  return backUpDatabase(database, path);
}
