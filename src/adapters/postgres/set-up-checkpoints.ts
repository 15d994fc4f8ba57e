import type pg from 'pg';
import type { Query } from './query.ts';

/** The schema that checkpoints are in, beside the rest. */
export const CHECKPOINT_SCHEMA = 'eras';

/** Makes the tables of LangGraph's checkpoints, on the connection that holds the lock. They stand for the version of the package that is pinned. */
export async function setUpCheckpoints(query: Query): Promise<void> {
  const { PostgresSaver } = await import('@langchain/langgraph-checkpoint-postgres');
  const client = {
    async query(text: string, values?: unknown[]) {
      // The schema is there, and to ask for it takes a right that the account need not have.
      return text.startsWith('CREATE SCHEMA') ? { rows: [] } : { rows: await query(text, values) };
    },
    release: () => undefined,
  };
  const pool = { connect: async () => client } as unknown as pg.Pool;
  await new PostgresSaver(pool, undefined, { schema: CHECKPOINT_SCHEMA }).setup();
}
