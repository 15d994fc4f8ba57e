import type { NotLookedUp } from '../domain/assessment/intake-record.ts';
import type { AssetList } from '../domain/asset/asset.ts';
import type { Sighting } from '../domain/finding/sighting.ts';
import { bareName } from '../domain/ticket/bare-name.ts';
import { placesOf } from '../domain/ticket/sighting.ts';
import { joinAssets } from '../intake/assets/join-assets.ts';
import type { ListedComponent } from '../intake/intake.ts';
import { distinctLookedAt, lookedAtKey, toLookedAt } from '../intake/looked-at.ts';
import { clipLine } from '../kernel/clip.ts';
import { versionedPurl } from './package-url.ts';

/** More components than that of one place that could not be looked up are all of it. */
const MOST_NAMES = 1000;
const LONGEST_NAME = 200;

/** The places that what was looked at is, as findings of it would have them. */
export function placesLookedAt(looked: readonly Sighting[], assets: AssetList | null): string[] {
  const places = distinctLookedAt(looked).flatMap((one) =>
    joinAssets([one], assets).flatMap(({ asset, evidence }) => placesOf({ asset, evidence: [...evidence] }, [])),
  );
  return [...new Set(places)];
}

/** Components without a version, by the places that findings of them would have: whether what was found in them before is gone, nobody can say. */
export function placesNotLookedUp(components: readonly ListedComponent[], assets: AssetList | null): NotLookedUp[] {
  const groups = new Map<string, { readonly looked: Sighting; readonly names: Set<string> }>();
  for (const { component, application, evidence } of components) {
    if (versionedPurl(component) !== null) continue;
    const names = [component.purl, component.name].flatMap((name) => (name === null ? [] : [bareName(name)]));
    // What has a CPE name is matched against NVD's configurations all the same.
    for (const tool of component.cpe === null ? ['OSV', 'NVD'] : ['OSV']) {
      const looked = toLookedAt({ application, evidence: [{ ...evidence, tool: evidence.tool ?? tool }] });
      const key = lookedAtKey(looked);
      const group = groups.get(key) ?? { looked, names: new Set() };
      groups.set(key, group);
      for (const name of names) group.names.add(clipLine(name, LONGEST_NAME));
    }
  }
  return [...groups.values()].flatMap(({ looked, names }) =>
    placesLookedAt([looked], assets).map((place) => ({
      place,
      names: names.size > MOST_NAMES ? null : [...names].sort(),
    })),
  );
}
