import { afterAll, beforeAll, describe } from 'vitest';
import { truthStoreContracts } from '../contracts/truth-stores.ts';
import { hasPostgres, type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { openTruthAt } from '../support/postgres-truth.ts';

describe.skipIf(!hasPostgres())('the store in PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.stop());

  truthStoreContracts(async () => {
    const url = await server.create();
    const store = await openTruthAt(url);
    const opened = [store];
    return {
      store,
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
