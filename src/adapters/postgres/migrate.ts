import { RiskError } from '../../kernel/risk-error.ts';
import { LOCKS } from './locks.ts';
import { MIGRATIONS } from './migrations.ts';
import { codeOf } from './postgres-errors.ts';
import type { Query } from './query.ts';
import { setUpCheckpoints } from './set-up-checkpoints.ts';

/**
 * Brings the store to the present schema and returns its id. Of several processes that start at once, one does it and the others wait.
 * @throws RiskError `STORE_FAILED` where a newer version has written it
 */
export async function migrate(query: Query): Promise<string> {
  if ((await versionOf(query)) !== MIGRATIONS.length) {
    await query('SELECT pg_advisory_lock($1)', [LOCKS.migration]);
    try {
      await takeSteps(query);
    } finally {
      await query('SELECT pg_advisory_unlock($1)', [LOCKS.migration]);
    }
  }
  const [state] = await query<{ id: string }>('SELECT id FROM eras.store_state');
  return state?.id ?? '';
}

async function takeSteps(query: Query): Promise<void> {
  const version = await versionOf(query);
  if (version > MIGRATIONS.length) {
    throw new RiskError({
      code: 'STORE_FAILED',
      message: `the store in PostgreSQL was written by a newer version of ERAS (schema ${version}, this one knows ${MIGRATIONS.length}); update ERAS or name another database in DATABASE_URL`,
    });
  }
  if (version === 0) {
    // Where somebody has made the schema for an account that may make none, that is enough.
    const [found] = await query(`SELECT 1 FROM pg_namespace WHERE nspname = 'eras'`);
    if (found === undefined) await query('CREATE SCHEMA eras');
    await setUpCheckpoints(query);
  }
  for (let step = version; step < MIGRATIONS.length; step += 1) {
    await query('BEGIN');
    if (step === 0) await query('CREATE TABLE eras.schema_version (version integer NOT NULL)');
    if (step === 0) await query('INSERT INTO eras.schema_version VALUES (0)');
    await query(MIGRATIONS[step] ?? '');
    await query('UPDATE eras.schema_version SET version = $1', [step + 1]);
    await query('COMMIT');
  }
}

/** Steps taken so far; 0 where there is no store yet. */
async function versionOf(query: Query): Promise<number> {
  try {
    const [row] = await query<{ version: number }>('SELECT version FROM eras.schema_version');
    return row?.version ?? 0;
  } catch (error) {
    // No such table, no such schema.
    if (codeOf(error) === '42P01' || codeOf(error) === '3F000') return 0;
    throw error;
  }
}
