import { createSqliteCheckpointer } from '../adapters/sqlite/checkpointer.ts';
import { createSqliteTicketLedger } from '../adapters/sqlite/ticket-ledger.ts';
import { createTicketingUseCase, type Ticketing } from '../assessment/tickets/create-tickets.ts';
import { RiskError } from '../kernel/risk-error.ts';
import type { TicketSystem } from '../ports/ticket-system.ts';
import type { OpenStore } from './open-store.ts';

/** Makes the ticket system that is configured; null where none is. */
export type TicketSystemFactory = (() => TicketSystem) | null;

/** Before each look for a write whose answer was lost, milliseconds: a system that is slow to answer may be at it still. */
const WAITS_MS = [1000, 4000];

/** Puts ticketing together over an open store. @throws RiskError `BAD_INPUT` where no ticket system is configured */
export function createTicketing(
  store: OpenStore,
  createTicketSystem: TicketSystemFactory,
  waitsMs: readonly number[] = WAITS_MS,
): Ticketing {
  return createTicketingUseCase({
    store: store.assessments,
    ledger: createSqliteTicketLedger(store.database),
    audit: store.audit,
    checkpointer: createSqliteCheckpointer(store.database),
    system: demandTicketSystem(createTicketSystem)(),
    assetSource: 'servicenow',
    waitsMs,
  });
}

/** @throws RiskError `BAD_INPUT` where no ticket system is configured */
export function demandTicketSystem(createTicketSystem: TicketSystemFactory): () => TicketSystem {
  if (createTicketSystem !== null) return createTicketSystem;
  const message = '--create-tickets needs a ticket system: set SERVICENOW_INSTANCE_URL and its credentials';
  throw new RiskError({ code: 'BAD_INPUT', message });
}
