import { toFinding, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, fieldsOf, listAt, textAt, textsOf } from '../../reports/values.ts';
import { cvesOfRapid7Id } from './rapid7-id.ts';

/**
 * Replies of Rapid7 InsightVM's console API, version 3: a vulnerability or a page of them (`/vulnerabilities`, with `cves`), and the
 * vulnerabilities of an asset (`/assets/{id}/vulnerabilities`), which have only Rapid7's own ids: some contain a CVE id.
 */
export const INSIGHTVM: JsonFormat = {
  kind: 'json',
  name: 'Rapid7 InsightVM',
  large: 'resources',
  matches: (document) => {
    const first = listAt(document, 'resources')[0];
    return isVulnerability(document) || (isPage(document) && (isVulnerability(first) || isResult(first)));
  },
  *read(document, { offset }) {
    if (isVulnerability(document)) return yield readEntry(document, '');
    for (const [index, entry] of listAt(document, 'resources').entries()) {
      yield readEntry(entry, `/resources/${offset + index}`);
    }
  },
};

const isPage = (document: unknown) => Array.isArray(at(document, 'resources')) && 'links' in fieldsOf(document);

function isVulnerability(value: unknown): boolean {
  const fields = fieldsOf(value);
  return 'severityScore' in fields && 'denialOfService' in fields && 'cvss' in fields;
}

function isResult(value: unknown): boolean {
  const fields = fieldsOf(value);
  return 'instances' in fields && 'results' in fields && 'since' in fields;
}

function readEntry(entry: unknown, position: string): ReportItem {
  const id = textAt(entry, 'id');
  const cves = textsOf(at(entry, 'cves'));
  return toFinding(
    {
      ids: cves.length > 0 ? cves : cvesOfRapid7Id(id),
      position,
      tool: 'Rapid7 InsightVM',
      severity: textAt(entry, 'severity'),
      reported: toReported({
        title: textAt(entry, 'title'),
        description: textAt(entry, 'description', 'text'),
        cvssVectors: ['v3', 'v2'].flatMap((version) => textsOf(at(entry, 'cvss', version, 'vector'))),
      }),
    },
    textAt(entry, 'title') ?? id,
  );
}
