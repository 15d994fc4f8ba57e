import type { Host } from '../../../domain/finding/sighting.ts';
import { type OnScanned, withCleanHosts } from '../../reports/clean-hosts.ts';
import { toFinding, toHost, toReported } from '../../reports/make-items.ts';
import type { ReportItem, XmlFormat } from '../../reports/report-format.ts';
import { at, firstText, listAt, textAt, textsOf, wholeTextOf } from '../../reports/values.ts';

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
    yield* withCleanHosts('Qualys', (onScanned) =>
      readAssets(listAt(report, 'HOST_LIST', 'HOST'), glossary, onScanned),
    );
  },
};

function* readAssets(
  assets: readonly unknown[],
  glossary: ReadonlyMap<string | null, unknown>,
  onScanned: OnScanned,
): Generator<ReportItem> {
  for (const asset of assets) {
    const host = toHost(at(asset, 'DNS'), at(asset, 'NETBIOS'), at(asset, 'IP'));
    const told = listAt(asset, 'VULN_INFO_LIST', 'VULN_INFO');
    if (told.length > 0) onScanned(host);
    for (const found of told) {
      if (MENDED.test(textAt(found, 'VULN_STATUS') ?? '')) continue;
      const qid = textAt(found, 'QID');
      const entry = glossary.get(qid);
      if (textAt(found, 'TYPE') === 'Ig' && cvesOf(entry).length === 0) continue;
      yield readDetails(entry, { qid, host, place: `HOST[${textAt(asset, 'IP') ?? ''}]/VULN_INFO` });
    }
  }
}

/** Qualys' report of one scan (`scan-1.dtd`): categories of detections below each address. Only vulnerabilities, confirmed (`VULNS`) and potential (`PRACTICES`). */
export const QUALYS_SCAN: XmlFormat = {
  kind: 'xml',
  name: 'Qualys',
  large: ['SCAN.IP'],
  matches: (document) => listAt(document, 'SCAN', 'IP').some((ip) => at(ip, '@value') !== undefined),
  *read(document) {
    yield* withCleanHosts('Qualys', (onScanned) => readAddresses(listAt(document, 'SCAN', 'IP'), onScanned));
  },
};

function* readAddresses(addresses: readonly unknown[], onScanned: OnScanned): Generator<ReportItem> {
  for (const ip of addresses) {
    const host = toHost(at(ip, '@name'), at(ip, '@value'));
    if (['INFOS', 'SERVICES', 'VULNS', 'PRACTICES'].some((group) => at(ip, group) !== undefined)) onScanned(host);
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
}

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
    const assets = listAt(document, 'HOST_LIST_VM_DETECTION_OUTPUT', 'RESPONSE', 'HOST_LIST', 'HOST');
    yield* withCleanHosts('Qualys', (onScanned) => readDetections(assets, onScanned));
  },
};

function* readDetections(assets: readonly unknown[], onScanned: OnScanned): Generator<ReportItem> {
  for (const asset of assets) {
    const names = [at(asset, 'DNS_DATA', 'FQDN'), at(asset, 'DNS'), at(asset, 'NETBIOS')];
    const host = toHost(...names, at(asset, 'IP'), at(asset, 'IPV6'));
    const place = `HOST[${firstText(at(asset, 'ID'), at(asset, 'IP')) ?? ''}]/DETECTION`;
    const told = listAt(asset, 'DETECTION_LIST', 'DETECTION');
    if (told.length > 0) onScanned(host);
    for (const found of told) {
      if (MENDED.test(textAt(found, 'STATUS') ?? '')) continue;
      if (textAt(found, 'TYPE')?.toLowerCase() === 'info' && cvesOf(found).length === 0) continue;
      yield readDetails(found, { qid: textAt(found, 'QID'), host, place });
    }
  }
}

function readDetails(
  entry: unknown,
  { qid, host, place }: { qid: string | null; host: Host | null; place: string },
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
