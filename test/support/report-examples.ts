/** A small document of each format, made by hand after its specification. */

const LOG4J = 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1';

export const CYCLONEDX_EXAMPLE = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  serialNumber: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79',
  metadata: {
    timestamp: '2024-05-01T00:00:00Z',
    tools: { components: [{ type: 'application', name: 'maker' }] },
    supplier: { name: 'Example Org' },
    component: { 'bom-ref': 'shop', type: 'application', group: 'org.example', name: 'shop', version: '3.0' },
  },
  components: [
    {
      'bom-ref': 'log4j',
      name: 'log4j-core',
      version: '2.14.1',
      purl: LOG4J,
      components: [{ 'bom-ref': 'inner', name: 'inner', version: '1' }],
    },
    { 'bom-ref': 'nameless' },
  ],
  services: [{ 'bom-ref': 'service', name: 'payments' }],
  vulnerabilities: [
    {
      id: 'CVE-2021-44228',
      references: [{ id: 'GHSA-jfh8-c2jp-5v3q', source: { name: 'GitHub' } }],
      ratings: [
        { severity: 'critical', method: 'CVSSv31', vector: 'AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H' },
        { method: 'OWASP', vector: 'SL:1/M:1/O:0/S:2' },
      ],
      cwes: [502],
      description: 'JNDI',
      recommendation: 'Upgrade log4j-core to version 2.17.1',
      affects: [
        { ref: 'log4j' },
        {
          ref: 'urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#inner',
          versions: [{ version: '2', status: 'unaffected' }],
        },
        { ref: 'pkg:npm/left-pad@1.0.0' },
        { ref: 'nowhere' },
      ],
      analysis: {
        state: 'not_affected',
        justification: 'code_not_reachable',
        response: ['update'],
        detail: 'never called',
      },
    },
    { id: 'CVE-2020-0001', analysis: { state: 'in_triage' } },
    { description: 'no id' },
  ],
};

export const SPDX_EXAMPLE = {
  spdxVersion: 'SPDX-2.3',
  name: 'shop',
  packages: [
    {
      name: 'log4j-core',
      versionInfo: '2.14.1',
      externalRefs: [
        { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: LOG4J },
        {
          referenceCategory: 'SECURITY',
          referenceType: 'cpe23Type',
          referenceLocator: 'cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:*',
        },
        {
          referenceCategory: 'SECURITY',
          referenceType: 'advisory',
          referenceLocator: 'https://nvd.nist.gov/vuln/detail/CVE-2021-44228',
        },
        { referenceCategory: 'SECURITY', referenceType: 'fix', referenceLocator: 'https://example.com/CVE-2021-45046' },
        { referenceCategory: 'SECURITY', referenceType: 'url', referenceLocator: 'https://example.com/security' },
      ],
    },
    { SPDXID: 'SPDXRef-nameless' },
  ],
};

export const SPDX_3_EXAMPLE = {
  '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
  '@graph': [
    { type: 'SpdxDocument', spdxId: 'urn:doc', name: 'shop' },
    { type: 'Organization', spdxId: 'urn:org', name: 'Example Org' },
    {
      type: 'software_Package',
      spdxId: 'urn:log4j',
      name: 'log4j-core',
      software_packageVersion: '2.14.1',
      software_packageUrl: LOG4J,
      externalRef: [
        { externalRefType: 'securityAdvisory', locator: ['https://nvd.nist.gov/vuln/detail/CVE-2021-44832'] },
      ],
    },
    {
      type: 'security_Vulnerability',
      spdxId: 'urn:v1',
      summary: 'JNDI',
      externalIdentifier: [{ externalIdentifierType: 'cve', identifier: 'CVE-2021-44228' }],
    },
    { type: 'security_Vulnerability', spdxId: 'urn:v2', name: 'CVE-2021-45046' },
    { type: 'security_Vulnerability', spdxId: 'urn:v3', name: 'CVE-2021-45105' },
    {
      type: 'security_VexNotAffectedVulnAssessmentRelationship',
      from: 'urn:v1',
      to: ['urn:log4j'],
      relationshipType: 'doesNotAffect',
      suppliedBy: 'urn:org',
      security_justificationType: 'vulnerableCodeNotPresent',
      security_impactStatement: 'removed',
    },
    {
      type: 'security_CvssV3VulnAssessmentRelationship',
      from: 'urn:v1',
      to: ['urn:log4j'],
      security_severity: 'critical',
      security_vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H',
    },
    { type: 'Relationship', from: 'urn:log4j', to: ['urn:v2'], relationshipType: 'hasAssociatedVulnerability' },
  ],
};

export const OPENVEX_EXAMPLE = {
  '@context': 'https://openvex.dev/ns/v0.2.0',
  author: 'Example Org',
  timestamp: '2024-05-01T00:00:00Z',
  statements: [
    {
      vulnerability: { name: 'CVE-2021-44228', aliases: ['GHSA-jfh8-c2jp-5v3q'] },
      products: [
        { '@id': 'pkg:oci/shop@sha256%3Aab', subcomponents: [{ '@id': LOG4J }, { '@id': 'https://example.com/part' }] },
      ],
      status: 'not_affected',
      justification: 'vulnerable_code_not_present',
      impact_statement: 'removed',
    },
  ],
};

const product = (name: string, product_id: string, helper: object = {}) => ({
  name,
  product_id,
  product_identification_helper: helper,
});

export const CSAF_EXAMPLE = {
  document: {
    csaf_version: '2.0',
    publisher: { name: 'Example Org' },
    tracking: { id: 'EX-2024-1', current_release_date: '2024-05-01T00:00:00Z' },
  },
  product_tree: {
    branches: [
      {
        category: 'vendor',
        name: 'Example',
        branches: [
          {
            category: 'product_name',
            name: 'Shop',
            branches: [
              { category: 'product_version', name: '3.0', product: product('Example Shop 3.0', 'P1') },
              { category: 'product_version_range', name: '<3', product: product('Shop', 'P2') },
              { category: 'product_version', name: '3.1', product: product('Example Shop 3.1', 'P3') },
            ],
          },
          { category: 'product_version', name: 'log4j-core', product: product('log4j-core', 'L', { purl: LOG4J }) },
        ],
      },
    ],
    relationships: [
      {
        full_product_name: product('log4j-core in Shop 3.0', 'P1:L'),
        product_reference: 'L',
        relates_to_product_reference: 'P1',
      },
    ],
    product_groups: [{ group_id: 'G', product_ids: ['P1:L'] }],
  },
  vulnerabilities: [
    {
      cve: 'CVE-2021-44228',
      ids: [{ system_name: 'Bugzilla', text: '123' }],
      cwe: { id: 'CWE-502' },
      product_status: {
        known_affected: ['P1', 'P2'],
        known_not_affected: ['P1:L'],
        under_investigation: ['elsewhere'],
        recommended: ['P3'],
      },
      flags: [{ label: 'vulnerable_code_not_in_execute_path', group_ids: ['G'] }],
      threats: [{ category: 'impact', details: 'never called', product_ids: ['P1:L'] }],
      remediations: [{ category: 'vendor_fix', details: 'Update to 3.1', product_ids: ['P1'] }],
      scores: [{ cvss_v3: { vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', baseSeverity: 'CRITICAL' } }],
    },
    { title: 'without id' },
  ],
};

export const OSV_EXAMPLE = {
  id: 'GHSA-jfh8-c2jp-5v3q',
  modified: '2024-05-01T00:00:00Z',
  aliases: ['CVE-2021-44228'],
  related: ['CVE-2021-45046'],
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H' }],
  affected: [
    {
      package: { ecosystem: 'Maven', name: 'log4j-core', purl: 'pkg:maven/log4j-core' },
      ranges: [
        {
          type: 'ECOSYSTEM',
          events: [{ introduced: '0' }, { fixed: '2.12.2' }, { introduced: '2.13' }, { fixed: '2.15.0' }],
        },
        { type: 'GIT', events: [{ fixed: 'ab12' }] },
      ],
    },
  ],
};

export const OSV_SCANNER_EXAMPLE = {
  results: [
    {
      source: { path: '/app/pom.xml', type: 'lockfile' },
      packages: [
        {
          package: { name: 'log4j-core', version: '2.14.1', ecosystem: 'Maven' },
          vulnerabilities: [
            OSV_EXAMPLE,
            { id: 'GHSA-aaaa-bbbb-cccc', aliases: ['CVE-2021-44228'] },
            { id: 'GHSA-dddd-eeee-ffff' },
          ],
          groups: [
            { ids: ['GHSA-jfh8-c2jp-5v3q', 'GHSA-aaaa-bbbb-cccc'], aliases: ['CVE-2021-44228'], max_severity: '10.0' },
            { ids: ['GHSA-dddd-eeee-ffff'] },
          ],
        },
      ],
    },
  ],
};

const GO_RECORD = { id: 'GO-2022-1144', modified: '2024', aliases: ['CVE-2022-41717'], summary: 'Memory growth' };

export const GOVULNCHECK_EXAMPLE: readonly object[] = [
  { config: { protocol_version: 'v1.0.0', scanner_name: 'govulncheck' } },
  { osv: GO_RECORD },
  { osv: { id: 'GO-2020-0015', aliases: ['CVE-2020-14040'] } },
  {
    finding: {
      osv: 'GO-2022-1144',
      fixed_version: 'v1.19.4',
      trace: [{ module: 'stdlib', version: 'v1.19.0' }, { module: 'app' }],
    },
  },
];

export const GOVULNCHECK_OLD_EXAMPLE = {
  Calls: {},
  Imports: {},
  Requires: {},
  Vulns: [{ OSV: GO_RECORD, ModPath: 'stdlib', PkgPath: 'net/http' }],
  Modules: [{ Path: 'stdlib', Version: 'v1.19.0' }],
};

export const GITHUB_EXAMPLE = {
  data: {
    organization: {
      repositories: {
        nodes: [
          {
            vulnerabilityAlerts: {
              nodes: [
                {
                  state: 'DISMISSED',
                  dismissReason: 'not_used',
                  vulnerableRequirements: '= 2.14.1',
                  securityVulnerability: {
                    severity: 'CRITICAL',
                    package: { name: 'log4j-core' },
                    firstPatchedVersion: { identifier: '2.15.0' },
                    advisory: { identifiers: [{ value: 'GHSA-jfh8-c2jp-5v3q' }, { value: 'CVE-2021-44228' }] },
                  },
                },
              ],
            },
          },
        ],
      },
    },
  },
};

export const GITHUB_REST_EXAMPLE = [
  {
    state: 'fixed',
    dependency: { package: { name: 'log4j-core' } },
    security_advisory: { ghsa_id: 'GHSA-jfh8-c2jp-5v3q', cve_id: 'CVE-2021-44228' },
    security_vulnerability: { severity: 'critical', first_patched_version: { identifier: '2.15.0' } },
  },
];

export const GITLAB_EXAMPLE = {
  version: '15.0.0',
  scan: { type: 'dependency_scanning', scanner: { name: 'Gemnasium' } },
  dependency_files: [{ path: 'pom.xml', dependencies: [{ package: { name: 'log4j-core' }, version: '2.14.1' }] }],
  vulnerabilities: [
    {
      name: 'JNDI',
      severity: 'Critical',
      solution: 'Upgrade to version 2.15.0 or above.',
      location: { dependency: { package: { name: 'log4j-core' }, version: '2.14.1' } },
      identifiers: [
        { type: 'gemnasium', name: 'Gemnasium-ab', value: 'ab' },
        { type: 'cve', name: 'CVE-2021-44228', value: 'CVE-2021-44228' },
        { type: 'cwe', name: 'CWE-502', value: '502' },
      ],
    },
    { name: 'Only theirs', identifiers: [{ type: 'gemnasium', name: 'Gemnasium-cd', value: 'cd' }] },
    { name: 'A weakness', identifiers: [{ type: 'cwe', name: 'CWE-79', value: '79' }] },
  ],
};

export const NPM_AUDIT_EXAMPLE = {
  auditReportVersion: 2,
  vulnerabilities: {
    '@scope/app': { name: '@scope/app', via: ['semver'] },
    semver: {
      name: 'semver',
      via: [
        {
          source: 1,
          name: 'semver',
          dependency: 'semver',
          url: 'https://github.com/advisories/GHSA-c2qf-rxjj-qqgw',
          cwe: ['CWE-1333'],
        },
        { source: 2, name: 'semver', url: 'https://npmjs.com/advisories/2' },
      ],
      fixAvailable: { name: 'semver', version: '7.5.2' },
    },
  },
};

export const NPM_6_EXAMPLE = {
  actions: [],
  metadata: {},
  advisories: {
    '1500': {
      id: 1500,
      module_name: 'yargs-parser',
      cves: ['CVE-2020-7608'],
      github_advisory_id: 'GHSA-p9pc-299p-vxgp',
      patched_versions: '>=13.1.2',
      findings: [{ version: '5.0.0', paths: ['a'] }, { version: '5.0.0', paths: ['b'] }, { version: '7.0.0' }],
    },
  },
};

export const PIP_AUDIT_EXAMPLE = {
  dependencies: [
    {
      name: 'flask',
      version: '0.5',
      vulns: [{ id: 'PYSEC-2019-179', aliases: ['CVE-2019-1010083'], fix_versions: ['1.0'] }],
    },
    { name: 'local', skip_reason: 'not on PyPI' },
  ],
  fixes: [],
};

const SNYK_VULNERABILITY = {
  id: 'SNYK-JS-LODASH-590103',
  title: 'Prototype Pollution',
  severity: 'high',
  identifiers: { CVE: ['CVE-2020-8203'], CWE: ['CWE-400'], GHSA: ['GHSA-p6mc-m468-83gw'] },
  packageName: 'lodash',
  version: '4.17.15',
  fixedIn: ['4.17.20'],
};

export const SNYK_EXAMPLE = {
  ok: false,
  dependencyCount: 2,
  projectName: 'shop',
  vulnerabilities: [
    { ...SNYK_VULNERABILITY, from: ['a'] },
    { ...SNYK_VULNERABILITY, from: ['b'] },
    { id: 'snyk:lic:npm:x:GPL-3.0', type: 'license', title: 'GPL-3.0 license' },
  ],
  applications: [{ ok: false, uniqueCount: 1, projectName: 'inside', vulnerabilities: [SNYK_VULNERABILITY] }],
};

export const DEPENDENCY_TRACK_EXAMPLE = {
  meta: { application: 'Dependency-Track', version: '4.14.0' },
  project: { name: 'shop', version: '3.0' },
  findings: [
    {
      component: { group: 'org.apache.logging.log4j', name: 'log4j-core', version: '2.14.1', purl: LOG4J },
      vulnerability: {
        vulnId: 'GHSA-jfh8-c2jp-5v3q',
        source: 'GITHUB',
        severity: 'CRITICAL',
        aliases: [{ cveId: 'CVE-2021-44228', ghsaId: 'GHSA-jfh8-c2jp-5v3q' }],
      },
      analysis: { state: 'FALSE_POSITIVE', justification: 'CODE_NOT_PRESENT', detail: 'shaded' },
    },
    {
      component: { name: 'timespan' },
      vulnerability: { vulnId: '533', source: 'NPM' },
      analysis: { state: 'NOT_SET' },
    },
  ],
};

export const DEPENDENCY_CHECK_EXAMPLE = {
  reportSchema: '1.1',
  scanInfo: { engineVersion: '9.0.0' },
  projectInfo: { name: 'shop' },
  dependencies: [
    { fileName: 'readme.txt' },
    {
      fileName: 'log4j-core-2.14.1.jar',
      packages: [{ id: LOG4J }],
      vulnerabilityIds: [{ id: 'cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:*' }],
      vulnerabilities: [
        {
          source: 'NVD',
          name: 'CVE-2021-44228',
          severity: 'CRITICAL',
          cwes: ['CWE-502'],
          cvssv3: {
            version: '3.1',
            attackVector: 'NETWORK',
            attackComplexity: 'LOW',
            privilegesRequired: 'NONE',
            userInteraction: 'NONE',
            scope: 'CHANGED',
            confidentialityImpact: 'HIGH',
            integrityImpact: 'HIGH',
            availabilityImpact: 'HIGH',
          },
        },
      ],
    },
  ],
};

export const XRAY_EXAMPLE = {
  total_rows: 1,
  rows: [
    {
      cves: [
        { cve: 'CVE-2019-2988', cvss_v3_vector: 'CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:L' },
        { cvss_v2_score: 4 },
      ],
      severity: 'High',
      vulnerable_component: 'rpm://7:java-11-openjdk:1:11.0.6-1.el7',
      fixed_versions: ['≥ 1:11.0.7'],
      issue_id: 'XRAY-96880',
    },
  ],
};

export const XRAY_SUMMARY_EXAMPLE = {
  artifacts: [
    {
      general: { name: 'shop:1.0' },
      issues: [
        {
          summary: 'A use-after-free',
          cves: [
            { cve: 'CVE-2021-42385', cwe: ['CWE-416'], cvss_v3: '7.2/CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' },
          ],
          impact_path: [
            'shop/1.0/sha256__ab.tar.gz/3.12:busybox:1.31.1-r20',
            'default/sha256__ab.tar.gz/3.12:busybox:1.31.1-r20',
          ],
        },
        { summary: 'without id', cves: [{}], impact_path: [] },
      ],
    },
  ],
};

export const HARBOR_EXAMPLE = {
  'application/vnd.security.vulnerability.report; version=1.1': {
    generated_at: '2024-05-01T00:00:00Z',
    scanner: { name: 'Trivy' },
    vulnerabilities: [
      { id: 'CVE-2022-1304', package: 'e2fsprogs', version: '1.46.2', fix_version: '', severity: 'High' },
    ],
  },
};

export const CLAIR_EXAMPLE = {
  image: 'shop:1.0',
  unapproved: ['CVE-2018-20839', 'CVE-2019-5436'],
  vulnerabilities: [{ featurename: 'systemd', featureversion: '237', vulnerability: 'CVE-2018-20839', fixedby: '238' }],
};

export const CLAIR_4_EXAMPLE = {
  manifest_hash: 'sha256:ab',
  packages: { '1': { name: 'systemd', version: '237' } },
  vulnerabilities: { '7': { id: '7', name: 'CVE-2018-20839', fixed_in_version: '238' } },
  package_vulnerabilities: { '1': ['7'] },
};

export const GENERIC_EXAMPLE = {
  name: 'by hand',
  findings: [
    {
      title: 'JNDI',
      severity: 'Critical',
      cve: 'CVE-2021-44228',
      vulnerability_ids: ['GHSA-jfh8-c2jp-5v3q'],
      component_name: 'log4j-core',
      component_version: '2.14.1',
      fix_version: '2.15.0',
    },
    { title: 'No id', severity: 'Low' },
  ],
};

/** A document as XML is handed to formats, and one in which vulnerabilities are extensions of components. */
export const CYCLONEDX_XML_EXAMPLE = `<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.4" version="1">
  <metadata><component type="application"><name>shop</name><version>3.0</version></component></metadata>
  <components>
    <component type="library" bom-ref="a"><name>log4j-core</name><version>2.14.1</version>
      <components><component bom-ref="b"><name>inner</name></component></components>
    </component>
  </components>
  <vulnerabilities>
    <vulnerability>
      <id>CVE-2021-44228</id>
      <references><reference><id>GHSA-jfh8-c2jp-5v3q</id></reference></references>
      <ratings><rating><severity>critical</severity></rating></ratings>
      <cwes><cwe>502</cwe></cwes>
      <analysis><state>exploitable</state><responses><response>update</response></responses></analysis>
      <affects>
        <target><ref>a</ref><versions><version><version>2.17.1</version><status>unaffected</status></version></versions></target>
        <target><ref>b</ref></target>
      </affects>
    </vulnerability>
  </vulnerabilities>
</bom>`;

export const CYCLONEDX_EXTENSION_EXAMPLE = `<bom xmlns="http://cyclonedx.org/schema/bom/1.1" xmlns:v="http://cyclonedx.org/schema/ext/vulnerability/1.0">
  <components>
    <component type="library" bom-ref="pkg:a"><name>a</name><version>1</version>
      <v:vulnerabilities><v:vulnerability ref="pkg:a"><v:id>CVE-2018-7489</v:id>
        <v:recommendations><v:recommendation>Upgrade</v:recommendation></v:recommendations>
      </v:vulnerability></v:vulnerabilities>
    </component>
  </components>
  <v:vulnerabilities><v:vulnerability ref="pkg:a"><v:id>CVE-2017-7525</v:id></v:vulnerability></v:vulnerabilities>
</bom>`;

export const DEPENDENCY_CHECK_XML_EXAMPLE = `<analysis xmlns="https://jeremylong.github.io/DependencyCheck/dependency-check.2.5.xsd">
  <projectInfo><name>shop</name></projectInfo>
  <dependencies><dependency><fileName>log4j-core-2.14.1.jar</fileName>
    <identifiers><package><id>${LOG4J}</id></package></identifiers>
    <vulnerabilities>
      <vulnerability source="NVD"><name>CVE-2021-44228</name><severity>CRITICAL</severity><cwes><cwe>CWE-502</cwe></cwes></vulnerability>
      <vulnerability source="NPM"><name>1500</name></vulnerability>
      <suppressedVulnerability source="NVD"><name>CVE-2019-7238</name></suppressedVulnerability>
    </vulnerabilities>
  </dependency></dependencies>
</analysis>`;

export const SPDX_TAG_VALUE_EXAMPLE = `SPDXVersion: SPDX-2.3
DocumentName: shop
DocumentComment: <text>quoted
PackageName: not one</text>

PackageName: log4j-core
PackageVersion: 2.14.1
ExternalRef: PACKAGE-MANAGER purl ${LOG4J}
ExternalRef: SECURITY advisory https://nvd.nist.gov/vuln/detail/CVE-2021-44228
`;

/** Every JSON document above. */
export const JSON_EXAMPLES: readonly unknown[] = [
  CYCLONEDX_EXAMPLE,
  SPDX_EXAMPLE,
  SPDX_3_EXAMPLE,
  OPENVEX_EXAMPLE,
  CSAF_EXAMPLE,
  OSV_EXAMPLE,
  OSV_SCANNER_EXAMPLE,
  GOVULNCHECK_EXAMPLE,
  GOVULNCHECK_OLD_EXAMPLE,
  GITHUB_EXAMPLE,
  GITHUB_REST_EXAMPLE,
  GITLAB_EXAMPLE,
  NPM_AUDIT_EXAMPLE,
  NPM_6_EXAMPLE,
  PIP_AUDIT_EXAMPLE,
  SNYK_EXAMPLE,
  DEPENDENCY_TRACK_EXAMPLE,
  DEPENDENCY_CHECK_EXAMPLE,
  XRAY_EXAMPLE,
  XRAY_SUMMARY_EXAMPLE,
  HARBOR_EXAMPLE,
  CLAIR_EXAMPLE,
  CLAIR_4_EXAMPLE,
  GENERIC_EXAMPLE,
];
