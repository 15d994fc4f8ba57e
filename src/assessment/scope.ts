import type { NotLookedUp } from '../domain/assessment/intake-record.ts';
import type { Gap } from '../domain/assessment/schema.ts';
import type { CveId } from '../domain/cve/cve-id.ts';
import { bareSubject, type Subject } from '../domain/finding/subject.ts';
import type { CacheCounts, HttpCounts } from '../ports/assessment-store.ts';

/** What an assessment is about, before any source of intelligence is asked. */
export interface Scope {
  readonly subjects: readonly Subject[];
  /** The distinct CVE ids of the subjects, in their order. */
  readonly cveIds: readonly CveId[];
  /** Places that were looked at, those that say of no finding among them. */
  readonly lookedAt: readonly string[];
  /** Where components stood that could not be looked up; left out where there are none. */
  readonly notLookedUp?: readonly NotLookedUp[];
  /** What of the user's input could not be used or resolved. */
  readonly gaps: readonly Gap[];
  readonly warnings: readonly string[];
  /** What was made of the user's sentences, a line each. */
  readonly understood: readonly string[];
  /** Requests that resolving took. */
  readonly http: HttpCounts;
  /** What resolving looked up in the response cache. */
  readonly cache: CacheCounts;
}

/** The scope of subjects of which all is known. */
export function scopeOfSubjects(
  subjects: readonly Subject[],
  rest: Partial<Omit<Scope, 'subjects' | 'cveIds'>> = {},
): Scope {
  const cveIds = [...new Set(subjects.flatMap(({ cveId }) => (cveId === null ? [] : [cveId])))];
  return { subjects, cveIds, lookedAt: [], gaps: [], warnings: [], understood: [], http: {}, cache: {}, ...rest };
}

/** The scope of CVE ids and nothing else. */
export function scopeOfCves(cveIds: readonly CveId[]): Scope {
  return scopeOfSubjects(cveIds.map(bareSubject));
}
