import { fixedVersionsOf } from '../../domain/ticket/fixed-versions.ts';
import { sightingKey } from '../../domain/ticket/sighting.ts';
import type { TicketRecord } from '../../ports/ticket-ledger.ts';
import type { KnownTicket } from '../../ports/ticket-system.ts';
import { parseCorrelationId, toFixId } from './fix-id.ts';

/** The tickets of one fix: this store's records, and what the system has. */
export interface TicketsOfFix {
  /** What its ticket is called by, but for which time it is. */
  readonly name: string;
  /** The ticket that is gone on with; null where there is none, or a person closed all there are. */
  readonly record: TicketRecord | null;
  readonly known: KnownTicket | null;
  /** The latest time for which this store has made a ticket of the name; 0: it has made none. */
  readonly made: number;
  /** Further tickets that earlier rules made for what is one fix now, or that people opened again: their work is in the first. */
  readonly merged: readonly RecordedTicket[];
  /** Tickets that people closed though something of them is left: what those people saw. */
  readonly answered: readonly RecordedTicket[];
}

/** A ticket of this store, and how the system has it; null where it does not. */
export interface RecordedTicket {
  readonly record: TicketRecord;
  readonly known: KnownTicket | null;
}

interface Group {
  readonly records: TicketRecord[];
  readonly known: KnownTicket[];
}

/** Puts records and tickets together by the fix that they are for, also those that have the name of an earlier rule. */
export function ticketsOfFixes(
  records: readonly TicketRecord[],
  known: readonly KnownTicket[],
  earlierIds: ReadonlyMap<string, string>,
): ReadonlyMap<string, TicketsOfFix> {
  const ids = new Map(earlierIds);
  for (const { correlationId, fix } of records) {
    const name = parseCorrelationId(correlationId);
    if (name !== null) ids.set(name.fixId, toFixId(fix));
  }
  const groups = new Map<string, Group>();
  const groupOf = ({ correlationId }: Named): Group | null => {
    const name = parseCorrelationId(correlationId);
    if (name === null) return null;
    const fixId = ids.get(name.fixId) ?? name.fixId;
    const group = groups.get(fixId) ?? { records: [], known: [] };
    groups.set(fixId, group);
    return group;
  };
  for (const record of records) groupOf(record)?.records.push(record);
  for (const ticket of known) groupOf(ticket)?.known.push(ticket);
  return new Map([...groups].map(([fixId, group]) => [fixId, toTickets(fixId, group)]));
}

/**
 * The ticket that is gone on with is open where any is, has something left, has the name of today's rule rather than an earlier one's, and is the latest: an open one is
 * never given up for one that is closed.
 */
function toTickets(fixId: string, group: Group): TicketsOfFix {
  const byId = new Map(group.known.map((ticket) => [ticket.correlationId, ticket]));
  const all = group.records
    .map((record) => ({ record: withVersions(record), known: byId.get(record.correlationId) ?? null }))
    .toSorted((one, other) => rank(one, fixId) - rank(other, fixId) || byName(one.record, other.record));
  const answered = all.filter(isAnswered);
  const isLatest = isLatestIn(group.records);
  const [first, ...rest] = all.filter((one) => !isAnswered(one) && (isOpen(one) || isLatest(one.record)));
  const named = (first ?? answered[0])?.record ?? latestKnown(fixId, group);
  const name = named === undefined ? fixId : nameOf(named);
  const merged = rest.filter(({ record }) => record.goneAt === null);
  return {
    name,
    record:
      first === undefined
        ? null
        : withSightings(
            first.record,
            merged.map(({ record }) => record),
          ),
    known: first !== undefined && isOpen(first) ? first.known : (latestOf(name, group.known) ?? null),
    made: timeOf(latestOf(name, group.records)),
    merged,
    answered,
  };
}

function rank(ticket: RecordedTicket, fixId: string): number {
  const state = isOpen(ticket) ? 0 : isAnswered(ticket) ? 6 : ticket.record.goneAt === null ? 2 : 4;
  return state + (nameOf(ticket.record) === fixId ? 0 : 1);
}

/** Names in their order, of one name the latest first. */
function byName(one: Named, other: Named): number {
  const [mine, theirs] = [nameOf(one), nameOf(other)];
  return mine === theirs ? timeOf(other) - timeOf(one) : mine < theirs ? -1 : 1;
}

function isOpen({ record, known }: RecordedTicket): boolean {
  return record.goneAt === null && known?.isOpen === true;
}

/** Whether a person has closed a ticket: where ERAS closes one, nothing of it is left. */
function isAnswered({ record, known }: RecordedTicket): boolean {
  return record.goneAt === null && known?.isOpen === false;
}

/** Of tickets that this store has no record of, the open one, else the one with the name of today's rule. */
function latestKnown(fixId: string, { known }: Group): KnownTicket | undefined {
  const rankOf = (ticket: KnownTicket) => (ticket.isOpen ? 0 : 2) + (nameOf(ticket) === fixId ? 0 : 1);
  return known.filter(isLatestIn(known)).toSorted((one, other) => rankOf(one) - rankOf(other) || byName(one, other))[0];
}

function latestOf<Ticket extends Named>(name: string, all: readonly Ticket[]): Ticket | undefined {
  return all.filter((one) => nameOf(one) === name).toSorted(byName)[0];
}

/** A sighting that does not tell what mends it is as its ticket had it. */
function withVersions(record: TicketRecord): TicketRecord {
  const { fix, sightings } = record;
  if (fix.kind !== 'upgrade' || sightings.every((one) => one.fixedVersions !== undefined)) return record;
  const fixedVersions = fixedVersionsOf(fix.fixedVersion);
  return { ...record, sightings: sightings.map((sighting) => ({ fixedVersions, ...sighting })) };
}

function withSightings(record: TicketRecord, others: readonly TicketRecord[]): TicketRecord {
  if (others.length === 0) return record;
  const byKey = new Map(record.sightings.map((sighting) => [sightingKey(sighting), sighting]));
  for (const sighting of others.flatMap(({ sightings }) => sightings)) {
    const before = byKey.get(sightingKey(sighting));
    if (before === undefined || before.seenAt < sighting.seenAt) byKey.set(sightingKey(sighting), sighting);
  }
  return { ...record, sightings: [...byKey.values()] };
}

interface Named {
  readonly correlationId: string;
}

function nameOf({ correlationId }: Named): string {
  return parseCorrelationId(correlationId)?.fixId ?? '';
}

function timeOf(ticket: Named | undefined): number {
  return ticket === undefined ? 0 : (parseCorrelationId(ticket.correlationId)?.occurrence ?? 0);
}

/** Of those with one name only the one that has it for the last time. */
function isLatestIn<Ticket extends Named>(all: readonly Ticket[]): (one: Named) => boolean {
  const latest = new Map<string, number>();
  for (const one of all) latest.set(nameOf(one), Math.max(timeOf(one), latest.get(nameOf(one)) ?? 0));
  return (one) => latest.get(nameOf(one)) === timeOf(one);
}
