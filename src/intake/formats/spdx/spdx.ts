import { toComponent, toFinding } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem, TextFormat } from '../../reports/report-format.ts';
import { at, listAt, textAt, textsOf } from '../../reports/values.ts';
import { findVulnerabilityIds } from '../../reports/vulnerability-ids.ts';
import { lineOf, readTagValue } from './tag-value.ts';

/** SPDX 2.0 to 2.3 in JSON (ISO/IEC 5962 is 2.2.1), also as GitHub's API wraps it in `sbom`. */
export const SPDX: JsonFormat = {
  kind: 'json',
  name: 'SPDX',
  large: 'packages',
  matches: (document) => /^SPDX-2/.test(textAt(rootOf(document), 'spdxVersion') ?? ''),
  read: (document, { offset }) => readSpdx(rootOf(document), rootOf(document) === document ? '' : '/sbom', offset),
};

/** SPDX 2.0 to 2.3 as tags and values, a text. */
export const SPDX_TAG_VALUE: TextFormat = {
  kind: 'text',
  name: 'SPDX tag-value',
  matches: (start) => /^SPDXVersion:\s*SPDX-2/m.test(start),
  *read(text) {
    yield* readPackages(readTagValue(text), { package: lineOf, reference: lineOf }, 0);
  },
};

function rootOf(document: unknown): unknown {
  const wrapped = at(document, 'sbom');
  return textAt(wrapped, 'spdxVersion') === null ? document : wrapped;
}

function* readSpdx(document: unknown, root: string, offset: number): Generator<ReportItem> {
  const placeOf = (_: unknown, index: number) => `${root}/packages/${offset + index}`;
  const places: Places = {
    package: placeOf,
    reference: (_, index, place) => `${place}/externalRefs/${index}`,
  };
  yield* readPackages(document, places, offset);
}

interface Places {
  package(entry: unknown, index: number): string;
  reference(entry: unknown, index: number, place: string): string;
}

function* readPackages(document: unknown, places: Places, offset: number): Generator<ReportItem> {
  const name = textAt(document, 'name');
  if (offset === 0 && name !== null) yield { kind: 'subject', name, version: null };
  for (const [index, entry] of listAt(document, 'packages').entries()) {
    yield* readPackage(entry, places.package(entry, index), places);
  }
}

/** A package, and what its references of the category "security" (annex F of 2.3) say of vulnerabilities. */
function* readPackage(entry: unknown, position: string, places: Places): Generator<ReportItem> {
  const references = listAt(entry, 'externalRefs');
  const locate = (type: RegExp) =>
    references.flatMap((one) =>
      type.test(textAt(one, 'referenceType') ?? '') ? textsOf(at(one, 'referenceLocator')) : [],
    );
  const component = toComponent({
    purl: locate(/(?:^|#|\/)purl$/)[0] ?? null,
    cpe: locate(/cpe23Type$/)[0] ?? locate(/cpe22Type$/)[0] ?? null,
    name: textAt(entry, 'name'),
    installedVersion: textAt(entry, 'versionInfo'),
  });
  if (component === null) {
    yield { kind: 'unreadable', position, what: 'a package without name' };
    return;
  }
  yield { kind: 'component', component, position };
  for (const [index, reference] of references.entries()) {
    // "fix" names where a vulnerability is mended, which says nothing of this package.
    if (!/^SECURITY$/i.test(textAt(reference, 'referenceCategory') ?? '')) continue;
    const [type, locator] = [textAt(reference, 'referenceType') ?? '', textAt(reference, 'referenceLocator') ?? ''];
    const ids = findVulnerabilityIds(locator);
    if (type === 'advisory' || (/^(?:url|cve)$/i.test(type) && ids.length > 0)) {
      yield toFinding({ ids, component, position: places.reference(reference, index, position) }, locator);
    }
  }
}
