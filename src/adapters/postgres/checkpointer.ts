import { BaseCheckpointSaver, type CheckpointTuple } from '@langchain/langgraph-checkpoint';
import { once } from '../../kernel/once.ts';
import type { PostgresLink } from './postgres-link.ts';
import { CHECKPOINT_SCHEMA } from './set-up-checkpoints.ts';

type Parameters<Name extends 'getTuple' | 'list' | 'put' | 'putWrites'> = Parameters_<BaseCheckpointSaver[Name]>;
type Parameters_<Work> = Work extends (...parameters: infer Listed) => unknown ? Listed : never;

/**
 * The supervisor's checkpoints, in PostgreSQL. The package that writes them is loaded with the first one; its statements are idempotent, and repeated
 * where the connection is lost.
 */
export function createPostgresCheckpointer(link: PostgresLink): BaseCheckpointSaver {
  return new PostgresCheckpointer(link);
}

const loadSaver = once(async () => (await import('@langchain/langgraph-checkpoint-postgres')).PostgresSaver);

class PostgresCheckpointer extends BaseCheckpointSaver {
  readonly #link: PostgresLink;

  constructor(link: PostgresLink) {
    super();
    this.#link = link;
  }

  override getTuple(...parameters: Parameters<'getTuple'>) {
    return this.#use((saver) => saver.getTuple(...parameters));
  }

  override async *list(...parameters: Parameters<'list'>) {
    const tuples = await this.#use(async (saver) => {
      const listed: CheckpointTuple[] = [];
      for await (const tuple of saver.list(...parameters)) listed.push(tuple);
      return listed;
    });
    yield* tuples;
  }

  override put(...parameters: Required<Parameters<'put'>>) {
    return this.#use((saver) => saver.put(...parameters));
  }

  override putWrites(...parameters: Parameters<'putWrites'>) {
    return this.#use((saver) => saver.putWrites(...parameters));
  }

  override deleteThread(threadId: string) {
    return this.#use((saver) => saver.deleteThread(threadId));
  }

  #use<Value>(work: (saver: BaseCheckpointSaver) => Promise<Value>): Promise<Value> {
    return this.#link.lend(async (pool) => {
      const PostgresSaver = await loadSaver();
      return work(new PostgresSaver(pool, undefined, { schema: CHECKPOINT_SCHEMA }));
    });
  }
}
