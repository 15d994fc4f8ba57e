import { describe, expect, it } from 'vitest';
import { readItemsOf } from '../../../test/support/read-items.ts';

const CVE = 'CVE-2024-1111';
const lookedAt = async (report: string) =>
  (await readItemsOf(report)).items.flatMap((item) => (item.kind === 'looked' ? [[item.tool, item.host]] : []));
const host = (ip: string | null, hostname: string | null = null) => ({ hostname, ip });

const openvas = (given: { status?: string; filtered?: number; results?: string; rest?: string }) =>
  `<report id="a"><report id="b"><scan_run_status>${given.status ?? 'Done'}</scan_run_status>
  <results>${given.results ?? ''}</results><result_count>9<filtered>${given.filtered ?? 0}</filtered></result_count>
  <host><ip>10.0.0.1</ip><start>2026-01-01T00:00:00Z</start><end>2026-01-01T01:00:00Z</end><detail><name>hostname</name><value>web-1</value></detail></host>
  <host><ip>10.0.0.2</ip><start>2026-01-01T00:00:00Z</start><end></end></host>${given.rest ?? ''}</report></report>`;
const result = (cve: string) =>
  `<result id="r"><host>10.0.0.1</host><nvt oid="1"><cve>${cve}</cve></nvt><severity>${cve === 'NOCVE' ? 0 : 9}</severity></result>`;

describe('a host that was scanned and has no finding was looked at', () => {
  it('in OpenVAS, whose scan is done and whole, under its name and under its address alone', async () => {
    const clean = [
      ['OpenVAS', host('10.0.0.1', 'web-1')],
      ['OpenVAS', host('10.0.0.1')],
    ];
    expect(await lookedAt(openvas({}))).toEqual(clean);
    expect(await lookedAt(openvas({ results: result('NOCVE'), filtered: 1 }))).toEqual(clean);
    expect(await lookedAt(openvas({ results: result(CVE), filtered: 1 }))).toEqual([]);
    expect(await lookedAt(openvas({ status: 'Stopped' }))).toEqual([]);
    expect(await lookedAt(openvas({ results: result('NOCVE'), filtered: 2 }))).toEqual([]);
    const failed = '<errors><error><host>10.0.0.1</host><description>NVT timed out</description></error></errors>';
    expect(await lookedAt(openvas({ rest: failed }))).toEqual([]);
  });

  it('of OpenVAS, and one whose finding a user calls a false positive says so', async () => {
    const overridden = result(CVE).replace('</result>', '<threat>False Positive</threat></result>');
    const { items } = await readItemsOf(openvas({ results: overridden, filtered: 1 }));
    expect(items).toMatchObject([{ ids: [CVE], vex: { status: 'not_affected', author: 'OpenVAS' } }]);
  });

  it('in Nessus, where the scan could log in', async () => {
    const report = (...plugins: readonly string[]) =>
      `<NessusClientData_v2><Report><ReportHost name="web-1">${plugins.join('')}</ReportHost></Report></NessusClientData_v2>`;
    const plugin = (id: number, inside = '') =>
      `<ReportItem pluginID="${id}" pluginName="P" severity="0">${inside}</ReportItem>`;
    const information = (logged: string) =>
      plugin(
        19506,
        `<plugin_output>Scan type : Normal\nCredentialed checks : ${logged}\nPatch management checks : None</plugin_output>`,
      );
    const clean = [['Nessus', host(null, 'web-1')]];
    expect(await lookedAt(report(information('yes, as root via ssh')))).toEqual(clean);
    expect(await lookedAt(report(plugin(10180)))).toEqual(clean);
    expect(await lookedAt(report(information('no')))).toEqual([]);
    for (const id of [21745, 104410, 110385, 117885]) {
      expect(await lookedAt(report(information('yes'), plugin(id)))).toEqual([]);
    }
    const found = `<ReportItem pluginID="1" severity="4"><cve>${CVE}</cve></ReportItem>`;
    const { items } = await readItemsOf(report(information('no'), found));
    expect(items).toMatchObject([{ kind: 'finding', ids: [CVE], host: host(null, 'web-1') }]);
  });

  it.each([
    [
      'Nessus',
      'Plugin ID,CVE,Risk,Host,Name,Plugin Output\n',
      (id: number, output = '') => `${id},,None,web-1,P,"${output}"\n`,
    ],
    [
      'Tenable Security Center',
      'Plugin,Plugin Name,Severity,IP Address,DNS Name,CVE,Plugin Text\n',
      (id: number, output = '') => `${id},P,Info,,web-1,,"${output}"\n`,
    ],
    [
      'Tenable Vulnerability Management',
      'definition.id,definition.name,definition.cve,asset.host_name,severity,output\n',
      (id: number, output = '') => `${id},P,,web-1,info,"${output}"\n`,
    ],
  ])('in a table of %s, where the scan could log in', async (tool, titles, row) => {
    const clean = [[tool, host(null, 'web-1')]];
    expect(await lookedAt(titles + row(10180) + row(19506, 'Credentialed checks : yes'))).toEqual(clean);
    expect(await lookedAt(titles + row(19506, 'x\nCredentialed checks : no\ny') + row(10180))).toEqual([]);
    expect(await lookedAt(titles + row(10180) + row(104410))).toEqual([]);
  });

  it('in Nexpose, whose scans are finished, where it is alive', async () => {
    const report = (status: string, node: string) =>
      `<NexposeReport version="2.0"><scans><scan id="1" status="${status}"/></scans><nodes>${node}</nodes></NexposeReport>`;
    const node = (status: string, tests = '') => `<node address="10.0.0.1" status="${status}">${tests}</node>`;
    const found = `<tests><test id="x-cve-2024-1111" status="vulnerable-version"/></tests>`;
    expect(await lookedAt(report('finished', node('alive')))).toEqual([['Nexpose', host('10.0.0.1')]]);
    expect(await lookedAt(report('finished', node('alive', found)))).toEqual([]);
    expect(await lookedAt(report('finished', node('dead')))).toEqual([]);
    expect(await lookedAt(report('stopped', node('alive')))).toEqual([]);
  });

  it('in Nexpose Simple XML, where anything is told of it', async () => {
    const report = (device: string) =>
      `<NeXposeSimpleXML version="1.0"><devices><device address="10.0.0.1" id="1">${device}</device></devices></NeXposeSimpleXML>`;
    expect(await lookedAt(report('<vulnerabilities/>'))).toEqual([['Nexpose', host('10.0.0.1')]]);
    const found = '<vulnerabilities><vulnerability id="x-cve-2024-1111" resultCode="VE"/></vulnerabilities>';
    expect(await lookedAt(report(found))).toEqual([]);
    expect(await lookedAt(report(''))).toEqual([]);
  });

  it('in Qualys’ report of one scan', async () => {
    const report = (inside: string) =>
      `<SCAN value="scan/1"><IP value="10.0.0.1" name="web-1">${inside}</IP><IP value="10.0.0.2" name="No registered hostname"/></SCAN>`;
    expect(await lookedAt(report('<INFOS><CAT value="Info"><INFO number="1"/></CAT></INFOS>'))).toEqual([
      ['Qualys', host('10.0.0.1', 'web-1')],
    ]);
    expect(await lookedAt(report(`<VULNS><CAT><VULN number="1" cveid="${CVE}"/></CAT></VULNS>`))).toEqual([]);
  });

  it.each([
    ['Nessus', 'Plugin ID,CVE,Risk,Host,Name\n1,CVE-2024-1111,High,web-9,N\n19506,,None,web-1,Scan Information\n'],
    ['OpenVAS', 'IP,Hostname,Severity,NVT Name,NVT OID,CVEs\n10.0.0.9,web-9,High,N,1,CVE-2024-1111\n,web-1,Log,L,2,\n'],
    ['Qualys', 'IP,DNS,QID,Title,Severity,CVE ID\n,web-9,1,T,5,CVE-2024-1111\n,web-1,2,Info,1,\n,,3,T,1,\n'],
  ])('in a table of %s', async (tool, table) => {
    expect(await lookedAt(table)).toEqual([[tool, host(null, 'web-1')]]);
  });

  it('in a table of Qualys by the state of the address, which is no finding', async () => {
    const table = 'IP,DNS,IP Status,QID,Title\n10.0.0.1,,"host scanned, no vuln",,\n10.0.0.2,,host not alive,,\n';
    const { items } = await readItemsOf(table);
    expect(items).toEqual([{ kind: 'looked', host: host('10.0.0.1'), subject: null, tool: 'Qualys' }]);
  });

  it('but not in a table that people keep', async () => {
    expect(await lookedAt('CVE,Host,Title\nCVE-2024-1111,web-9,N\n,web-1,nothing\n')).toEqual([]);
  });
});
