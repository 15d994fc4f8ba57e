import { createHash } from 'node:crypto';
import { type Fix, fixIdentity, TICKET_PREFIX, ticketIdentity } from '../../domain/ticket/fix.ts';

const CORRELATION_ID = /^eras:([0-9a-f]{32})(?:-([1-9]\d{0,5}))?$/;

/** The stable id of a fix: 128 bits of SHA-256 over what names its ticket, in hexadecimal. */
export function toFixId(fix: Fix): string {
  return hashOf(ticketIdentity(fix));
}

/** The id that a fix had while the mended versions were part of the name of an upgrade. */
export function toEarlierFixId(fix: Fix): string {
  return hashOf(fixIdentity(fix));
}

function hashOf(identity: string): string {
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}

/** The name of a fix's ticket; a fix that was gone and came back has another one, counted from 2. */
export function toCorrelationId(fixId: string, occurrence: number): string {
  return `${TICKET_PREFIX}${fixId}${occurrence === 1 ? '' : `-${occurrence}`}`;
}

/** The fix that a ticket is for, and which time it is for it; null where the ticket is not of ERAS. */
export function parseCorrelationId(text: string): { readonly fixId: string; readonly occurrence: number } | null {
  const [, fixId, occurrence] = CORRELATION_ID.exec(text) ?? [];
  return fixId === undefined ? null : { fixId, occurrence: Number(occurrence ?? 1) };
}
