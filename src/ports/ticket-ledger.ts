import type { Fix } from '../domain/ticket/fix.ts';
import type { FixSighting } from '../domain/ticket/sighting.ts';

/** A ticket that this store's assessments made, and what it is about. */
export interface TicketRecord {
  readonly correlationId: string;
  /** The same for a fix that came back, whose ticket is another one. */
  readonly fixId: string;
  readonly fix: Fix;
  /** The ticket system's own id. */
  readonly ticketId: string;
  readonly number: string;
  /** Of what was written to the ticket last. */
  readonly contentHash: string;
  /** When the assessment began that found nothing of it left, ISO 8601; null while something is. */
  readonly goneAt: string | null;
  readonly sightings: readonly FixSighting[];
}

/** What this store knows of its tickets. Every write is durable when it returns. */
export interface TicketLedger {
  load(): Promise<readonly TicketRecord[]>;
  /** Adds a record, or replaces it with its sightings. */
  save(record: TicketRecord): Promise<void>;
  /** Makes this process the one that writes tickets; false where another live process does. */
  claimWriter(): Promise<boolean>;
  releaseWriter(): Promise<void>;
}
