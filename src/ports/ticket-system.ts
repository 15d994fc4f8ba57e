import type { RecordName } from '../domain/ticket/record-place.ts';
import type { SourceCall } from './vulnerability-source.ts';

/** A piece of work for people: one fix, whatever number of vulnerabilities it mends and of assets it is made on. */
export interface Ticket {
  /** Names the fix, the same at every run: by it a ticket is found again. */
  readonly correlationId: string;
  readonly title: string;
  readonly description: string;
  /** 1 (critical) to 5 (planning), as the ticket system's priorities. */
  readonly priority: 1 | 2 | 3 | 4 | 5;
  /** `YYYY-MM-DD`; null where no day is set. */
  readonly dueDate: string | null;
  /** The system's own id of the asset, where all of the fix is on one that came from it. */
  readonly assetId: string | null;
}

/** A ticket as the system has it. */
export interface KnownTicket {
  /** The system's own id. */
  readonly id: string;
  /** The number that people call it by. */
  readonly number: string;
  readonly correlationId: string;
  readonly isOpen: boolean;
  readonly title: string;
  readonly description: string;
  /** Further open ones that people gave the same correlation id; left out where there are none. */
  readonly copies?: readonly Pick<KnownTicket, 'id' | 'number'>[];
}

/** A record of work as it is now: what vulnerabilities came from. */
export interface RecordState extends RecordName {
  /** Whether anybody still works at it, or has yet to. */
  readonly isActive: boolean;
  /** What people wrote in it, one text. */
  readonly text: string;
  /** Where the text is only the beginning of what stands there. */
  readonly isCut?: true;
}

/** A request that a plan would make, exactly, without credentials: what `--dry-run` prints. */
export interface PlannedRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly body: unknown;
}

/**
 * Where tickets are kept. Never sends a write twice by itself: where the answer of a creation was lost, whoever asked looks for the correlation
 * id before trying again. @throws RiskError `SOURCE_UNAVAILABLE` where it cannot be reached or refuses
 */
export interface TicketSystem {
  /** Tickets whose correlation id begins so, open or closed, by correlation id. */
  findTickets(prefix: string, call: SourceCall): Promise<ReadonlyMap<string, KnownTicket>>;
  /** Records of work by their numbers; those that are not there, or may not be seen, are left out. */
  readRecords(names: readonly RecordName[], call: SourceCall): Promise<readonly RecordState[]>;
  create(ticket: Ticket, call: SourceCall): Promise<KnownTicket>;
  update(id: string, ticket: Ticket, call: SourceCall): Promise<void>;
  /** Closes a ticket with a note for people. */
  close(id: string, note: string, call: SourceCall): Promise<void>;
  /** The requests that these would make. */
  plan(
    action:
      | { readonly create: Ticket }
      | { readonly update: string; readonly to: Ticket }
      | { readonly close: string; readonly note: string },
  ): PlannedRequest;
}
