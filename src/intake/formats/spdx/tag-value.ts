import { fieldsOf } from '../../reports/values.ts';

interface TaggedPackage {
  readonly line: number;
  readonly name: string;
  versionInfo: string | null;
  readonly externalRefs: object[];
}

/** Reads SPDX 2 tags and values (clause 6 of 2.3) as the same document in JSON has them: the name, packages with versions and references; and their lines. */
export function readTagValue(text: string): { readonly name: string | null; readonly packages: readonly object[] } {
  const packages: TaggedPackage[] = [];
  let name: string | null = null;
  // Texts of several lines may hold anything, also what looks like a tag.
  const tagged = text.replaceAll(/<text>[\s\S]*?(?:<\/text>|$)/g, (quoted) => quoted.replaceAll(/[^\n]/g, ''));
  for (const [index, whole] of tagged.split('\n').entries()) {
    const line = index + 1;
    const [, tag, rest = ''] = /^([A-Za-z]+):(.*)$/.exec(whole.trim()) ?? [];
    const [value, last] = [rest.trim(), packages.at(-1)];
    if (tag === 'DocumentName') name = value;
    if (tag === 'PackageName') packages.push({ line, name: value, versionInfo: null, externalRefs: [] });
    if (tag === 'PackageVersion' && last !== undefined) last.versionInfo = value;
    if (tag === 'ExternalRef') last?.externalRefs.push({ line, ...toReference(value) });
  }
  return { name, packages };
}

/** The line of a package or a reference that was read from tags. */
export function lineOf(entry: unknown): string {
  return `line ${String(fieldsOf(entry)['line'])}`;
}

/** `ExternalRef: SECURITY cpe23Type cpe:2.3:a:…` */
function toReference(value: string): object {
  const [referenceCategory, referenceType, ...locator] = value.split(/\s+/);
  return { referenceCategory, referenceType, referenceLocator: locator.join(' ') };
}
