import type { AuditEntry } from '../domain/audit/audit-entry.ts';
import type { ChainReport } from '../domain/audit/verify-chain.ts';

/** The log of everything that was written to the outside. Entries are added, and never changed or removed. */
export interface AuditLog {
  /** Adds an entry, durable when it returns, even over a power cut. `detail` is JSON and holds no secrets. */
  append(entry: { readonly action: string; readonly target: string; readonly detail: unknown }): Promise<AuditEntry>;
  /** Walks the whole chain. */
  verify(): Promise<ChainReport>;
}
