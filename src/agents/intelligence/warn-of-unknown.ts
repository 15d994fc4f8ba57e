import { SOURCE_NAMES } from '../../domain/source/lookup.ts';
import type { LookupCounts } from '../../ports/assessment-store.ts';

/** So many CVEs of which a source knows not one look like a wrong address (a proxy's "not found") more than like an answer. */
const SUSPICIOUSLY_MANY = 20;

/** Warnings of sources that know nothing of what the whole run asked them for, whoever asked. */
export function warningsOfUnknown(counts: LookupCounts): string[] {
  return SOURCE_NAMES.flatMap((name) => {
    const of = (what: 'asked' | 'unknown' | 'odd') => counts[`${name} ${what}`] ?? 0;
    const asked = of('asked');
    const isSuspicious = of('unknown') >= SUSPICIOUSLY_MANY || of('odd') > 0;
    if (asked === 0 || of('unknown') < asked || !isSuspicious) return [];
    const what =
      asked === 1
        ? 'does not know the CVE that it was asked for'
        : `knows none of the ${asked} CVEs that it was asked for`;
    return [`${name}: the source ${what}; is its address right?`];
  });
}
