import { createPostgresCheckpointer } from '../adapters/postgres/checkpointer.ts';
import { createSqliteCheckpointer } from '../adapters/sqlite/checkpointer.ts';
import type { Checkpointer } from '../agents/supervisor/graph.ts';
import type { OpenStore } from './open-store.ts';

/** Where the steps of the graphs are remembered: beside the assessments. */
export function openCheckpointer({ postgres, database }: OpenStore): Checkpointer {
  return postgres === null ? createSqliteCheckpointer(database) : createPostgresCheckpointer(postgres);
}
