import type { CveId } from '../cve/cve-id.ts';

/** The sources of facts, under the names of the outside contract; `ssvc` is the CVE Program's records with CISA's ADP container. */
export const SOURCE_NAMES = ['nvd', 'kev', 'epss', 'ssvc', 'attack'] as const;
export type SourceName = (typeof SOURCE_NAMES)[number];

/** How facts were obtained, from the freshest to none at all; the order is that of "worse". */
export const ORIGINS = ['live', 'cache', 'mirror', 'snapshot', 'unavailable'] as const;
export type Origin = (typeof ORIGINS)[number];

/** Where an answer comes from and the moment that its facts were true at the source (ISO 8601). */
export interface Provenance {
  readonly origin: Exclude<Origin, 'unavailable'>;
  readonly at: string;
}

/**
 * What a source said of one CVE. `absent` means that the source was read and does not know the CVE; `unavailable` that
 * it could not be read. The two are never confused: absence is a fact, unavailability is a gap.
 */
export type Lookup<Rec> =
  | { readonly kind: 'found'; readonly record: Rec; readonly provenance: Provenance }
  | { readonly kind: 'absent'; readonly provenance: Provenance }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** A source's answer about one CVE, before anyone decides where else to look. */
export type SourceAnswer<Rec> =
  | { readonly cveId: CveId; readonly kind: 'found'; readonly record: Rec }
  /** `isDoubtful`: the source did not say so in its own words; who has an earlier copy believes that. */
  | { readonly cveId: CveId; readonly kind: 'absent'; readonly isDoubtful?: boolean }
  | { readonly cveId: CveId; readonly kind: 'unavailable'; readonly reason: string };

/** The record of a look-up, or null where there is none for whatever reason. */
export function recordOf<Rec>(lookup: Lookup<Rec>): Rec | null {
  return lookup.kind === 'found' ? lookup.record : null;
}
