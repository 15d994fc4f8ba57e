/** Small reports as scanners write them, made by hand: a JSON document, or XML or CSV text, each with one finding. */
export const SCANNER_REPORTS: Readonly<Record<string, unknown>> = {
  grype: {
    matches: [
      {
        vulnerability: {
          id: 'GHSA-jfh8-c2jp-5v3q',
          severity: 'Critical',
          fix: { versions: ['2.17.1', '2.12.4'], state: 'fixed' },
          cvss: [{ version: '3.1', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H' }],
          cwes: [{ cwe: 'CWE-502' }],
        },
        relatedVulnerabilities: [{ id: 'CVE-2021-44228', description: 'JNDI' }],
        artifact: {
          name: 'log4j-core',
          version: '2.14.1',
          purl: 'pkg:maven/a/log4j-core@2.14.1',
          cpes: ['cpe:2.3:a:b:c'],
        },
      },
    ],
    source: { type: 'image', target: { userInput: 'alpine:3' } },
    descriptor: { name: 'grype', version: '0.90' },
  },
  grypeOfFirstDays: {
    matches: [
      {
        vulnerability: { id: 'CVE-2011-3389', severity: 'Medium', cvssV2: { vector: 'AV:N' }, fixedInVersion: '2' },
        artifact: { name: 'gnutls', version: '1' },
      },
    ],
    source: { target: '/folder' },
  },
  trivyOfACluster: {
    ClusterName: 'c',
    Findings: [
      {
        Results: [
          { Target: 'a', Type: 'debian', Vulnerabilities: [{ VulnerabilityID: 'CVE-2024-1111', PkgName: 'p' }] },
        ],
      },
    ],
  },
  trivyOperator: {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      {
        apiVersion: 'aquasecurity.github.io/v1alpha1',
        kind: 'VulnerabilityReport',
        report: {
          scanner: { name: 'Trivy' },
          vulnerabilities: [
            {
              vulnerabilityID: 'CVE-2024-1111',
              resource: 'curl',
              installedVersion: '1',
              fixedVersion: '2',
              severity: 'HIGH',
            },
          ],
          checks: [
            { title: 'root', success: false },
            { title: 'fine', success: true },
          ],
          secrets: [{ title: 'key' }],
        },
        status: {
          summaryReport: { controlCheck: [{ name: 'control', totalFail: 2 }] },
          detailReport: { results: [{ name: 'r', checks: [{ success: false, title: 'c' }] }] },
        },
      },
    ],
  },
  nucleiArray: [
    {
      'template-id': 'x',
      info: { name: 'X', classification: { 'cve-id': ['cve-2024-1111'], 'cwe-id': ['cwe-79'] } },
      host: 'https://h.example:8443/a',
    },
  ],
  wazuhApi: {
    data: {
      affected_items: [{ cve: 'CVE-2024-1111', name: 'p', version: '1', severity: 'High' }],
      total_affected_items: 1,
    },
    message: 'All selected vulnerabilities were returned',
  },
  wazuhIndex: {
    hits: {
      hits: [
        {
          _index: 'wazuh-states-vulnerabilities-x',
          _source: {
            agent: { name: 'web-1', type: 'Wazuh' },
            host: { ip: ['10.0.0.1'] },
            package: { name: 'p', version: '1' },
            vulnerability: { id: 'CVE-2024-1111', severity: 'High' },
          },
        },
      ],
    },
  },
  defender: {
    '@odata.context': 'https://api.securitycenter.microsoft.com/api/$metadata#x',
    value: [{ cveId: 'CVE-2024-1111', machineId: 'abc', productName: 'p', productVersion: '1', severity: 'High' }],
  },
  inspector: {
    findings: [
      {
        findingArn: 'arn',
        awsAccountId: '1',
        severity: 'HIGH',
        status: 'CLOSED',
        packageVulnerabilityDetails: {
          vulnerabilityId: 'CVE-2024-1111',
          cvss: [{ scoringVector: 'CVSS:3.1/AV:N' }],
          vulnerablePackages: [{ name: 'p', version: '1', release: '2', fixedInVersion: '3' }],
        },
        resources: [
          {
            id: 'arn:aws:ec2:r:1:instance/i-0123456789abcdef0',
            details: { awsEc2Instance: { ipV4Addresses: ['10.0.0.1'] } },
          },
        ],
      },
    ],
  },
  securityHub: {
    Findings: [
      {
        SchemaVersion: '2018-10-08',
        ProductArn: 'arn',
        ProductName: 'Inspector',
        Severity: { Label: 'HIGH' },
        Resources: [
          {
            Id: 'arn:aws:ec2:r:1:instance/i-0123456789abcdef0',
            Details: { AwsEc2Instance: { IpV4Addresses: ['10.0.0.1'] } },
          },
        ],
        Vulnerabilities: [
          { Id: 'CVE-2024-1111', VulnerablePackages: [{ Name: 'p', Version: '1', FixedInVersion: '3' }] },
        ],
      },
    ],
  },
  sysdig: { data: [{ vulnName: 'CVE-2024-1111', packageName: 'p', packageVersion: '1', vulnFixVersion: '2' }] },
  sysdigPanels: {
    panels: [{ data: [{ vuln_id: 'CVE-2024-1111', scan_package_name: 'p', scan_package_version: '1' }] }],
  },
  insightvm: {
    resources: [
      { id: 'ubuntu-cve-2024-1111', instances: 1, results: [{ port: 443 }], since: '2024', status: 'vulnerable' },
    ],
    links: [],
  },
  insightvmVulnerability: {
    id: 'x',
    cves: ['CVE-2024-1111'],
    severityScore: 7,
    denialOfService: false,
    cvss: { v3: { vector: 'AV:N' } },
  },
  zapJson: {
    '@programName': 'ZAP',
    site: [
      { '@host': 'h.example', alerts: [{ name: 'n', tags: [{ tag: 'CVE-2024-1111' }], riskcode: '3', cweid: '79' }] },
    ],
  },
  nessus: `<?xml version="1.0"?><NessusClientData_v2><Report name="r"><ReportHost name="web-1"><HostProperties>
    <tag name="host-ip">10.0.0.1</tag><tag name="host-fqdn">web-1.example</tag></HostProperties>
    <ReportItem port="0" severity="0" pluginID="19506" pluginName="Scan Information"/>
    <ReportItem severity="3" pluginID="2" pluginName="Apache"><cve>CVE-2024-1111</cve><cve>CVE-2024-1112</cve><cwe>79</cwe>
    <cpe>cpe:/a:apache:http_server</cpe><risk_factor>High</risk_factor><solution>Upgrade</solution><cvss3_vector>CVSS:3.0/AV:N</cvss3_vector></ReportItem>
    </ReportHost></Report></NessusClientData_v2>`,
  qualysAssets: `<!DOCTYPE ASSET_DATA_REPORT SYSTEM "x.dtd"><ASSET_DATA_REPORT><HOST_LIST><HOST><IP>10.0.0.1</IP><DNS>web-1</DNS><VULN_INFO_LIST>
    <VULN_INFO><QID id="qid_6">6</QID><TYPE>Ig</TYPE></VULN_INFO><VULN_INFO><QID id="qid_7">7</QID><TYPE>Vuln</TYPE></VULN_INFO></VULN_INFO_LIST></HOST></HOST_LIST>
    <GLOSSARY><VULN_DETAILS_LIST><VULN_DETAILS id="qid_7"><QID>7</QID><TITLE>T</TITLE><SEVERITY>4</SEVERITY><CVE_ID_LIST><CVE_ID><ID>CVE-2024-1111</ID></CVE_ID></CVE_ID_LIST></VULN_DETAILS></VULN_DETAILS_LIST></GLOSSARY></ASSET_DATA_REPORT>`,
  qualysScan: `<SCAN value="scan/1"><IP value="10.0.0.1" name="web-1"><VULNS><CAT value="Web"><VULN number="7" severity="4"><TITLE>T</TITLE>
    <CVE_ID_LIST><CVE_ID><ID>CVE-2024-1111</ID></CVE_ID></CVE_ID_LIST></VULN></CAT></VULNS></IP></SCAN>`,
  openvas: `<report id="a"><report id="b"><scan_run_status>Done</scan_run_status><results><result id="r1"><name>N</name><host>10.0.0.1<hostname>web-1</hostname></host>
    <nvt oid="1"><cve>CVE-2024-1111, CVE-2024-1112</cve><tags>cvss_base_vector=AV:N|x=y</tags></nvt><threat>High</threat><severity>9</severity></result>
    <result id="r2"><name>Log</name><host>10.0.0.1</host><nvt oid="2"><cve>NOCVE</cve></nvt><severity>0.0</severity></result></results></report></report>`,
  nexpose: `<NexposeReport version="2.0"><nodes><node address="10.0.0.1"><names><name>web-1</name></names><tests><test id="ABC" status="vulnerable-version"/><test id="abc" status="not-vulnerable"/></tests>
    <endpoints><endpoint protocol="tcp" port="22"><services><service><tests><test id="ssh-cve-2024-1112" status="vulnerable-exploited"/></tests></service></services></endpoint></endpoints></node></nodes>
    <VulnerabilityDefinitions><vulnerability id="abc" title="T" severity="8" cvssVector="(AV:N/AC:L)"><references><reference source="CVE">CVE-2024-1111</reference><reference source="URL">u</reference></references></vulnerability></VulnerabilityDefinitions></NexposeReport>`,
  nmap: `<nmaprun><host><address addr="10.0.0.1" addrtype="ipv4"/><hostnames><hostname name="web-1"/></hostnames><ports><port protocol="tcp" portid="22"><service product="OpenSSH" version="7.4"><cpe>cpe:/a:openbsd:openssh:7.4</cpe></service>
    <script id="vulners" output="x CVE-2024-9999"><table key="cpe"><table><elem key="id">CVE-2024-1111</elem><elem key="type">cve</elem><elem key="cvss">5.0</elem></table><table><elem key="id">EDB-CVE-2024-3333</elem><elem key="type">exploit</elem></table></table></script>
    <script id="vulscan" output="[CVE-2024-1112] like CVE-2020-1111"/><script id="http-vuln-x" output="&#10; VULNERABLE:&#10; IDs:  CVE:CVE-2024-1113&#10;"/><script id="smb-vuln-y" output="NOT VULNERABLE&#10; IDs: CVE:CVE-2024-1114"/></port></ports></host></nmaprun>`,
  burp: `<?xml version="1.0"?><!DOCTYPE issues [<!ELEMENT issues (issue*)>]><issues burpVersion="2"><issue><serialNumber>1</serialNumber><name>Outdated library (CVE-2024-1111)</name><host ip="10.0.0.1">https://web-1</host><severity>High</severity><vulnerabilityClassifications>CWE-79</vulnerabilityClassifications></issue>
    <issue><serialNumber>2</serialNumber><name>Note</name><severity>Information</severity></issue><issue><serialNumber>3</serialNumber><name>XSS</name><severity>High</severity></issue></issues>`,
  zap: `<OWASPZAPReport version="2.11"><site name="https://web-1" host="web-1"><alerts><alertitem><pluginid>10003</pluginid><name>Vulnerable JS Library</name><riskcode>2</riskcode><otherinfo>CVE-2024-1111</otherinfo><cweid>829</cweid></alertitem>
    <alertitem><pluginid>1</pluginid><name>n</name><riskcode>1</riskcode><desc>as in CVE-2020-1111</desc></alertitem></alerts></site></OWASPZAPReport>`,
  nessusTable:
    'Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name,Synopsis\n1,CVE-2024-1111,5,High,10.0.0.1,tcp,1,N,S\n2,,,None,10.0.0.1,tcp,1,Info,S\n3,,5,Medium,10.0.0.1,tcp,1,Weak,S\n',
  tenableScTable:
    '"Plugin","Plugin Name","Severity","IP Address","DNS Name","CVE"\n"1","N","High","10.0.0.1","web-1","CVE-2024-1111,CVE-2024-1112"\n',
  tenableVmTable:
    'asset.name;asset.display_ipv4_address;definition.cve;definition.name;severity;state\nweb-1;10.0.0.1;"CVE-2024-1111,CVE-2024-1112";N;High;Fixed\n',
  qualysTable:
    '"Asset Vuln Datalist Report","today"\n"CVE","QID","Title","Severity","Asset Name","Asset IPV4","Status"\n"CVE-2024-1111","7","T","4","web-1","10.0.0.1","FIXED"\n',
  qualysPciTable: 'IP,HOSTNAME,QID,VULN TITLE,SEVERITY,CVEID\n10.0.0.1,web-1,7,T,High,"CVE-2024-1111,CVE-2024-1112"\n',
  openvasTable:
    'IP,Hostname,Severity,NVT Name,NVT OID,CVEs\n10.0.0.1,web-1,High,N,1,"CVE-2024-1111,CVE-2024-1112"\n10.0.0.1,,Log,L,2,\n',
  sysdigTable:
    'Vulnerability ID,Severity,Package name,Package version,Fix version,Package suggested fix\nCVE-2024-1111,High,p,1,2,3\n',
  wizTable:
    'ID,WizURL,Name,VendorSeverity,FindingStatus,DetailedName,Version,FixedVersion,AssetName,IpAddresses\n1,u,CVE-2024-1111,High,Open,p,1,2,web-1,10.0.0.1\n',
  wizIssues:
    'Title,Severity,Description,Resource Type,Control ID,Resource Name,Wiz URL\nVM vulnerable to CVE-2024-1111,HIGH,d,VM,c,web-1,u\n',
};
