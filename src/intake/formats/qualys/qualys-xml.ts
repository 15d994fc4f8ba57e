import { toFinding, toHost, toReported } from '../../reports/make-items.ts';
import type { ReportItem, XmlFormat } from '../../reports/report-format.ts';
import { at, firstText, listAt, listOf, textAt, textOf, textsOf } from '../../reports/values.ts';

type Host = ReturnType<typeof toHost>;

/** Qualys' asset data report: detections by host, and a glossary of what Qualys' ids (QID) mean. What only informs (`Ig`) and names no CVE is left out. */
export const QUALYS_ASSET_REPORT: XmlFormat = {
  kind: 'xml',
  name: 'Qualys',
  matches: (document) => at(document, 'ASSET_DATA_REPORT') !== undefined,
  *read(document) {
    const report = at(document, 'ASSET_DATA_REPORT');
    const details = listAt(report, 'GLOSSARY', 'VULN_DETAILS_LIST', 'VULN_DETAILS');
    const glossary = new Map(details.map((entry) => [textAt(entry, 'QID'), entry]));
    for (const asset of listAt(report, 'HOST_LIST', 'HOST')) {
      const host = toHost(at(asset, 'DNS'), at(asset, 'NETBIOS'), at(asset, 'IP'));
      for (const found of listAt(asset, 'VULN_INFO_LIST', 'VULN_INFO')) {
        const qid = textAt(found, 'QID');
        const entry = glossary.get(qid);
        if (textAt(found, 'TYPE') === 'Ig' && cvesOf(entry).length === 0) continue;
        yield readDetails(entry, { qid, host, place: `HOST[${textAt(asset, 'IP') ?? ''}]/VULN_INFO` });
      }
    }
  },
};

/** Qualys' report of one scan (`scan-1.dtd`): categories of detections below each address. Only vulnerabilities, confirmed (`VULNS`) and potential (`PRACTICES`). */
export const QUALYS_SCAN: XmlFormat = {
  kind: 'xml',
  name: 'Qualys',
  matches: (document) => listAt(document, 'SCAN', 'IP').some((ip) => at(ip, '@value') !== undefined),
  *read(document) {
    for (const ip of listAt(document, 'SCAN', 'IP')) {
      const host = toHost(at(ip, '@name'), at(ip, '@value'));
      for (const [group, kind] of [
        ['VULNS', 'VULN'],
        ['PRACTICES', 'PRACTICE'],
      ] as const) {
        const found = listAt(ip, group, 'CAT').flatMap((category) => listAt(category, kind));
        for (const entry of found) {
          const qid = textAt(entry, '@number');
          yield readDetails(entry, { qid, host, place: `IP[${textAt(ip, '@value') ?? ''}]/${kind}` });
        }
      }
    }
  },
};

function readDetails(
  entry: unknown,
  { qid, host, place }: { qid: string | null; host: Host; place: string },
): ReportItem {
  const title = textAt(entry, 'TITLE');
  return toFinding(
    {
      ids: cvesOf(entry),
      host,
      position: `${place}[${qid ?? ''}]`,
      tool: 'Qualys',
      severity: firstText(at(entry, 'SEVERITY'), at(entry, '@severity')),
      reported: toReported({ title, description: firstText(at(entry, 'THREAT'), at(entry, 'DIAGNOSIS')) }),
    },
    title ?? `QID ${qid ?? ''}`,
  );
}

function cvesOf(entry: unknown): string[] {
  const listed = listAt(entry, 'CVE_ID_LIST', 'CVE_ID').flatMap((id) => textsOf(at(id, 'ID') ?? id));
  const attribute = listOf(textOf(at(entry, '@cveid'))).flatMap((text) => String(text).split(/[\s,]+/));
  return [...listed, ...attribute];
}
