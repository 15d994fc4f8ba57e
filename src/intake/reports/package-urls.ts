/** The version in a package URL (purl-spec: after the last `@`, before qualifiers), decoded; null where there is none. */
export function versionOfPurl(purl: string): string | null {
  const [name = ''] = purl.split(/[?#]/, 1);
  const version = /@([^@/]+)$/.exec(name)?.[1];
  if (version === undefined) return null;
  try {
    return decodeURIComponent(version);
  } catch {
    return version;
  }
}
