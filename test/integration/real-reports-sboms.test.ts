import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FORMATS } from '../../src/intake/formats/formats.ts';
import { GENERIC } from '../../src/intake/formats/generic/generic.ts';
import { splitObjects } from '../../src/intake/reports/read-json-lines.ts';
import { readBeginning, recogniseReport } from '../../src/intake/reports/read-report.ts';
import { readXml } from '../../src/intake/reports/read-xml.ts';
import type { ReportItem } from '../../src/intake/reports/report-format.ts';
import { openFile } from '../../src/intake/reports/text-source.ts';
import { countByFormat, guideLines } from '../support/format-counts.ts';
import { describeWithTestData, readTestData, TEST_DATA } from '../support/test-data.ts';

/**
 * A file, its format, the distinct CVE ids of its findings, its findings and its components. The ids are what
 *   zcat -f FILE | grep -oiE 'CVE-[0-9]{4}-[0-9]{4,}' | sort -u | wc -l
 * counts, but where a sixth figure is what it counts, because ids stand where no finding is: the seventh says where, and how the ids were counted.
 */
type Row = readonly [
  file: string,
  format: string,
  ids: number,
  findings: number,
  components: number,
  idsInText?: number,
  why?: string,
];

const ROWS: readonly Row[] = [
  ['scans/cyclonedx_dtrack/bom-1.xml', 'CycloneDX XML', 0, 0, 1],
  ['scans/cyclonedx_dtrack/bom-custom-license.json', 'CycloneDX', 0, 0, 3],
  ['scans/cyclonedx_dtrack/bom-empty.json', 'CycloneDX', 0, 0, 0],
  ['scans/cyclonedx_dtrack/bom-issue1905.json', 'CycloneDX', 0, 0, 2],
  ['scans/cyclonedx_dtrack/bom-issue2859.xml', 'CycloneDX XML', 0, 1, 1],
  ['scans/cyclonedx_dtrack/bom-issue3309.json', 'CycloneDX', 0, 0, 0],
  ['scans/cyclonedx_dtrack/bom-issue3936-authors.json', 'CycloneDX', 0, 0, 1],
  ['scans/cyclonedx_dtrack/bom-issue3936-both.json', 'CycloneDX', 0, 0, 1],
  ['scans/cyclonedx_dtrack/bom-issue4455.json', 'CycloneDX', 0, 0, 23],
  ['scans/cyclonedx_dtrack/bom-license-expression-single-license.json', 'CycloneDX', 0, 0, 1],
  ['scans/cyclonedx_dtrack/bom-metadata-components.json', 'CycloneDX', 0, 0, 185],
  ['scans/cyclonedx_dtrack/bom-metadata-timestamp.json', 'CycloneDX', 0, 0, 0],
  ['scans/cyclonedx_dtrack/bom-metadata-tool.json', 'CycloneDX', 0, 0, 0],
  ['scans/cyclonedx_dtrack/bom-no-purl.json', 'CycloneDX', 0, 0, 1],
  ['scans/cyclonedx_dtrack/dtrack-apiserver-4.5.0.bom.json.gz', 'CycloneDX', 0, 0, 132],
  ['scans/cyclonedx_dtrack/valid-bom-1.0.xml', 'CycloneDX XML', 0, 0, 3],
  ['scans/cyclonedx_dtrack/valid-bom-1.1.xml', 'CycloneDX XML', 0, 0, 3],
  ['scans/cyclonedx_dtrack/valid-bom-1.2.xml', 'CycloneDX XML', 0, 0, 3],
  ['scans/cyclonedx_dtrack/valid-bom-1.3.json', 'CycloneDX', 0, 0, 2],
  ['scans/cyclonedx_dtrack/valid-bom-1.4.json', 'CycloneDX', 0, 0, 2],
  ['scans/cyclonedx_dtrack/valid-bom-1.4.xml', 'CycloneDX XML', 0, 0, 3],
  ['scans/cyclonedx_dtrack/valid-bom-1.5.xml', 'CycloneDX XML', 0, 0, 3],
  ['scans/cyclonedx_dtrack/valid-bom-1.6.json', 'CycloneDX', 0, 0, 2],
  ['scans/cyclonedx_dtrack/valid-bom-1.7.json', 'CycloneDX', 0, 0, 3],
  ['scans/cyclonedx_dtrack/valid-bom-1.7.xml', 'CycloneDX XML', 0, 0, 3],
  [
    'scans/csaf_vendor/fortinet_FG-IR-17-173.json',
    'CSAF',
    1,
    30,
    0,
    2,
    'named in a reference; jq .vulnerabilities[].cve',
  ],
  ['scans/csaf_vendor/fortinet_FG-IR-24-041.json', 'CSAF', 1, 28, 0],
  ['scans/csaf_vendor/fortinet_FG-IR-24-259.json', 'CSAF', 2, 48, 0],
  ['scans/csaf_vendor/fortinet_FG-IR-25-122.json', 'CSAF', 1, 100, 0],
  ['scans/csaf_vendor/fortinet_FG-IR-25-454.json', 'CSAF', 1, 8, 0],
  ['scans/csaf_vendor/fortinet_FG-IR-26-113.json', 'CSAF', 1, 5, 0],
  ['scans/csaf_vendor/fortinet_FG-IR-26-155.json', 'CSAF', 1, 10, 0],
  ['scans/csaf_vendor/redhat_CVE-2007-6015.json', 'CSAF', 1, 24, 0],
  ['scans/csaf_vendor/redhat_CVE-2010-2057.json', 'CSAF', 1, 2, 0],
  ['scans/csaf_vendor/redhat_CVE-2016-7066.json', 'CSAF', 1, 2, 0],
  ['scans/csaf_vendor/redhat_CVE-2017-20146.json.gz', 'CSAF', 1, 2, 0],
  ['scans/csaf_vendor/redhat_CVE-2022-24834.json', 'CSAF', 1, 55, 0],
  ['scans/csaf_vendor/redhat_CVE-2023-6212.json.gz', 'CSAF', 1, 5, 0],
  ['scans/csaf_vendor/redhat_CVE-2023-6228.json', 'CSAF', 1, 13, 0],
  ['scans/csaf_vendor/redhat_CVE-2023-6238.json', 'CSAF', 1, 27, 0],
  ['scans/csaf_vendor/redhat_CVE-2024-0001.json', 'CSAF', 1, 1, 0],
  ['scans/csaf_vendor/redhat_CVE-2024-0056.json', 'CSAF', 1, 14, 0],
  ['scans/csaf_vendor/redhat_CVE-2024-1597.json.gz', 'CSAF', 1, 12, 0],
  ['scans/csaf_vendor/redhat_CVE-2024-6923.json.gz', 'CSAF', 1, 75, 0],
  ['scans/csaf_vendor/redhat_CVE-2025-29891.json', 'CSAF', 1, 19, 0, 2, 'named in notes; jq .vulnerabilities[].cve'],
  ['scans/csaf_vendor/redhat_CVE-2026-7323.json', 'CSAF', 1, 3, 0],
  ['scans/csaf_vendor/redhat_CVE-2026-88888.json', 'CSAF', 1, 1, 0, 2, 'named in titles; jq .vulnerabilities[].cve'],
  ['scans/csaf_vendor/redhat_RHSA-2023_7207.json', 'CSAF', 2, 42, 0],
  ['scans/csaf_vendor/redhat_RHSA-2023_7218.json', 'CSAF', 1, 18, 0, 2, 'named in notes; jq .vulnerabilities[].cve'],
  ['scans/csaf_vendor/redhat_RHSA-2025_2399.json.gz', 'CSAF', 3, 19, 0],
  [
    'scans/csaf_vendor/suse_CVE-1999-0003.json',
    'CSAF',
    0,
    0,
    0,
    1,
    'a document without vulnerabilities; the id is its own',
  ],
  ['scans/csaf_vendor/suse_openSUSE-SU-2016_1623-1.json', 'CSAF', 1, 1, 0],
  ['scans/vex_grype/affected.csaf.json', 'CSAF', 1, 1, 0],
  ['scans/vex_grype/affected.openvex.json', 'OpenVEX', 1, 1, 0],
  ['scans/vex_grype/csaf-demo1.json', 'CSAF', 1, 1, 0],
  ['scans/vex_grype/csaf-demo2.json', 'CSAF', 1, 1, 0],
  ['scans/vex_grype/csaf-vex.json', 'CSAF', 1, 2, 0],
  ['scans/vex_grype/openvex-demo1.json', 'OpenVEX', 1, 2, 0],
  ['scans/vex_grype/openvex-demo2.json', 'OpenVEX', 5, 10, 0],
  ['scans/vex_grype/openvex-package-product.json', 'OpenVEX', 1, 1, 0],
  ['scans/vex_grype/under_investigation.openvex.json', 'OpenVEX', 1, 1, 0],
  ['scans/osv_scanner_repo/all_input.json', 'OSV-Scanner', 4, 9, 6],
  [
    'scans/osv_scanner_repo/locks-git_osv-scanner.json',
    'OSV-Scanner',
    0,
    0,
    11,
    2,
    'comments of the authors of the file',
  ],
  ['scans/osv_scanner_repo/sbom-insecure_only-unimportant.spdx.json', 'SPDX', 0, 0, 1],
  ['scans/osv_scanner_repo/testdata_multiple-packages-with-vulns.json', 'OSV-Scanner', 2, 3, 3],
  ['scans/spdx_other/SPDXJSONExample-v2.3.excerpt.spdx.json', 'SPDX', 0, 0, 4],
  ['scans/spdx_other/nvd-vault_sample_sbom_spdx.json', 'SPDX', 0, 0, 2],
  [
    'scans/defectdojo/cyclonedx/dd_1_15_0.xml.gz',
    'CycloneDX XML',
    279,
    381,
    308,
    282,
    'descriptions; grep -o "<v:id>[^<]*"',
  ],
  [
    'scans/defectdojo/cyclonedx/grype_dd_1_14_1.xml.gz',
    'CycloneDX XML',
    250,
    312,
    307,
    253,
    'descriptions; grep -o "<v:id>[^<]*"',
  ],
  [
    'scans/defectdojo/cyclonedx/issue_8022.json',
    'CycloneDX',
    1,
    1,
    1,
    3,
    'a description and an address; jq .vulnerabilities[]|.id,.references[]?.id',
  ],
  ['scans/defectdojo/cyclonedx/issue_9277.json', 'CycloneDX', 9, 14, 102],
  ['scans/defectdojo/cyclonedx/jake.xml', 'CycloneDX XML', 0, 0, 204],
  ['scans/defectdojo/cyclonedx/jake2.json', 'CycloneDX', 7, 7, 67],
  ['scans/defectdojo/cyclonedx/log4j.json', 'CycloneDX', 4, 8, 1],
  ['scans/defectdojo/cyclonedx/nested-component-log4j.json', 'CycloneDX', 4, 8, 2],
  ['scans/defectdojo/cyclonedx/no-severity.json', 'CycloneDX', 1, 1, 0],
  ['scans/defectdojo/cyclonedx/retirejs.latest.xml', 'CycloneDX XML', 0, 0, 6],
  ['scans/defectdojo/cyclonedx/spec1.xml', 'CycloneDX XML', 1, 1, 1, 2, 'a description'],
  ['scans/defectdojo/cyclonedx/spec1_lowfirst.xml', 'CycloneDX XML', 1, 1, 1, 2, 'a description'],
  ['scans/defectdojo/spdx/spdx_many_vuln.json', 'SPDX', 2, 3, 4],
  ['scans/defectdojo/spdx/spdx_no_vuln.json', 'SPDX', 0, 0, 3],
  ['scans/defectdojo/spdx/spdx_one_vuln.spdx', 'SPDX tag-value', 1, 1, 2],
  ['scans/defectdojo/openvex/openvex_many_vuln.json', 'OpenVEX', 6, 6, 0],
  ['scans/defectdojo/openvex/openvex_no_vuln.json', 'OpenVEX', 0, 0, 0],
  ['scans/defectdojo/csaf/csaf_many_vuln.json', 'CSAF', 1, 5, 0],
  ['scans/defectdojo/csaf/csaf_no_vuln.json', 'CSAF', 0, 0, 0],
  ['scans/defectdojo/csaf/csaf_unsupported_version.json', 'CSAF', 0, 0, 0, 1, 'CSAF 1.2, which is not read'],
  [
    'scans/defectdojo/osv_scanner/many_findings.json.gz',
    'OSV-Scanner',
    39,
    37,
    10,
    42,
    'details; jq ….vulnerabilities[]|.id,.aliases[]?',
  ],
  ['scans/defectdojo/osv_scanner/multi_cwe_fabricated.json', 'OSV-Scanner', 0, 1, 1],
  [
    'scans/defectdojo/govulncheck/issue_15033.json.gz',
    'govulncheck',
    71,
    178,
    0,
    224,
    'records without a finding: jq -s joined .finding.osv to .osv.id',
  ],
  ['scans/defectdojo/govulncheck/issue_15033_sarif.json', 'SARIF', 3, 3, 0],
  ['scans/defectdojo/govulncheck/many_vulns.json', 'govulncheck JSON', 3, 12, 0],
  ['scans/defectdojo/govulncheck/many_vulns_new_version_custom_severity.json', 'govulncheck JSON', 2, 2, 0],
  ['scans/defectdojo/govulncheck/no_vulns.json', 'govulncheck JSON', 0, 0, 0],
  ['scans/defectdojo/github_vulnerability/github-0-vuln.json', 'GitHub Dependabot alerts', 0, 0, 0],
  [
    'scans/defectdojo/github_vulnerability/github-1-vuln-repo-dependabot-link.json',
    'GitHub Dependabot alerts',
    0,
    1,
    0,
  ],
  ['scans/defectdojo/github_vulnerability/github-vuln-version.json', 'GitHub Dependabot alerts', 1, 1, 0],
  ['scans/defectdojo/github_vulnerability/github_h2.json', 'GitHub Dependabot alerts', 1, 1, 0],
  ['scans/defectdojo/github_vulnerability/github_issue2984.json', 'GitHub Dependabot alerts', 0, 4, 0],
  ['scans/defectdojo/github_vulnerability/github_multi_cwe_fabricated.json', 'GitHub Dependabot alerts', 1, 1, 0],
  ['scans/defectdojo/github_vulnerability/github_search.json', 'GitHub Dependabot alerts', 1, 2, 0],
  ['scans/defectdojo/github_vulnerability/github_search3.json', 'GitHub Dependabot alerts', 1, 2, 0],
  ['scans/defectdojo/github_vulnerability/github_search4_null_cvss_vector.json', 'GitHub Dependabot alerts', 1, 2, 0],
  ['scans/defectdojo/github_vulnerability/github_shiro.json', 'GitHub Dependabot alerts', 1, 1, 0],
  [
    'scans/defectdojo/gitlab_container_scan/gl-container-scanning-report-1-vuln_v15.json',
    'GitLab security report',
    1,
    1,
    0,
  ],
  [
    'scans/defectdojo/gitlab_container_scan/gl-container-scanning-report-5-vuln_v14.json',
    'GitLab security report',
    5,
    5,
    0,
  ],
  [
    'scans/defectdojo/gitlab_container_scan/gl-container-scanning-report-5-vuln_v15.json',
    'GitLab security report',
    5,
    5,
    0,
  ],
  [
    'scans/defectdojo/gitlab_container_scan/gl-container-scanning-report-multiple-cwe-fabricated_v15.json',
    'GitLab security report',
    1,
    1,
    0,
  ],
  [
    'scans/defectdojo/gitlab_container_scan/issue6639_v14.json',
    'GitLab security report',
    54,
    98,
    0,
    55,
    'a description; jq .vulnerabilities[].identifiers[].value',
  ],
  ['scans/defectdojo/gitlab_dep_scan/gl-dependency-scanning-report-1-vuln_v14.json', 'GitLab security report', 0, 1, 2],
  ['scans/defectdojo/gitlab_dep_scan/gl-dependency-scanning-report-1-vuln_v15.json', 'GitLab security report', 0, 1, 2],
  [
    'scans/defectdojo/gitlab_dep_scan/gl-dependency-scanning-report-2-vuln-missing-component_v14.json',
    'GitLab security report',
    1,
    2,
    2,
  ],
  [
    'scans/defectdojo/gitlab_dep_scan/gl-dependency-scanning-report-2-vuln-missing-component_v15.json',
    'GitLab security report',
    1,
    2,
    2,
  ],
  [
    'scans/defectdojo/gitlab_dep_scan/gl-dependency-scanning-report-many-vuln_v14.json',
    'GitLab security report',
    2,
    6,
    61,
  ],
  ['scans/defectdojo/npm_audit_7_plus/issue_10801.json', 'npm audit', 0, 1, 0],
  ['scans/defectdojo/npm_audit_7_plus/many_vulns.json', 'npm audit', 0, 3, 0],
  ['scans/defectdojo/npm_audit_7_plus/multiple_cwes_fabricated.json', 'npm audit', 0, 1, 0],
  ['scans/defectdojo/snyk/all-projects_no_vulns.json', 'Snyk', 0, 0, 0],
  ['scans/defectdojo/snyk/all-projects_one_vuln.json', 'Snyk', 1, 1, 0],
  ['scans/defectdojo/snyk/all_containers_target_output.json', 'Snyk', 14, 17, 0],
  ['scans/defectdojo/snyk/single_project_one_vuln.json', 'Snyk', 1, 1, 0],
  [
    'scans/defectdojo/snyk/single_project_one_vuln_with_ampersands.json',
    'Snyk',
    0,
    1,
    0,
    1,
    'a description; jq .vulnerabilities[].identifiers.CVE[]',
  ],
  [
    'scans/defectdojo/snyk/single_project_upgrade_libs.json.gz',
    'Snyk',
    38,
    52,
    0,
    40,
    'descriptions; jq .vulnerabilities[].identifiers.CVE[]',
  ],
  ['scans/defectdojo/snyk/snykcode_issue_9270.json.gz', 'SARIF', 0, 0, 0],
  [
    'scans/defectdojo/snyk/snykcontainer_issue_9270.json',
    'Snyk',
    23,
    30,
    0,
    25,
    'descriptions; jq .vulnerabilities[].identifiers.CVE[]',
  ],
  ['scans/defectdojo/snyk/snykcontainer_issue_epss.json', 'Snyk', 11, 13, 0],
  [
    'scans/defectdojo/dependency_track/dependency_track_3.8.0_2021-01-18.json',
    'Dependency-Track findings',
    7,
    9,
    0,
    8,
    'a description; jq .findings[].vulnerability.vulnId and aliases',
  ],
  [
    'scans/defectdojo/dependency_track/deptrack_npm_4.14.1.json',
    'Dependency-Track findings',
    8,
    22,
    0,
    10,
    'descriptions; jq .findings[].vulnerability.vulnId and aliases',
  ],
  [
    'scans/defectdojo/dependency_track/many_findings.json',
    'Dependency-Track findings',
    1,
    4,
    0,
    2,
    'a description; jq .findings[].vulnerability.vulnId and aliases',
  ],
  ['scans/defectdojo/dependency_track/many_findings_with_alias.json', 'Dependency-Track findings', 12, 12, 0],
  ['scans/defectdojo/dependency_track/many_findings_with_cvssV3_score.json', 'Dependency-Track findings', 12, 12, 0],
  [
    'scans/defectdojo/dependency_track/no_findings_because_findings_key_is_empty_list.json',
    'Dependency-Track findings',
    0,
    0,
    0,
  ],
  [
    'scans/defectdojo/dependency_track/no_findings_because_findings_key_is_null.json',
    'Dependency-Track findings',
    0,
    0,
    0,
  ],
  ['scans/defectdojo/dependency_track/one_finding.json', 'Dependency-Track findings', 0, 1, 0],
  ['scans/defectdojo/dependency_track/one_finding_with_analysis_detail.json', 'Dependency-Track findings', 1, 1, 0],
  [
    'scans/defectdojo/dependency_check/PR6439.xml.gz',
    'Dependency-Check XML',
    20,
    26,
    186,
    30,
    'suppressed; grep -A1 "<vulnerability source"',
  ],
  ['scans/defectdojo/dependency_check/dc_empty.xml', 'Dependency-Check XML', 0, 0, 0],
  [
    'scans/defectdojo/dependency_check/multiple_vulnerabilities_has_multiple_findings.xml',
    'Dependency-Check XML',
    2,
    6,
    1,
    4,
    'suppressed; grep -A1 "<vulnerability[ >]"',
  ],
  [
    'scans/defectdojo/dependency_check/single_dependency_with_related_no_vulnerability.xml',
    'Dependency-Check XML',
    0,
    0,
    0,
  ],
  ['scans/defectdojo/dependency_check/version-6.5.3.xml', 'Dependency-Check XML', 1, 1, 1],
  ['scans/defectdojo/jfrog_xray_api_summary_artifact/malformed_cvssv3.json', 'JFrog Xray artifact summary', 1, 1, 0],
  ['scans/defectdojo/jfrog_xray_api_summary_artifact/many_vulns.json', 'JFrog Xray artifact summary', 13, 28, 0],
  [
    'scans/defectdojo/jfrog_xray_api_summary_artifact/multi_cwe_fabricated.json',
    'JFrog Xray artifact summary',
    1,
    1,
    0,
  ],
  [
    'scans/defectdojo/jfrog_xray_unified/dedupe_test.json',
    'JFrog Xray',
    5,
    7,
    0,
    19,
    'descriptions; jq .rows[].cves[].cve',
  ],
  ['scans/defectdojo/jfrog_xray_unified/issue_13628.json', 'JFrog Xray', 1, 1, 0],
  ['scans/defectdojo/jfrog_xray_unified/many_vulns.json', 'JFrog Xray', 3, 3, 0],
  [
    'scans/defectdojo/jfrog_xray_unified/many_vulns_1373_constructed.json.gz',
    'JFrog Xray',
    281,
    1373,
    0,
    309,
    'summaries; jq .rows[].cves[].cve',
  ],
  ['scans/defectdojo/jfrog_xray_unified/no_vuln.json', 'JFrog Xray', 0, 0, 0],
  ['scans/defectdojo/harbor_vulnerability/harbor-1-vuln.json', 'Harbor', 0, 1, 0],
  ['scans/defectdojo/harbor_vulnerability/harbor-trivy-vuln.json', 'Harbor', 3, 3, 0],
  // Its other entry is called CVE-1999-123, which is no CVE id.
  ['scans/defectdojo/harbor_vulnerability/harborapipip.json', 'Harbor', 1, 1, 0],
  ['scans/defectdojo/clair/clair_few_vuln.json', 'Clair', 35, 35, 0],
  ['scans/defectdojo/clair/clair_many_vul.json', 'Clair', 35, 35, 0],
  ['scans/defectdojo/clair/clairklar_empty.json', 'Clair', 0, 0, 0],
  [
    'scans/defectdojo/clair/clairklar_high.json',
    'Clair',
    0,
    6,
    0,
    4,
    'descriptions of Red Hat advisories, which are the ids',
  ],
  ['scans/defectdojo/generic/generic_custom_test_with_meta.json', 'JSON with CVE ids', 0, 0, 0],
  ['scans/defectdojo/generic/generic_cve_and_vulnerability_ids.json', 'JSON with CVE ids', 1, 1, 0],
  ['scans/defectdojo/generic/generic_invalid.json', 'JSON with CVE ids', 0, 0, 0],
  ['scans/defectdojo/generic/generic_no_type.json', 'JSON with CVE ids', 0, 0, 0],
  ['scans/defectdojo/generic/generic_non_numeric_fields.json', 'JSON with CVE ids', 0, 0, 0],
  ['scans/defectdojo/generic/generic_one_finding_with_component_name.json', 'JSON with CVE ids', 0, 0, 0],
  ['scans/defectdojo/generic/generic_report1.json', 'JSON with CVE ids', 2, 2, 0],
  ['scans/defectdojo/generic/generic_report3.json', 'JSON with CVE ids', 3, 4, 0],
  ['scans/defectdojo/generic/generic_report4.json', 'JSON with CVE ids', 1, 1, 0],
  ['scans/defectdojo/generic/generic_report_fix_version.json', 'JSON with CVE ids', 2, 2, 0],
  ['scans/defectdojo/generic/generic_report_kev_cvssv4.json', 'JSON with CVE ids', 2, 2, 0],
  ['scans/defectdojo/generic/generic_report_multi_cwe_fabricated.json', 'JSON with CVE ids', 0, 0, 0],
  ['scans/defectdojo/generic/generic_test_type_1.json', 'JSON with CVE ids', 0, 0, 0],
  ['scans/defectdojo/generic/generic_test_type_equals_scan_type.json', 'JSON with CVE ids', 0, 0, 0],
  ['scans/defectdojo/generic/generic_test_type_suffix.json', 'JSON with CVE ids', 0, 0, 0],
  ['scans/defectdojo/generic/generic_two_findings_same_component_name.json', 'JSON with CVE ids', 0, 0, 0],
  ['scans/defectdojo/generic/test_import_report1.json', 'JSON with CVE ids', 0, 0, 0],
  ['scans/defectdojo/generic/test_import_report2.json', 'JSON with CVE ids', 0, 0, 0],
  ['scans/defectdojo/generic/test_with_image_no_ext.json', 'JSON with CVE ids', 0, 0, 0],
];

/** Files that are no report, and what is said of them. */
const REFUSED = [
  ['scans/cyclonedx_dtrack/bom-invalid.json', /cannot be read as JSON: is it whole\?$/],
  ['scans/csaf_vendor/redhat_repository-to-cpe.json.gz', /is JSON of no format that is known; supported are /],
  ['scans/defectdojo/openvex/openvex_not_a_document.json', /is JSON of no format that is known; supported are /],
  ['scans/defectdojo/osv_scanner/no_findings.json', /is empty; give CVE ids, an SBOM or a scanner report$/],
  ['scans/defectdojo/govulncheck/empty.json', /is empty; give CVE ids, an SBOM or a scanner report$/],
] as const;

const CVE_ID = /^CVE-\d{4}-\d{4,}$/;

async function readItems(file: string): Promise<{ readonly format: string | null; readonly items: ReportItem[] }> {
  const source = openFile(join(TEST_DATA ?? '', file));
  const report = await recogniseReport(source, await readBeginning(source));
  const items: ReportItem[] = [];
  for await (const item of report?.items ?? []) items.push(item);
  return { format: report?.format ?? null, items };
}

function cveIdsOf(items: readonly ReportItem[]): Set<string> {
  return new Set(items.flatMap((item) => (item.kind === 'finding' ? item.ids : [])).filter((id) => CVE_ID.test(id)));
}

const count = (items: readonly ReportItem[], kind: ReportItem['kind']) =>
  items.filter((item) => item.kind === kind).length;
const countInText = (text: string) =>
  new Set((text.match(/CVE-\d{4}-\d{4,}/gi) ?? []).map((id) => id.toUpperCase())).size;

describeWithTestData('real SBOMs, advisories and reports', () => {
  for (const [file, format, ids, findings, components, idsInText = ids] of ROWS) {
    it(`${file} is ${format}`, async () => {
      const read = await readItems(file);
      expect(read.format).toBe(format);
      expect(countInText(readTestData(file))).toBe(idsInText);
      expect(cveIdsOf(read.items).size).toBe(ids);
      expect([count(read.items, 'finding'), count(read.items, 'component')]).toEqual([findings, components]);
    });
  }

  it.each(REFUSED)('%s is refused', async (file, message) => {
    await expect(readItems(file)).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(message) });
  });

  // jq -r '.vulnerabilities[].cve' *.json | sort -u | wc -l
  it("153 of CISA's advisories", async () => {
    const files = readdirSync(join(TEST_DATA ?? '', 'csaf_cisa')).filter((name) => name.endsWith('.json'));
    expect(files).toHaveLength(153);
    const all = await Promise.all(files.map((name) => readItems(`csaf_cisa/${name}`)));
    expect(new Set(all.map(({ format }) => format))).toEqual(new Set(['CSAF']));
    const items = all.flatMap((one) => one.items);
    expect(cveIdsOf(items).size).toBe(432);
    expect(count(items, 'unreadable') + count(items, 'no-id')).toBe(0);
  });

  // Each record is read, and no id is lost: jq -r '.id, .aliases[]?, .upstream[]?', and .related[]? of distributions' advisories.
  it('OSV records of every database', async () => {
    const files = readdirSync(join(TEST_DATA ?? '', 'osv')).filter((name) => name.endsWith('.json'));
    expect(files).toHaveLength(70);
    for (const name of files) {
      const { format, items } = await readItems(`osv/${name}`);
      expect(format, name).toBe('OSV');
      const records: unknown = JSON.parse(readTestData(`osv/${name}`));
      const { id, aliases = [], upstream = [] } = records as { id?: string; aliases?: string[]; upstream?: string[] };
      const found = cveIdsOf(items);
      for (const given of [id ?? '', ...(aliases ?? []), ...(upstream ?? [])]) {
        if (CVE_ID.test(given)) expect(found.has(given), `${name} ${given}`).toBe(true);
      }
      const isBroken = /^CVE-/.test(id ?? '') && !CVE_ID.test(id ?? '');
      expect(count(items, isBroken ? 'unreadable' : 'finding'), name).toBeGreaterThan(0);
    }
  });

  it('no file is of two formats, whatever their order; but for the general one, which is last', () => {
    expect(FORMATS.filter(({ kind }) => kind === 'json').at(-1)).toBe(GENERIC);
    for (const file of filesBelow('scans')) {
      const names = matchesOf(file).filter((name) => name !== GENERIC.name);
      expect(names.length, `${file}: ${names.join(', ')}`).toBeLessThanOrEqual(1);
    }
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(join(TEST_DATA ?? '', folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    const stats = statSync(join(TEST_DATA ?? '', path));
    if (stats.isDirectory()) return filesBelow(path);
    return stats.size < 20e6 && /\.(?:json|xml|sarif|jsonl|nessus|spdx)(?:\.gz)?$/.test(name) ? [path] : [];
  });
}

/** The names of all formats that would take a file. */
function matchesOf(file: string): string[] {
  const text = readTestData(file).replace(/^\ufeff/, '');
  if (/^\s*</.test(text)) {
    const document = attempt(() => readXml(file, text));
    return FORMATS.flatMap((one) =>
      one.kind === 'xml' && document !== undefined && one.matches(document) ? [one.name] : [],
    );
  }
  const document = attempt(() => JSON.parse(text));
  const objects = document === undefined ? (splitObjects(text)?.first ?? []) : [];
  return FORMATS.flatMap((one) => {
    if (one.kind === 'json') return document !== undefined && one.matches(document) ? [one.name] : [];
    if (one.kind === 'json-lines') return objects.some((object) => one.matches(object)) ? [one.name] : [];
    return one.kind === 'text' && document === undefined && one.matches(text.slice(0, 4096)) ? [one.name] : [];
  });
}

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch {
    return undefined;
  }
}

it('are counted in the guide as they are here', () => {
  expect(guideLines()).toEqual(expect.arrayContaining(countByFormat(ROWS)));
});
