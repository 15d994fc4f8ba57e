import { type RecordName, recordPlace } from '../../domain/ticket/record-place.ts';
import { findIds } from '../../intake/find-ids.ts';
import { addTo, groupBy } from '../../kernel/group-by.ts';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';
import type { RecordState, TicketSystem } from '../../ports/ticket-system.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';

/** Says why what came from a record of work is still there, or cannot be told gone; null: the record says that it is gone. */
export type WhyStanding = (record: RecordName, vulnerabilityId: string) => string | null;

/** Reads records of work as they are now. A system that does not answer leaves everything as it is. */
export async function readOrigins(
  names: readonly RecordName[],
  system: Pick<TicketSystem, 'readRecords'>,
  call: SourceCall,
): Promise<WhyStanding> {
  const failures = new Map<string, string>();
  const states = new Map<string, RecordState[]>();
  // A table that refuses says nothing of another one.
  for (const [file, some] of groupBy(names, (name) => name.file)) {
    try {
      for (const state of await system.readRecords(some, call)) {
        addTo(states, recordPlace(state), state);
      }
    } catch (error) {
      call.signal.throwIfAborted();
      if (!(error instanceof RiskError)) throw error;
      failures.set(file, `: ${messageOf(error)}`);
    }
  }
  return (record, vulnerabilityId) => {
    // A number that several have is gone when it is with all of them.
    const known = states.get(recordPlace(record)) ?? [];
    const why =
      known.length === 0
        ? `it could not be read${failures.get(record.file) ?? ''}`
        : (known.map((one) => whyStanding(one, vulnerabilityId)).find(Boolean) ?? null);
    return why === null ? null : `${record.number}: ${why}`;
  };
}

function whyStanding({ isActive, text, isCut }: RecordState, vulnerabilityId: string): string | null {
  if (!isActive) return null;
  if (text === '') return 'it is active and does not show its text';
  const { ids, malformed } = findIds(text, 'sentence');
  if (ids.some(({ id }) => id === vulnerabilityId)) return 'it is active and names the vulnerability';
  if (isCut) return 'it is active and its text is too long to be read whole';
  // An advisory's id may be another name of the same; whose it is was resolved when it was read.
  const isClear = malformed.length === 0 && ids.every(({ id }) => id.startsWith('CVE-'));
  return isClear && vulnerabilityId.startsWith('CVE-')
    ? null
    : 'it is active and may name the vulnerability by another id';
}
