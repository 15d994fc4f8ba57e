import type { AssetList, ListedAsset } from '../../domain/asset/asset.ts';
import { type CveId, parseCveId } from '../../domain/cve/cve-id.ts';
import type { Host, Sighting } from '../../domain/finding/sighting.ts';
import type { Subject } from '../../domain/finding/subject.ts';

/**
 * Puts sightings on assets: on those that list the vulnerability, the host's name or its address; on the only asset of a list that tells nothing
 * of what is on it; else on the host or the application that the report names; else on none.
 */
export function joinAssets(sightings: readonly Sighting[], list: AssetList | null): Subject[] {
  const find = indexAssets(list);
  return sightings.flatMap((sighting) => {
    const assets = find(sighting);
    if (assets.length > 0) return assets.map(({ asset }) => toSubject(sighting, asset));
    return [toSubject(sighting, sighting.host === null ? null : toReportedAsset(sighting.host, sighting))];
  });
}

function indexAssets(list: AssetList | null): (sighting: Sighting) => readonly ListedAsset[] {
  if (list === null) return () => [];
  const { assets, isLinked } = list;
  if (!isLinked && assets.length === 1) return () => assets;
  const byHost = new Map<string, ListedAsset[]>();
  const byVulnerability = new Map<string, ListedAsset[]>();
  const add = (index: Map<string, ListedAsset[]>, key: string, asset: ListedAsset) =>
    void index.set(key, [...(index.get(key) ?? []), asset]);
  for (const one of assets) {
    const names = [...one.hostnames, ...one.ips, one.asset.id, ...(one.asset.name === null ? [] : [one.asset.name])];
    for (const name of new Set(names.map(hostKey))) add(byHost, name, one);
    for (const id of new Set(one.vulnerabilityIds)) add(byVulnerability, id, one);
  }
  return ({ vulnerabilityId, aliases, host }) => {
    const names = host === null ? [] : [host.hostname, host.ip].filter((name) => name !== null);
    const onHost = names.flatMap((name) => byHost.get(hostKey(name)) ?? []);
    const listing = [vulnerabilityId, ...aliases].flatMap((id) => byVulnerability.get(id.toUpperCase()) ?? []);
    return [...new Set([...onHost, ...listing])];
  };
}

/** Names of hosts ignore case (RFC 4343), and a dot at the end. */
function hostKey(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

function toReportedAsset({ hostname, ip }: Host, { evidence }: Sighting): Subject['asset'] {
  const id = hostname ?? ip;
  if (id === null) return null;
  return {
    id,
    name: hostname,
    criticality: null,
    exposure: null,
    environment: null,
    owner: null,
    humanImpact: null,
    missionImpact: null,
    source: evidence[0]?.file ?? 'report',
  };
}

function toSubject(sighting: Sighting, asset: Subject['asset']): Subject {
  const { vulnerabilityId, aliases, component, evidence, vex, reported } = sighting;
  const cve = parseCveId(vulnerabilityId);
  const cveId: CveId | null = cve.ok ? cve.value : null;
  // What a report says of a CVE is left to the sources that know it.
  return {
    vulnerabilityId,
    cveId,
    aliases,
    asset,
    component,
    evidence,
    vex,
    reported: cveId === null ? reported : null,
  };
}
