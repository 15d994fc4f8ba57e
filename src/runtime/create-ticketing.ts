import { SERVICENOW_ASSETS } from '../adapters/servicenow/configuration-item.ts';
import { createTicketingUseCase, type Ticketing } from '../assessment/tickets/create-tickets.ts';
import type { Config } from '../config/config.ts';
import { RiskError } from '../kernel/risk-error.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { TicketSystem } from '../ports/ticket-system.ts';
import { createServiceHttp } from './create-service-http.ts';
import { createServiceNow } from './create-servicenow.ts';
import { openCheckpointer } from './open-checkpointer.ts';
import type { OpenStore } from './open-store.ts';

/** Makes the ticket system that is configured; null where none is. */
export type TicketSystemFactory = ((telemetry?: Telemetry) => TicketSystem) | null;

/** The ticket system of a configuration. */
export function findTicketSystem(config: Config): TicketSystemFactory {
  if (config.serviceNow === null) return null;
  return (telemetry) => createServiceNow(config, createServiceHttp(config, telemetry)).tickets;
}

/** Before each look for a write whose answer was lost, milliseconds: a system that is slow to answer may be at it still. */
const WAITS_MS = [1000, 4000];

/** How ticketing waits, and who listens. */
export interface TicketingOptions {
  readonly waitsMs?: readonly number[];
  readonly telemetry?: Telemetry;
}

/** Puts ticketing together over an open store. @throws RiskError `BAD_INPUT` where no ticket system is configured */
export function createTicketing(
  store: OpenStore,
  createTicketSystem: TicketSystemFactory,
  { waitsMs = WAITS_MS, telemetry }: TicketingOptions = {},
): Ticketing {
  return createTicketingUseCase({
    store: store.assessments,
    ledger: store.tickets,
    audit: store.audit,
    checkpointer: openCheckpointer(store),
    system: demandTicketSystem(createTicketSystem)(telemetry),
    assetSource: SERVICENOW_ASSETS,
    waitsMs,
  });
}

/** @throws RiskError `BAD_INPUT` where no ticket system is configured, or there is to be no network */
export function demandTicketSystem(factory: TicketSystemFactory, isOffline = false): NonNullable<TicketSystemFactory> {
  const refuse = (message: string) => new RiskError({ code: 'BAD_INPUT', message });
  if (isOffline) throw refuse('--create-tickets needs the network, which --offline and ERAS_OFFLINE rule out');
  if (factory !== null) return factory;
  throw refuse('--create-tickets needs a ticket system: set SERVICENOW_INSTANCE_URL and its credentials');
}
