import type { AttackRelease } from '../domain/attack/attack-text.ts';
import type { CveOrgRecord, NvdRecord } from '../domain/cve/records.ts';
import type { EpssDay } from '../domain/epss/epss-day.ts';
import type { KevCatalogue } from '../domain/kev/kev-entry.ts';
import type { SourcePage } from './paged-source.ts';

/** A piece of intelligence out of a local file. */
export type LocalIntelligence =
  | { readonly kind: 'nvd'; readonly page: SourcePage<NvdRecord> }
  | { readonly kind: 'kev'; readonly catalogue: KevCatalogue }
  | { readonly kind: 'epss'; readonly day: EpssDay }
  | { readonly kind: 'attack'; readonly catalogue: AttackRelease }
  | { readonly kind: 'ssvc'; readonly records: readonly CveOrgRecord[] }
  | { readonly kind: 'unreadable'; readonly name: string; readonly reason: string };

/** Reads intelligence from a file, a folder or an archive, for networks that reach no source. Throws where the path cannot be read at all. */
export interface LocalSource {
  read(path: string): AsyncIterable<LocalIntelligence>;
}
