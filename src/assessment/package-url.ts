import { PackageURL } from 'packageurl-js';
import type { Component } from '../domain/finding/sighting.ts';
import { parsePurl } from '../intake/reports/package-urls.ts';
import type { Advisory } from '../ports/advisory-source.ts';

/** Versions that mend a package and are told; some advisories have one for each of a dozen branches. */
const MOST_FIXES = 5;

/**
 * The package URL that a component is looked up by (purl-spec): with a version, without subpath and without the qualifiers that tell builds apart,
 * but for `distro`, which tells the branch. Null where there is none, or no version.
 */
export function versionedPurl({ purl, installedVersion }: Component): string | null {
  const parsed = parsePurl(purl);
  const version = parsed?.version ?? installedVersion;
  if (parsed === null || version === null || version === undefined || version === '') return null;
  const distro = parsed.qualifiers?.['distro'];
  const qualifiers = distro === undefined ? undefined : { distro };
  return new PackageURL(parsed.type, parsed.namespace, parsed.name, version, qualifiers, undefined).toString();
}

/** The versions that an advisory says mend a component's package; null where it says nothing. */
export function fixedVersionIn(advisory: Advisory, component: Component): string | null {
  const parsed = parsePurl(component.purl);
  if (parsed === null) return null;
  const bare = new PackageURL(parsed.type, parsed.namespace, parsed.name, undefined, undefined, undefined).toString();
  const full = [parsed.namespace, parsed.name].filter(Boolean);
  const names = new Set([full.join('/'), full.join(':'), parsed.name]);
  const fixes = advisory.packages.flatMap(({ purl, name, fixedVersions }) => {
    const isSame =
      purl === null ? name !== null && names.has(name) : parsePurl(purl) !== null && purl.split(/[?#@]/)[0] === bare;
    return isSame ? fixedVersions : [];
  });
  return fixes.length === 0 ? null : [...new Set(fixes)].slice(0, MOST_FIXES).join(', ');
}
