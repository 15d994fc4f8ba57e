import { fixedVersionsOf } from '../../domain/ticket/fixed-versions.ts';
import { sightingKey } from '../../domain/ticket/sighting.ts';
import type { TicketRecord } from '../../ports/ticket-ledger.ts';
import type { KnownTicket } from '../../ports/ticket-system.ts';
import { parseCorrelationId, toFixId } from './fix-id.ts';

/** The tickets of one fix: this store's records, and what the system has. */
export interface TicketsOfFix {
  /** What its ticket is called by, but for which time it is. */
  readonly name: string;
  readonly record: TicketRecord | null;
  readonly known: KnownTicket | null;
  /** Further tickets that earlier rules made for what is one fix now: their work is in the first. */
  readonly merged: readonly { readonly record: TicketRecord; readonly known: KnownTicket | null }[];
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
  const groupOf = ({ correlationId }: { readonly correlationId: string }): Group | null => {
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

/** The ticket that is gone on with has something left or is open, has the name of today's rule rather than an earlier one's, and is the latest. */
function toTickets(fixId: string, group: Group): TicketsOfFix {
  const records = group.records.filter(isLatestIn(group.records)).map(withVersions);
  const known = group.known.filter(isLatestIn(group.known));
  const byName = new Map(known.map((ticket) => [nameOf(ticket), ticket]));
  const rank = (isLive: boolean, name: string) => (isLive ? 0 : 2) + (name === fixId ? 0 : 1);
  const [first, ...rest] = records.toSorted(
    (one, other) =>
      rank(one.goneAt === null, nameOf(one)) - rank(other.goneAt === null, nameOf(other)) ||
      (one.correlationId < other.correlationId ? -1 : 1),
  );
  if (first === undefined) {
    const [only = null] = known.toSorted(
      (one, other) =>
        rank(one.isOpen, nameOf(one)) - rank(other.isOpen, nameOf(other)) ||
        (one.correlationId < other.correlationId ? -1 : 1),
    );
    return { name: only === null ? fixId : nameOf(only), record: null, known: only, merged: [] };
  }
  const live = rest.filter(({ goneAt }) => goneAt === null);
  return {
    name: nameOf(first),
    record: withSightings(first, live),
    known: byName.get(nameOf(first)) ?? null,
    merged: live.map((record) => ({ record, known: byName.get(nameOf(record)) ?? null })),
  };
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

function nameOf({ correlationId }: { readonly correlationId: string }): string {
  return parseCorrelationId(correlationId)?.fixId ?? '';
}

/** Of those with one name only the one that has it for the last time. */
function isLatestIn<Named extends { readonly correlationId: string }>(all: readonly Named[]): (one: Named) => boolean {
  const latest = new Map<string, number>();
  const timeOf = ({ correlationId }: Named) => parseCorrelationId(correlationId)?.occurrence ?? 0;
  for (const one of all) latest.set(nameOf(one), Math.max(timeOf(one), latest.get(nameOf(one)) ?? 0));
  return (one) => latest.get(nameOf(one)) === timeOf(one);
}
