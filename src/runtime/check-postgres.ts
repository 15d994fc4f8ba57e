import type { Check } from '../assessment/doctor.ts';
import type { Config } from '../config/config.ts';
import { systemClock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/risk-error.ts';
import type { PostgresTruth } from './open-postgres-truth.ts';

/** What doctor finds of PostgreSQL, and the store in it where it can be used: it is no help but a need, once it is named. */
export async function checkPostgres({
  database,
}: Pick<Config, 'database'>): Promise<{ check: Check[]; truth: PostgresTruth | null }> {
  if (database === null) return { check: [], truth: null };
  const name = 'postgres';
  const [{ openPostgresTruth }, { toServer }] = await Promise.all([
    import('./open-postgres-truth.ts'),
    import('./postgres-server.ts'),
  ]);
  try {
    const truth = await openPostgresTruth(toServer(database), { clock: systemClock, actor: '', headFolder: null });
    const { version, place } = truth.postgres;
    const where = `version ${version} at ${place.address}, database ${place.database}`;
    const [mode] = await truth.postgres.read((query) =>
      query<{ isReadOnly: boolean }>(`SELECT current_setting('transaction_read_only') = 'on' AS "isReadOnly"`),
    );
    if (mode?.isReadOnly === true) {
      const fix = 'DATABASE_URL must name the server that takes writes, and a database that is not set read-only';
      return { check: [{ name, status: 'fail', detail: `${where}: it may only be read`, fix }], truth };
    }
    const detail = `${where}: assessments, costs, tickets and audit log`;
    return { check: [{ name, status: 'ok', detail, fix: null }], truth };
  } catch (error) {
    const fix = 'look at DATABASE_URL and at the server that it names; docs/guide/postgres.md tells how it is set up';
    return { check: [{ name, status: 'fail', detail: messageOf(error), fix }], truth: null };
  }
}
