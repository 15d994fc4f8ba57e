import { toComponent, toFinding, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, fieldsOf, firstText, listAt, listOf, textAt, textsOf } from '../../reports/values.ts';

/** Clair's reports: clair-scanner's (`featurename`), Klar's (`LayerCount`), the API's of versions 1 to 3 (`Layer`), and the index of version 4. */
export const CLAIR: JsonFormat = {
  kind: 'json',
  name: 'Clair',
  large: null,
  matches: (document) => isOld(document) || isIndex(document),
  *read(document) {
    const image = firstText(at(document, 'image'), at(document, 'manifest_hash'), at(document, 'Layer', 'Name'));
    if (image !== null) yield { kind: 'subject', name: image, version: null };
    const items = [...(isIndex(document) ? readIndex(document) : readOldReport(document))];
    if (items.length === 0) yield { kind: 'looked', host: null, subject: null, tool: 'Clair' };
    yield* items;
  },
};

function isOld(document: unknown): boolean {
  const fields = fieldsOf(document);
  return (
    ('image' in fields && 'unapproved' in fields && 'vulnerabilities' in fields) ||
    ('LayerCount' in fields && 'Vulnerabilities' in fields) ||
    Array.isArray(at(document, 'Layer', 'Features'))
  );
}

function isIndex(document: unknown): boolean {
  return textAt(document, 'manifest_hash') !== null && at(document, 'package_vulnerabilities') !== undefined;
}

interface Listed {
  readonly entry: unknown;
  readonly position: string;
}

function listOld(document: unknown): Listed[] {
  const toListed = (entries: readonly unknown[], pointer: string) =>
    entries.map((entry, index) => ({ entry, position: `${pointer}/${index}` }));
  const bySeverity = Object.entries(fieldsOf(at(document, 'Vulnerabilities'))).flatMap(([severity, entries]) =>
    toListed(listOf(entries), `/Vulnerabilities/${severity}`),
  );
  const ofFeatures = listAt(document, 'Layer', 'Features').flatMap((feature, index) => {
    const [FeatureName, FeatureVersion] = [textAt(feature, 'Name'), textAt(feature, 'Version')];
    const entries = listAt(feature, 'Vulnerabilities').map((one) => ({
      ...fieldsOf(one),
      FeatureName,
      FeatureVersion,
    }));
    return toListed(entries, `/Layer/Features/${index}/Vulnerabilities`);
  });
  return [...toListed(listAt(document, 'vulnerabilities'), '/vulnerabilities'), ...bySeverity, ...ofFeatures];
}

function* readOldReport(document: unknown): Generator<ReportItem> {
  const listed = listOld(document);
  for (const { entry, position } of listed) yield readOld(entry, position);
  const known = new Set(listed.map(({ entry }) => textAt(entry, 'vulnerability')));
  for (const [index, id] of textsOf(at(document, 'unapproved')).entries()) {
    if (!known.has(id)) yield toFinding({ ids: [id], position: `/unapproved/${index}`, tool: 'Clair' });
  }
}

/** An entry with names in any of the two spellings. */
function readOld(entry: unknown, position: string): ReportItem {
  return toFinding({
    ids: [firstText(at(entry, 'vulnerability'), at(entry, 'Name'))],
    component: toComponent({
      name: firstText(at(entry, 'featurename'), at(entry, 'FeatureName')),
      installedVersion: firstText(at(entry, 'featureversion'), at(entry, 'FeatureVersion')),
      fixedVersion: firstText(at(entry, 'fixedby'), at(entry, 'FixedBy')),
    }),
    position,
    tool: 'Clair',
    severity: firstText(at(entry, 'severity'), at(entry, 'Severity')),
    reported: toReported({ description: firstText(at(entry, 'description'), at(entry, 'Description')) }),
  });
}

/** Version 4: packages and vulnerabilities by number, and which package has which. */
function* readIndex(document: unknown): Generator<ReportItem> {
  for (const [number, ids] of Object.entries(fieldsOf(at(document, 'package_vulnerabilities')))) {
    const found = at(document, 'packages', number);
    const component = toComponent({ name: textAt(found, 'name'), installedVersion: textAt(found, 'version') });
    for (const [index, id] of textsOf(ids).entries()) {
      const entry = at(document, 'vulnerabilities', id);
      yield toFinding({
        ids: [firstText(at(entry, 'name'), at(entry, 'id'))],
        component: component && { ...component, fixedVersion: textAt(entry, 'fixed_in_version') },
        position: `/package_vulnerabilities/${number}/${index}`,
        tool: 'Clair',
        severity: firstText(at(entry, 'normalized_severity'), at(entry, 'severity')),
        reported: toReported({ description: textAt(entry, 'description') }),
      });
    }
  }
}
