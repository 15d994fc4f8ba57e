import type { AttackCatalogue, AttackTechnique } from '../../domain/attack/attack.ts';
import { type AttackRelease, withoutTexts } from '../../domain/attack/attack-text.ts';
import type { Provenance } from '../../domain/source/lookup.ts';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/risk-error.ts';
import type { Cache } from '../../ports/cache.ts';
import type { Mirror } from '../../ports/mirror.ts';
import type { CatalogueSource } from '../../ports/vulnerability-source.ts';
import { CATALOGUE_LIFETIME_MS, isFresh } from './freshness.ts';
import { type GatherCall, originOf } from './gatherer.ts';
import { fetchShared, originOfFetched } from './shared-catalogue.ts';

/** An ATT&CK release ready for look-ups, with where it came from. */
export interface AttackLibrary {
  readonly provenance: Provenance;
  /** Why the source that the user named could not be read, where the bundled release stands in for it. */
  readonly gap: string | null;
  findTechnique(techniqueId: string): AttackTechnique | null;
  groupName(groupId: string): string | null;
}

/** Where an ATT&CK release can come from. */
export interface AttackLibraryParts {
  readonly source: CatalogueSource<AttackCatalogue>;
  readonly mirror: Mirror;
  readonly cache: Cache;
  readonly snapshot: () => { readonly catalogue: AttackCatalogue; readonly at: string };
  readonly clock: Clock;
  readonly offline: boolean;
  /** Whether the user named the source: it is then expected to answer, which a public address in a closed network is not. */
  readonly isNamed: boolean;
}

/** Saves a release in the mirror and returns the number of its techniques. Texts stand apart, where there are any. */
export function mirrorAttack(mirror: Mirror, release: AttackCatalogue | AttackRelease, fetchedAt: string): number {
  const { version, techniques } = release;
  if ('texts' in release && release.texts.length > 0)
    mirror.saveDocument('attack-texts', release.texts, { version, records: release.texts.length, fetchedAt });
  mirror.saveDocument('attack', withoutTexts(release), { version, records: techniques.length, fetchedAt });
  return techniques.length;
}

/** Whether the release at hand is used without asking for a newer one. */
export function isAttackAtHand({
  mirror,
  clock,
  offline,
}: Pick<AttackLibraryParts, 'mirror' | 'clock' | 'offline'>): boolean {
  const fetchedAt = mirror.findState('attack')?.fetchedAt;
  return offline || (fetchedAt !== undefined && isFresh(fetchedAt, CATALOGUE_LIFETIME_MS.attack, clock.now()));
}

/** The release at hand, whatever its age. */
export function loadAttackAtHand({ mirror, snapshot }: Pick<AttackLibraryParts, 'mirror' | 'snapshot'>): AttackLibrary {
  return loadMirrored(mirror) ?? toBundledLibrary(snapshot());
}

/** Loads ATT&CK: the mirror's copy while fresh, else the source's, else the mirror's older one, else the snapshot's. */
export async function loadAttackLibrary(parts: AttackLibraryParts, call: GatherCall): Promise<AttackLibrary> {
  const { source, mirror, cache, snapshot, clock, isNamed } = parts;
  const older = loadMirrored(mirror);
  if (isAttackAtHand(parts)) return older === null ? toBundledLibrary(snapshot()) : asSeenSince(older, call.since);
  try {
    const fetched = await fetchShared(cache, 'mitre_technique', call, async () =>
      withoutTexts(await source.fetchCatalogue(call)),
    );
    const { catalogue } = fetched;
    const at = fetched.fetchedAt ?? clock.now().toISOString();
    mirrorAttack(mirror, catalogue, at);
    return toLibrary(catalogue, { origin: originOfFetched(fetched, call.since), at });
  } catch (error) {
    call.signal.throwIfAborted();
    // A release is whole whatever its age: with an older one nothing is missing of a finding, and the document says its date.
    const standIn = older ?? toBundledLibrary(snapshot());
    call.warn(
      `attack: ${messageOf(error)}; the release of ${standIn.provenance.at.slice(0, 10)} stands in (${standIn.provenance.origin})`,
    );
    const isGap = isNamed && standIn.provenance.origin === 'snapshot';
    return isGap ? { ...standIn, gap: `${messageOf(error)}; the bundled release stands in` } : standIn;
  }
}

/** A release that was fetched since the run began, by whichever process, is the source's. */
function asSeenSince(library: AttackLibrary, since: Date): AttackLibrary {
  const { at } = library.provenance;
  return { ...library, provenance: { origin: originOf('mirror', at, since), at } };
}

function toBundledLibrary({ catalogue, at }: ReturnType<AttackLibraryParts['snapshot']>): AttackLibrary {
  return toLibrary(catalogue, { origin: 'snapshot', at });
}

function loadMirrored(mirror: Mirror): AttackLibrary | null {
  const mirrored = mirror.findDocument<AttackCatalogue>('attack');
  if (mirrored === null) return null;
  return toLibrary(mirrored.document, { origin: 'mirror', at: mirrored.state.fetchedAt });
}

function toLibrary(catalogue: AttackCatalogue, provenance: Provenance): AttackLibrary {
  const techniques = new Map(catalogue.techniques.map((technique) => [technique.techniqueId, technique]));
  const groups = new Map(catalogue.groups.map(({ groupId, name }) => [groupId, name]));
  return {
    provenance,
    gap: null,
    findTechnique: (techniqueId) => techniques.get(techniqueId) ?? null,
    groupName: (groupId) => groups.get(groupId) ?? null,
  };
}
