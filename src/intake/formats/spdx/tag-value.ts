interface TaggedPackage {
  readonly name: string;
  versionInfo: string | null;
  readonly externalRefs: object[];
}

/** Reads SPDX 2 tags and values (clause 6 of 2.3) as the same document in JSON has them: the name, packages with versions and references. */
export function readTagValue(text: string): { readonly name: string | null; readonly packages: readonly object[] } {
  const packages: TaggedPackage[] = [];
  let name: string | null = null;
  // Texts of several lines may hold anything, also what looks like a tag.
  for (const line of text.replaceAll(/<text>[\s\S]*?(?:<\/text>|$)/g, '').split(/\r\n|\n|\r/)) {
    const [, tag, value = ''] = /^\s*([A-Za-z]+):\s*(.*?)\s*$/.exec(line.slice(0, 4000)) ?? [];
    const last = packages.at(-1);
    if (tag === 'DocumentName') name = value;
    if (tag === 'PackageName') packages.push({ name: value, versionInfo: null, externalRefs: [] });
    if (tag === 'PackageVersion' && last !== undefined) last.versionInfo = value;
    if (tag === 'ExternalRef') last?.externalRefs.push(toReference(value));
  }
  return { name, packages };
}

/** `ExternalRef: SECURITY cpe23Type cpe:2.3:a:…` */
function toReference(value: string): object {
  const [referenceCategory, referenceType, ...locator] = value.split(/\s+/);
  return { referenceCategory, referenceType, referenceLocator: locator.join(' ') };
}
