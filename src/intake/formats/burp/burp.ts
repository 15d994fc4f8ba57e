import { findCveIds } from '../../../domain/cve/cve-id.ts';
import { toFinding, toHost, toReported } from '../../reports/make-items.ts';
import type { XmlFormat } from '../../reports/report-format.ts';
import { at, listAt, textAt, wholeTextOf } from '../../reports/values.ts';

/** Where Burp names a vulnerability; its prose may mention others. */
const NAMING_FIELDS = ['name', 'references', 'vulnerabilityClassifications'];

/** PortSwigger Burp Suite's XML report: mostly flaws of the application itself, which have no CVE id. What only informs and names no CVE is left out. */
export const BURP: XmlFormat = {
  kind: 'xml',
  name: 'Burp Suite',
  large: ['issues.issue'],
  matches: (document) => at(document, 'issues', '@burpVersion') !== undefined,
  *read(document) {
    for (const issue of listAt(document, 'issues', 'issue')) {
      const [ids, severity] = [findCveIds(namingText(issue)), textAt(issue, 'severity')];
      if (ids.length === 0 && severity === 'Information') continue;
      const title = textAt(issue, 'name');
      yield toFinding(
        {
          ids,
          host: toHost(at(issue, 'host'), at(issue, 'host', '@ip')),
          position: `issue[${textAt(issue, 'serialNumber') ?? ''}]`,
          tool: 'Burp Suite',
          severity,
          reported: toReported({
            title,
            description: textAt(issue, 'issueBackground'),
            cwes: (textAt(issue, 'vulnerabilityClassifications') ?? '').match(/CWE-\d+/g) ?? [],
          }),
        },
        title,
      );
    }
  },
};

const namingText = (issue: unknown) => NAMING_FIELDS.map((field) => wholeTextOf(at(issue, field)) ?? '').join('\n');
