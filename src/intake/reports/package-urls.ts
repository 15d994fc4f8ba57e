import { PackageURL } from 'packageurl-js';

/** The version in a package URL (purl-spec), decoded; null where it has none or is none. */
export function versionOfPurl(purl: string): string | null {
  try {
    return PackageURL.fromString(purl).version ?? null;
  } catch {
    return null;
  }
}
