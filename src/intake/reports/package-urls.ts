import { PackageURL } from 'packageurl-js';

/** A package URL (purl-spec); null for any other text. */
export function parsePurl(text: string | null): PackageURL | null {
  if (text === null || !/^\s*pkg:/i.test(text)) return null;
  try {
    return PackageURL.fromString(text);
  } catch {
    return null;
  }
}

/** The version in a package URL, decoded; null where it has none or is none. */
export function versionOfPurl(purl: string): string | null {
  return parsePurl(purl)?.version ?? null;
}
