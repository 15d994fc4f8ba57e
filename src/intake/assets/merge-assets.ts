import type { Asset, AssetList, ListedAsset } from '../../domain/asset/asset.ts';

/**
 * Puts the assets of a system of record beside those of the user's file. Those that share an id, a name, a host name or an address with exactly
 * one of the file are that one: the file holds for what it says, its id with it, and the system for the rest.
 */
export function mergeAssets(file: AssetList | null, recorded: readonly ListedAsset[]): AssetList {
  if (file === null) return { assets: recorded, isLinked: true };
  const own = [...file.assets];
  const byName = indexByName(own);
  const others: ListedAsset[] = [];
  for (const asset of recorded) {
    const places = new Set(namesOf(asset).flatMap((name) => byName.get(name) ?? []));
    const [place] = places;
    const known = place === undefined || places.size > 1 ? undefined : own[place];
    // Of two that it could be, neither is it.
    if (place === undefined || known === undefined) others.push(asset);
    else own[place] = mergeTwo(known, asset);
  }
  return { ...file, assets: own, recorded: others };
}

function indexByName(assets: readonly ListedAsset[]): ReadonlyMap<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, asset] of assets.entries()) {
    for (const name of namesOf(asset)) places.set(name, [...(places.get(name) ?? []), place]);
  }
  return places;
}

function namesOf({ asset, hostnames, ips }: ListedAsset): string[] {
  const names = [asset.id, ...(asset.name === null ? [] : [asset.name]), ...hostnames, ...ips];
  return [...new Set(names.map((name) => name.toLowerCase().replace(/\.$/, '')))];
}

function mergeTwo(file: ListedAsset, recorded: ListedAsset): ListedAsset {
  const [own, other] = [file.asset, recorded.asset];
  const asset: Asset = {
    id: own.id,
    name: own.name ?? other.name,
    criticality: own.criticality ?? other.criticality,
    exposure: own.exposure ?? other.exposure,
    environment: own.environment ?? other.environment,
    owner: own.owner ?? other.owner,
    humanImpact: own.humanImpact ?? other.humanImpact,
    missionImpact: own.missionImpact ?? other.missionImpact,
    eventLoss: own.eventLoss ?? other.eventLoss,
    susceptibility: own.susceptibility ?? other.susceptibility,
    ...inheritedOf(own, other),
    ...firstOf('controls', own, other),
    ...firstOf('dataSensitivity', own, other),
    ...firstOf('requirements', own, other),
    source: own.source.includes(other.source) ? own.source : `${own.source}, ${other.source}`,
  };
  return {
    asset,
    // The system's id stays a name of it: what the system says of the asset comes under it.
    hostnames: [...file.hostnames, ...recorded.hostnames, other.id],
    ips: [...file.ips, ...recorded.ips],
    vulnerabilityIds: [...file.vulnerabilityIds, ...recorded.vulnerabilityIds],
  };
}

/** What the system took from another asset, where the file does not say it. */
function inheritedOf(own: Asset, { inherited = {} }: Asset): Pick<Asset, 'inherited'> {
  const kept = Object.entries(inherited).filter(([field]) => own[field as keyof typeof inherited] === null);
  return kept.length === 0 ? {} : { inherited: Object.fromEntries(kept) };
}

/** A field that may be left out, as the first has it, else the second. */
function firstOf<Field extends 'controls' | 'dataSensitivity' | 'requirements'>(
  field: Field,
  first: Asset,
  second: Asset,
): Pick<Asset, Field> {
  const value = first[field] ?? second[field];
  return (value === undefined ? {} : { [field]: value }) as Pick<Asset, Field>;
}
