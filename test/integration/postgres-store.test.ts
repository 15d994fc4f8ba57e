import { afterAll, beforeAll, describe } from 'vitest';
import { createPostgresArchive } from '../../src/adapters/postgres/truth-archive.ts';
import { truthStoreContracts } from '../contracts/truth-stores.ts';
import { hasPostgres, type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { openTruthAt } from '../support/postgres-truth.ts';

describe.skipIf(!hasPostgres())('the store in PostgreSQL', () => {
  let server: PostgresServer;
  let url = '';
  beforeAll(async () => {
    server = await startPostgres();
    url = await server.create();
  }, 120_000);
  afterAll(() => server.stop(), 120_000);

  truthStoreContracts(async () => {
    // One database for all: a database of its own for each test is slow to make.
    await server.run(url, 'DROP SCHEMA IF EXISTS eras CASCADE');
    const store = await openTruthAt(url);
    const opened = [store];
    return {
      store,
      archive: createPostgresArchive(store.postgres),
      async reopen() {
        const other = await openTruthAt(url);
        opened.push(other);
        return other;
      },
      async close() {
        for (const one of opened) await one.close();
      },
    };
  });
});
