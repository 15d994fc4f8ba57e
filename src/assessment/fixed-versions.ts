import { PackageURL } from 'packageurl-js';
import { compareVersions, type VersionOrder } from '../domain/cpe/compare-versions.ts';
import type { Component } from '../domain/finding/sighting.ts';
import { parsePurl } from '../intake/reports/package-urls.ts';
import type { AdvisedPackage, AdvisedRange, Advisory } from '../ports/advisory-source.ts';

/** Versions that mend a package and are told one by one; the rest only count. */
const MOST_FIXES = 20;

/**
 * The version that an advisory says mends a component: of the range in which its version lies, of the release of the distribution that it is from. Where the order of
 * versions cannot be told, those of all ranges that it may lie in. Null where the advisory says nothing.
 */
export function fixedVersionIn(advisory: Advisory, component: Component): string | null {
  const parsed = parsePurl(component.purl);
  if (parsed === null) return null;
  const named = advisory.packages.filter(isOf(parsed));
  const ranges = ofRelease(named, parsed.qualifiers?.['distro'] ?? null).flatMap(({ ranges: all }) => all);
  const fixes = fixesFor(parsed.version ?? component.installedVersion ?? null, ranges);
  if (fixes.length === 0) return null;
  const more = fixes.length > MOST_FIXES ? ` and ${fixes.length - MOST_FIXES} more` : '';
  return fixes.slice(0, MOST_FIXES).join(', ') + more;
}

/** Whether an advisory's package is the one: by its package URL, else by its name. */
function isOf(parsed: PackageURL): (one: AdvisedPackage) => boolean {
  const bare = new PackageURL(parsed.type, parsed.namespace, parsed.name, undefined, undefined, undefined).toString();
  const full = [parsed.namespace, parsed.name].filter(Boolean);
  const names = new Set([full.join('/'), full.join(':'), parsed.name]);
  return ({ purl, name }) =>
    purl === null || parsePurl(purl) === null ? name !== null && names.has(name) : purl.split(/[?#@]/)[0] === bare;
}

/** Packages of the same release of a distribution, and those that are of none; all where the component does not tell its own. */
function ofRelease(packages: readonly AdvisedPackage[], distro: string | null): readonly AdvisedPackage[] {
  const own = distro === null ? null : (/(\d+(?:\.\d+)*)$/.exec(distro)?.[1] ?? null);
  if (own === null) return packages;
  return packages.filter(({ ecosystem }) => {
    const release = releaseOf(ecosystem);
    return release === null || `${own}.`.startsWith(`${release}.`) || `${release}.`.startsWith(`${own}.`);
  });
}

/** The release in the name of an ecosystem (OSV schema, "affected[].package"): `Alpine:v3.16`, `Debian:11`, `Ubuntu:Pro:22.04:LTS`; null where it has none. */
function releaseOf(ecosystem: string | null): string | null {
  return /:v?(\d+(?:\.\d+)*)(?=:|$)/.exec(ecosystem ?? '')?.[1] ?? null;
}

function fixesFor(version: string | null, ranges: readonly AdvisedRange[]): string[] {
  const placed = ranges.map((range) => ({ fixed: range.fixed, is: placeIn(range, version) }));
  const of = (isWanted: (one: (typeof placed)[number]) => boolean) => [
    ...new Set(placed.filter(isWanted).map(({ fixed }) => fixed)),
  ];
  const within = of(({ is }) => is === 'in');
  if (within.length > 0) return within;
  const open = of(({ is }) => is === 'open');
  // Some records list versions that none of their ranges has: what comes after such a version mends it.
  return open.length > 0 || version === null ? open : of(({ fixed }) => compareVersions(version, fixed) === 'before');
}

/** Whether a version lies in a range; open where its order to an end of it cannot be told. */
function placeIn({ introduced, fixed }: AdvisedRange, version: string | null): 'in' | 'out' | 'open' {
  if (version === null) return 'open';
  const start: VersionOrder = introduced === null ? 'after' : compareVersions(version, introduced);
  const end = compareVersions(version, fixed);
  if (start === 'before' || end === 'equal' || end === 'after') return 'out';
  return start === 'undecidable' || end === 'undecidable' ? 'open' : 'in';
}
