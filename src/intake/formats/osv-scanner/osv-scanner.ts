import { toComponent, toFinding } from '../../reports/make-items.ts';
import { fixesOf, idsOfOsv, reportedByOsv } from '../../reports/osv-record.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, firstText, firstTextOf, joinTexts, listAt, textAt, textsOf } from '../../reports/values.ts';

/** OSV-Scanner's JSON, versions 1 and 2: a finding for each group of records that are the same vulnerability. */
export const OSV_SCANNER: JsonFormat = {
  kind: 'json',
  name: 'OSV-Scanner',
  large: 'results.*.packages',
  matches: (document) =>
    Array.isArray(at(document, 'results')) &&
    (listAt(document, 'results').some((result) => Array.isArray(at(result, 'packages'))) ||
      at(document, 'experimental_config') !== undefined),
  *read(document, { offset }) {
    for (const [index, result] of listAt(document, 'results').entries()) {
      for (const [place, found] of listAt(result, 'packages').entries()) {
        yield* readPackage(found, `/results/${index}/packages/${offset + place}`);
      }
    }
  },
};

function* readPackage(found: unknown, position: string): Generator<ReportItem> {
  const name = textAt(found, 'package', 'name');
  const component = toComponent({
    purl: textAt(found, 'package', 'purl'),
    name,
    installedVersion: firstText(at(found, 'package', 'version'), at(found, 'package', 'commit')),
  });
  if (component !== null) yield { kind: 'component', component, position };
  const records = new Map(listAt(found, 'vulnerabilities').map((record) => [textAt(record, 'id') ?? '', record]));
  const given = listAt(found, 'groups');
  const groups = given.length > 0 ? given : [...records.keys()].map((id) => ({ ids: [id] }));
  for (const group of groups) {
    const ids = textsOf(at(group, 'ids'));
    const members = ids.flatMap((id) => (records.has(id) ? [records.get(id)] : []));
    const fixes = members.flatMap((record) =>
      listAt(record, 'affected').flatMap((one) => (textAt(one, 'package', 'name') === name ? fixesOf(one) : [])),
    );
    yield toFinding({
      ids: [...ids, ...textsOf(at(group, 'aliases')), ...members.flatMap(idsOfOsv)],
      component: component && { ...component, fixedVersion: joinTexts(fixes) },
      position,
      tool: 'OSV-Scanner',
      severity: firstTextOf([
        at(group, 'max_severity'),
        ...members.map((one) => at(one, 'database_specific', 'severity')),
      ]),
      reported: reportedByOsv(members[0]),
    });
  }
}
