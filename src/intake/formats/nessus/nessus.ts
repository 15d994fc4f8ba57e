import type { Component, Host } from '../../../domain/finding/sighting.ts';
import { type OnScanned, withCleanHosts } from '../../reports/clean-hosts.ts';
import { toComponent, toFinding, toHost, toReported } from '../../reports/make-items.ts';
import type { ReportItem, XmlFormat } from '../../reports/report-format.ts';
import { at, firstText, listAt, textAt, textOf, textsOf, wholeTextOf } from '../../reports/values.ts';
import { tellsFailedLogin } from './failed-login.ts';

/**
 * Tenable Nessus `.nessus` files, version 2, also as Tenable VM and Web App Scanning write them. A plugin without CVE ids is an entry without id;
 * one that only informs (severity 0) is not worth an entry.
 */
export const NESSUS: XmlFormat = {
  kind: 'xml',
  name: 'Nessus',
  large: ['NessusClientData_v2.Report.ReportHost'],
  matches: (document) => at(document, 'NessusClientData_v2') !== undefined,
  *read(document) {
    const reports = listAt(document, 'NessusClientData_v2', 'Report');
    yield* withCleanHosts('Nessus', (onScanned) => readHosts(reports, onScanned));
  },
};

const HOST_TAGS = ['host-fqdn', 'hostname', 'host-rdns', 'netbios-name', 'host-ip'];

function* readHosts(reports: readonly unknown[], onScanned: OnScanned): Generator<ReportItem> {
  for (const reportHost of reports.flatMap((report) => listAt(report, 'ReportHost'))) {
    const tags = new Map(
      listAt(reportHost, 'HostProperties', 'tag').map((tag) => [textAt(tag, '@name') ?? '', textOf(tag)]),
    );
    const name = textAt(reportHost, '@name');
    const host = toHost(...HOST_TAGS.map((tag) => tags.get(tag)), name);
    const items = listAt(reportHost, 'ReportItem');
    // A host of which not even the scan itself is told was not there to be scanned; of one without a login nothing inside was.
    if (items.length > 0 && !items.some(isFailedLogin)) onScanned(host);
    yield* readItems(items, name, host);
  }
}

function isFailedLogin(item: unknown): boolean {
  return tellsFailedLogin(textAt(item, '@pluginID'), wholeTextOf(at(item, 'plugin_output')));
}

function* readItems(items: readonly unknown[], name: string | null, host: Host | null): Generator<ReportItem> {
  for (const item of items) {
    const cves = textsOf(at(item, 'cve'));
    const severity = textAt(item, '@severity');
    if (cves.length === 0 && severity === '0') continue;
    const position = `ReportHost[${name ?? ''}]/ReportItem[${textAt(item, '@pluginID') ?? ''}]`;
    yield readItem(item, { cves, severity, host, position });
  }
}

function readItem(
  item: unknown,
  { cves, severity, host, position }: { cves: string[]; severity: string | null; host: Host | null; position: string },
): ReportItem {
  const title = firstText(at(item, '@pluginName'), at(item, 'plugin_name'));
  return toFinding(
    {
      ids: cves,
      component: toAffected(item),
      host,
      position,
      tool: 'Nessus',
      severity: textAt(item, 'risk_factor') ?? severity,
      reported: toReported({
        title,
        description: firstText(at(item, 'description'), at(item, 'synopsis')),
        cvssVectors: ['cvss4_vector', 'cvss3_vector', 'cvss_vector'].flatMap((field) => textsOf(at(item, field))),
        cwes: textsOf(at(item, 'cwe')).map((number) => `CWE-${number.replace(/^CWE-/i, '')}`),
      }),
    },
    title,
  );
}

/** A plugin names products as CPE 2.2, those of packages as `p-cpe`. */
function toAffected(item: unknown): Component | null {
  const names = textsOf(at(item, 'cpe')).flatMap((text) => text.split(/\s+/));
  const cpe = names.find((name) => name.startsWith('cpe:')) ?? null;
  const product = names.find((name) => /^(?:p-)?cpe:/.test(name))?.split(':')[3] ?? null;
  if (product === null) return null;
  return toComponent({ cpe, name: product, fixedVersion: textAt(item, 'solution') });
}
