import { toFinding, toHost, toReported } from '../../reports/make-items.ts';
import type { ReportItem, XmlFormat } from '../../reports/report-format.ts';
import { at, firstText, listAt, textAt, textsOf, wholeTextOf } from '../../reports/values.ts';

type Host = ReturnType<typeof toHost>;

/** Detections that are no longer there, as Qualys calls them. */
const MENDED = /^fixed$/i;

/** Qualys' asset data report: detections by host, and a glossary of what Qualys' ids (QID) mean. What only informs (`Ig`) and names no CVE is left out. */
export const QUALYS_ASSET_REPORT: XmlFormat = {
  kind: 'xml',
  name: 'Qualys',
  large: ['ASSET_DATA_REPORT.HOST_LIST.HOST'],
  matches: (document) => at(document, 'ASSET_DATA_REPORT') !== undefined,
  *read(document) {
    const report = at(document, 'ASSET_DATA_REPORT');
    const details = listAt(report, 'GLOSSARY', 'VULN_DETAILS_LIST', 'VULN_DETAILS');
    const glossary = new Map(details.map((entry) => [textAt(entry, 'QID'), entry]));
    for (const asset of listAt(report, 'HOST_LIST', 'HOST')) {
      const host = toHost(at(asset, 'DNS'), at(asset, 'NETBIOS'), at(asset, 'IP'));
      const told = listAt(asset, 'VULN_INFO_LIST', 'VULN_INFO');
      const items: ReportItem[] = [];
      for (const found of told) {
        if (MENDED.test(textAt(found, 'VULN_STATUS') ?? '')) continue;
        const qid = textAt(found, 'QID');
        const entry = glossary.get(qid);
        if (textAt(found, 'TYPE') === 'Ig' && cvesOf(entry).length === 0) continue;
        items.push(readDetails(entry, { qid, host, place: `HOST[${textAt(asset, 'IP') ?? ''}]/VULN_INFO` }));
      }
      yield* withLookedAt(host, told.length > 0, items);
    }
  },
};

/** Qualys' report of one scan (`scan-1.dtd`): categories of detections below each address. Only vulnerabilities, confirmed (`VULNS`) and potential (`PRACTICES`). */
export const QUALYS_SCAN: XmlFormat = {
  kind: 'xml',
  name: 'Qualys',
  large: ['SCAN.IP'],
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

/**
 * The answer of Qualys' API to `/asset/host/vm/detection/`: detections by host, of Qualys' own ids (QID). CVE ids stand in it only where the account's release adds them; other detections name no
 * vulnerability, and a report with a glossary has to be taken for them. What is mended, or only informs, is left out.
 */
export const QUALYS_DETECTIONS: XmlFormat = {
  kind: 'xml',
  name: 'Qualys host detections',
  large: ['HOST_LIST_VM_DETECTION_OUTPUT.RESPONSE.HOST_LIST.HOST'],
  matches: (document) => at(document, 'HOST_LIST_VM_DETECTION_OUTPUT') !== undefined,
  *read(document) {
    for (const asset of listAt(document, 'HOST_LIST_VM_DETECTION_OUTPUT', 'RESPONSE', 'HOST_LIST', 'HOST')) {
      const host = toHost(
        at(asset, 'DNS_DATA', 'FQDN'),
        at(asset, 'DNS'),
        at(asset, 'NETBIOS'),
        at(asset, 'IP'),
        at(asset, 'IPV6'),
      );
      const place = `HOST[${firstText(at(asset, 'ID'), at(asset, 'IP')) ?? ''}]/DETECTION`;
      const told = listAt(asset, 'DETECTION_LIST', 'DETECTION');
      const items: ReportItem[] = [];
      for (const found of told) {
        if (MENDED.test(textAt(found, 'STATUS') ?? '')) continue;
        if (textAt(found, 'TYPE')?.toLowerCase() === 'info' && cvesOf(found).length === 0) continue;
        items.push(readDetails(found, { qid: textAt(found, 'QID'), host, place }));
      }
      yield* withLookedAt(host, told.length > 0, items);
    }
  },
};

/** What is read of a host; where that names no vulnerability, the host was looked at, as far as anything is told of it. */
function* withLookedAt(host: Host, isTold: boolean, items: readonly ReportItem[]): Generator<ReportItem> {
  const isClean = isTold && items.every(({ kind }) => kind !== 'finding');
  if (host !== null && isClean) yield { kind: 'looked', host, subject: null, tool: 'Qualys' };
  yield* items;
}

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
  const lists = [...listAt(entry, 'CVE_ID_LIST', 'CVE_ID'), ...listAt(entry, 'CVE_LIST', 'CVE')];
  const listed = lists.flatMap((id) => textsOf(at(id, 'ID') ?? id));
  const attribute = (wholeTextOf(at(entry, '@cveid')) ?? '').split(/[\s,]+/).filter((id) => id !== '');
  return [...listed, ...attribute];
}
