import { join } from 'node:path';
import { createPostgresAssessmentStore } from '../adapters/postgres/assessment-store.ts';
import { createPostgresAuditLog } from '../adapters/postgres/audit-log.ts';
import { createPostgresCostLedger } from '../adapters/postgres/cost-ledger.ts';
import type { PostgresConfig } from '../adapters/postgres/postgres-config.ts';
import { openPostgres, type PostgresLink } from '../adapters/postgres/postgres-link.ts';
import { createPostgresTicketLedger } from '../adapters/postgres/ticket-ledger.ts';
import { noteAuditHead, readAuditHead } from '../adapters/sqlite/audit-head.ts';
import type { Clock } from '../kernel/clock.ts';
import type { AuditHeadKeeper } from '../ports/audit-log.ts';
import type { TruthStore } from './store-parts.ts';

/** Who writes, and where this machine keeps what it notes of the audit log; null: nowhere. */
export interface PostgresWriter {
  readonly clock: Clock;
  readonly actor: string;
  readonly headFolder: string | null;
}

/** What is kept in PostgreSQL, open. */
export interface PostgresTruth extends TruthStore {
  readonly postgres: PostgresLink;
  close(): Promise<void>;
}

/** Opens what is kept in PostgreSQL. @throws RiskError `STORE_FAILED`, `BAD_INPUT` for a URL that cannot be used */
export async function openPostgresTruth(
  server: PostgresConfig,
  { clock, actor, headFolder }: PostgresWriter,
): Promise<PostgresTruth> {
  const postgres = await openPostgres(server);
  const head = headFolder === null ? null : keepHead(join(headFolder, `audit-head-${postgres.storeId}.json`));
  return {
    assessments: createPostgresAssessmentStore(postgres),
    ledger: createPostgresCostLedger(postgres),
    audit: createPostgresAuditLog(postgres, { clock, actor, head }),
    tickets: createPostgresTicketLedger(postgres),
    postgres,
    close: () => postgres.close(),
  };
}

/** On each machine, one file a database: what one of them noted, another one's disk cannot lose. */
function keepHead(path: string): AuditHeadKeeper {
  return { note: (head) => noteAuditHead(path, head), read: () => readAuditHead(path) };
}
