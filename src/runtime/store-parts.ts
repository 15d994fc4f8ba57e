import type { PostgresLink } from '../adapters/postgres/postgres-link.ts';
import type { SqliteDatabase } from '../adapters/sqlite/database.ts';
import type { AssessmentStore } from '../ports/assessment-store.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { CostLedger } from '../ports/cost-ledger.ts';
import type { Mirror } from '../ports/mirror.ts';
import type { MirrorLoads } from '../ports/mirror-loads.ts';
import type { ProductIndex } from '../ports/product-index.ts';
import type { TicketLedger } from '../ports/ticket-ledger.ts';

/** What each machine has of its own, in its SQLite file: facts that it can have again. */
export interface LocalStore {
  /** The file; null where what is written is gone with the process. */
  readonly path: string | null;
  /** For what else is the machine's own: the embedded response cache and the knowledge base. */
  readonly database: SqliteDatabase;
  readonly mirror: Mirror;
  readonly mirrorLoads: MirrorLoads;
  readonly products: ProductIndex;
  /** Where a damaged file was moved to; null where nothing was wrong. */
  readonly setAside: string | null;
}

/** What nobody can have again: results, what they cost, what was written to the outside. In the same file, or in PostgreSQL for all machines. */
export interface TruthStore {
  readonly assessments: AssessmentStore;
  readonly ledger: CostLedger;
  readonly audit: AuditLog;
  readonly tickets: TicketLedger;
  /** The server that all of it is in; null: the machine's own file. */
  readonly postgres: PostgresLink | null;
}
