import type { CveId } from '../cve/cve-id.ts';
import type { SourceAnswer } from './lookup.ts';

/** A record that could not be read; `cveId` is null where it does not say whose it is. */
export interface UnreadableRecord {
  readonly cveId: CveId | null;
  readonly reason: string;
}

/**
 * What an answer about several CVEs says of one of them. A bad record that does not say whose it is may be the one asked
 * for: its absence is then not established.
 */
export function answerOf<Rec>(
  cveId: CveId,
  records: ReadonlyMap<CveId, Rec>,
  unreadable: readonly UnreadableRecord[],
  inWords: (reason: string) => string,
): SourceAnswer<Rec> {
  const record = records.get(cveId);
  if (record !== undefined) return { cveId, kind: 'found', record };
  const bad = unreadable.find((known) => known.cveId === cveId) ?? unreadable.find((known) => known.cveId === null);
  if (bad === undefined) return { cveId, kind: 'absent' };
  return { cveId, kind: 'unavailable', reason: inWords(bad.reason) };
}
