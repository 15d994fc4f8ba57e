import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite';
import type { SqliteDatabase } from './database.ts';

/** The supervisor's checkpoints, in the embedded store. */
export function createSqliteCheckpointer(database: SqliteDatabase): SqliteSaver {
  return new SqliteSaver(database);
}
