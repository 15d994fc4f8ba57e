import { describe, expect, it } from 'vitest';
import { readItemsOf } from '../../../test/support/read-items.ts';
import { SCANNER_REPORTS } from '../../../test/support/scanner-reports.ts';
import { readXml } from '../reports/read-xml.ts';
import type { JsonFormat, XmlFormat } from '../reports/report-format.ts';
import { FORMATS } from './formats.ts';

const textOf = (name: string) => {
  const report = SCANNER_REPORTS[name];
  return typeof report === 'string' ? report : JSON.stringify(report);
};
const isMarkup = (report: unknown) => typeof report === 'string' && report.startsWith('<');

const WEB_1 = { hostname: 'web-1', ip: '10.0.0.1' };
const CVE = 'CVE-2024-1111';
const TWO = [CVE, 'CVE-2024-1112'];

/** The first item of each report. */
const EXPECTED: Readonly<Record<string, readonly [format: string, count: number, first: Record<string, unknown>]>> = {
  grype: ['Grype', 2, { kind: 'subject', name: 'alpine:3' }],
  grypeOfFirstDays: ['Grype', 2, { kind: 'subject', name: '/folder' }],
  trivyOfACluster: ['Trivy', 1, { ids: [CVE], position: '/Findings/0/Results/0/Vulnerabilities/0' }],
  trivyOperator: [
    'Trivy Operator',
    5,
    { ids: [CVE], position: '/items/0/report/vulnerabilities/0', component: { name: 'curl' } },
  ],
  nucleiArray: [
    'Nuclei',
    1,
    { ids: [CVE], host: { hostname: 'h.example' }, position: '/0', reported: { cwes: ['CWE-79'] } },
  ],
  wazuhApi: ['Wazuh', 1, { ids: [CVE], host: null, position: '/data/affected_items/0' }],
  wazuhIndex: ['Wazuh', 1, { ids: [CVE], host: WEB_1, component: { name: 'p', installedVersion: '1' } }],
  defender: ['Microsoft Defender', 1, { ids: [CVE], host: { hostname: 'abc' }, component: { name: 'p' } }],
  inspector: [
    'Amazon Inspector',
    1,
    {
      ids: [CVE],
      host: { hostname: 'i-0123456789abcdef0', ip: '10.0.0.1' },
      component: { installedVersion: '1-2', fixedVersion: '3' },
      vex: { status: 'fixed', author: 'Amazon Inspector' },
    },
  ],
  securityHub: [
    'AWS Security Finding Format',
    1,
    { ids: [CVE], host: { ip: '10.0.0.1' }, component: { fixedVersion: '3' } },
  ],
  sysdig: ['Sysdig', 1, { ids: [CVE], component: { fixedVersion: '2' }, position: '/data/0' }],
  sysdigPanels: ['Sysdig', 1, { ids: [CVE], position: '/panels/0/data/0' }],
  insightvm: ['Rapid7 InsightVM', 1, { ids: [CVE], position: '/resources/0' }],
  insightvmVulnerability: ['Rapid7 InsightVM', 1, { ids: [CVE], position: '' }],
  zapJson: ['ZAP', 1, { ids: [CVE], position: '/site/0/alerts/0', host: { hostname: 'h.example' } }],
  nessus: [
    'Nessus',
    1,
    {
      ids: TWO,
      host: { hostname: 'web-1.example', ip: '10.0.0.1' },
      position: 'ReportHost[web-1]/ReportItem[2]',
      severity: 'High',
      component: { cpe: 'cpe:/a:apache:http_server', name: 'http_server', fixedVersion: 'Upgrade' },
      reported: { title: 'Apache', cwes: ['CWE-79'], cvssVectors: ['CVSS:3.0/AV:N'] },
    },
  ],
  qualysAssets: ['Qualys', 1, { ids: [CVE], host: WEB_1, position: 'HOST[10.0.0.1]/VULN_INFO[7]', severity: '4' }],
  qualysScan: ['Qualys', 1, { ids: [CVE], host: WEB_1, position: 'IP[10.0.0.1]/VULN[7]' }],
  openvas: ['OpenVAS', 1, { ids: TWO, host: WEB_1, position: 'result[r1]', reported: { cvssVectors: ['AV:N'] } }],
  nexpose: [
    'Nexpose',
    2,
    { ids: [CVE], host: WEB_1, position: 'node[10.0.0.1]/test[abc]', reported: { cvssVectors: ['AV:N/AC:L'] } },
  ],
  nmap: [
    'Nmap',
    3,
    { ids: [CVE], host: WEB_1, severity: '5.0', position: 'host[10.0.0.1]/port[tcp/22]/script[vulners]' },
  ],
  burp: ['Burp Suite', 2, { ids: [CVE], host: WEB_1, position: 'issue[1]', reported: { cwes: ['CWE-79'] } }],
  zap: ['ZAP', 2, { ids: [CVE], host: { hostname: 'web-1' }, position: 'site[https://web-1]/alertitem[1]' }],
  nessusTable: ['Nessus', 2, { ids: [CVE], host: { ip: '10.0.0.1' }, position: 'line 2' }],
  tenableScTable: ['Tenable Security Center', 1, { ids: TWO, host: WEB_1 }],
  tenableVmTable: ['Tenable Vulnerability Management', 1, { ids: TWO, host: WEB_1, vex: { status: 'fixed' } }],
  qualysTable: ['Qualys', 1, { ids: [CVE], host: WEB_1, position: 'line 3', vex: { status: 'fixed' } }],
  qualysPciTable: ['Qualys PCI', 1, { ids: TWO, host: WEB_1 }],
  openvasTable: ['OpenVAS', 1, { ids: TWO, host: WEB_1 }],
  sysdigTable: ['Sysdig', 1, { ids: [CVE], component: { name: 'p', installedVersion: '1', fixedVersion: '2' } }],
  wizTable: ['Wiz', 1, { ids: [CVE], host: WEB_1, component: { name: 'p' }, vex: null }],
  wizIssues: ['Wiz', 1, { ids: [CVE], host: { hostname: 'web-1' } }],
};

describe('a scanner’s report', () => {
  it.each(Object.entries(EXPECTED))('is read: %s', async (name, [format, count, first]) => {
    const read = await readItemsOf(textOf(name));
    expect(read.format).toBe(format);
    expect(read.items).toHaveLength(count);
    expect(read.items[0]).toMatchObject(first);
  });

  it('has all ids, versions and vectors of a Grype match', async () => {
    const { items } = await readItemsOf(textOf('grype'));
    expect(items[1]).toMatchObject({
      ids: ['GHSA-jfh8-c2jp-5v3q', 'CVE-2021-44228'],
      component: { purl: 'pkg:maven/a/log4j-core@2.14.1', fixedVersion: '2.17.1, 2.12.4' },
      reported: { description: 'JNDI', cwes: ['CWE-502'] },
    });
    expect((await readItemsOf(textOf('grypeOfFirstDays'))).items[1]).toMatchObject({
      component: { fixedVersion: '2' },
      reported: { cvssVectors: ['AV:N'] },
    });
  });

  it('has an expectation for each example', () => {
    expect(Object.keys(EXPECTED)).toEqual(Object.keys(SCANNER_REPORTS));
  });
});

const WRONG: readonly unknown[] = [null, 7, 'text', [], {}, [[null]], true];

/** A document with each of its parts, one at a time, of another type. */
function* broken(value: unknown): Iterable<unknown> {
  yield* WRONG;
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) for (const bad of broken(entry)) yield value.with(index, bad);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) {
      for (const bad of broken(entry)) yield { ...value, [key]: bad };
    }
  }
}

describe('a report with parts of the wrong type', () => {
  it.each(
    Object.keys(SCANNER_REPORTS).filter(
      (name) => typeof SCANNER_REPORTS[name] !== 'string' || isMarkup(SCANNER_REPORTS[name]),
    ),
  )('is read as far as it goes: %s', (name) => {
    const report = SCANNER_REPORTS[name];
    const document = typeof report === 'string' ? readXml(name, report) : report;
    const kind = isMarkup(report) ? 'xml' : 'json';
    const formats = FORMATS.filter((format): format is JsonFormat | XmlFormat => format.kind === kind);
    for (const bad of broken(document)) {
      for (const format of formats.filter((one) => one.matches(bad))) {
        const items = [...format.read(bad, { offset: 0 })];
        expect(items.every((item) => item.kind !== 'finding' || item.ids.length > 0)).toBe(true);
      }
    }
  });
});
