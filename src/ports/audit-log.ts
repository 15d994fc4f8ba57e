import type { AuditEntry } from '../domain/audit/audit-entry.ts';
import type { AuditHead, ChainReport } from '../domain/audit/verify-chain.ts';

/** The log of everything that was written to the outside. Entries are added, and never changed or removed. */
export interface AuditLog {
  /** Adds an entry, durable when it returns, even over a power cut. `detail` is JSON and holds no secrets. */
  append(entry: { readonly action: string; readonly target: string; readonly detail: unknown }): Promise<AuditEntry>;
  /** The targets of all entries of an action: what this store has set out to do, also where it was killed before it noted what came of it. */
  targetsOf(action: string): Promise<ReadonlySet<string>>;
  /** Walks the whole chain. */
  verify(): Promise<ChainReport>;
}

/** Where it is noted, apart from the log, how far the log has come: a chain alone cannot show that its end is missing. */
export interface AuditHeadKeeper {
  /** Never goes back. @throws RiskError `STORE_FAILED` */
  note(head: AuditHead): void;
  /** Null where nothing was noted. @throws RiskError `STORE_FAILED` */
  read(): AuditHead | null;
}
