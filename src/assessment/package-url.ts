import { PackageURL } from 'packageurl-js';
import type { Component } from '../domain/finding/sighting.ts';
import { parsePurl } from '../intake/reports/package-urls.ts';

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
