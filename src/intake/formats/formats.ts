import type { ReportFormat } from '../reports/report-format.ts';
import { AWS_INSPECTOR } from './aws/inspector.ts';
import { AWS_SECURITY_FINDINGS, AWS_SECURITY_HUB } from './aws/security-hub.ts';
import { BURP } from './burp/burp.ts';
import { CLAIR } from './clair/clair.ts';
import { CSAF } from './csaf/csaf.ts';
import { CYCLONEDX_JSON, CYCLONEDX_XML } from './cyclonedx/cyclonedx.ts';
import { DEPENDENCY_CHECK_JSON, DEPENDENCY_CHECK_XML } from './dependency-check/dependency-check.ts';
import { DEPENDENCY_TRACK } from './dependency-track/dependency-track.ts';
import { GENERIC } from './generic/generic.ts';
import { GITHUB_ALERTS } from './github-alerts/github-alerts.ts';
import { GITLAB } from './gitlab/gitlab.ts';
import { GOVULNCHECK, GOVULNCHECK_JSON } from './govulncheck/govulncheck.ts';
import { GRYPE } from './grype/grype.ts';
import { HARBOR } from './harbor/harbor.ts';
import { JFROG_XRAY_SUMMARY, JFROG_XRAY_UNIFIED } from './jfrog-xray/jfrog-xray.ts';
import { MS_DEFENDER, MS_DEFENDER_LINES } from './ms-defender/ms-defender.ts';
import { NESSUS } from './nessus/nessus.ts';
import { NESSUS_TABLE, TENABLE_SC_TABLE, TENABLE_VM_TABLE } from './nessus/nessus-tables.ts';
import { NMAP } from './nmap/nmap.ts';
import { NPM_AUDIT } from './npm-audit/npm-audit.ts';
import { NUCLEI, NUCLEI_LINES } from './nuclei/nuclei.ts';
import { OPENVAS } from './openvas/openvas.ts';
import { OPENVAS_TABLE } from './openvas/openvas-table.ts';
import { OPENVEX } from './openvex/openvex.ts';
import { OSV, OSV_LINES } from './osv/osv.ts';
import { OSV_SCANNER } from './osv-scanner/osv-scanner.ts';
import { PIP_AUDIT } from './pip-audit/pip-audit.ts';
import { PLAIN_TABLE } from './plain-table/plain-table.ts';
import { QUALYS_PCI_TABLE, QUALYS_TABLE } from './qualys/qualys-tables.ts';
import { QUALYS_ASSET_REPORT, QUALYS_DETECTIONS, QUALYS_SCAN } from './qualys/qualys-xml.ts';
import { INSIGHTVM } from './rapid7/insightvm.ts';
import { NEXPOSE } from './rapid7/nexpose.ts';
import { NEXPOSE_SIMPLE } from './rapid7/nexpose-simple.ts';
import { SARIF } from './sarif/sarif.ts';
import { SNYK } from './snyk/snyk.ts';
import { SPDX, SPDX_TAG_VALUE } from './spdx/spdx.ts';
import { SPDX_3 } from './spdx/spdx-3.ts';
import { SYSDIG, SYSDIG_PANELS } from './sysdig/sysdig-json.ts';
import { SYSDIG_TABLE } from './sysdig/sysdig-tables.ts';
import { THREAGILE, THREAT_COMPOSER } from './threat-models/threat-models.ts';
import { TRIVY, TRIVY_CLUSTER } from './trivy/trivy.ts';
import { TRIVY_OPERATOR } from './trivy-operator/trivy-operator.ts';
import { WAZUH_API, WAZUH_INDEX } from './wazuh/wazuh.ts';
import { WIZ_ISSUES, WIZ_VULNERABILITIES } from './wiz/wiz-tables.ts';
import { ZAP_JSON, ZAP_XML } from './zap/zap.ts';

/** All formats, the more particular before the more general: the first that matches reads the document. */
export const FORMATS: readonly ReportFormat[] = [
  TRIVY,
  TRIVY_CLUSTER,
  SARIF,
  TRIVY_OPERATOR,
  GRYPE,
  NESSUS,
  NESSUS_TABLE,
  TENABLE_SC_TABLE,
  TENABLE_VM_TABLE,
  QUALYS_ASSET_REPORT,
  QUALYS_SCAN,
  QUALYS_DETECTIONS,
  QUALYS_PCI_TABLE,
  QUALYS_TABLE,
  OPENVAS,
  OPENVAS_TABLE,
  NEXPOSE,
  NEXPOSE_SIMPLE,
  INSIGHTVM,
  NMAP,
  BURP,
  ZAP_XML,
  ZAP_JSON,
  NUCLEI,
  NUCLEI_LINES,
  MS_DEFENDER,
  MS_DEFENDER_LINES,
  WAZUH_API,
  WAZUH_INDEX,
  AWS_INSPECTOR,
  AWS_SECURITY_HUB,
  AWS_SECURITY_FINDINGS,
  SYSDIG,
  SYSDIG_PANELS,
  SYSDIG_TABLE,
  WIZ_VULNERABILITIES,
  WIZ_ISSUES,
  THREAGILE,
  THREAT_COMPOSER,
  CYCLONEDX_JSON,
  CYCLONEDX_XML,
  SPDX,
  SPDX_TAG_VALUE,
  SPDX_3,
  OPENVEX,
  CSAF,
  OSV_SCANNER,
  OSV,
  OSV_LINES,
  GOVULNCHECK,
  GOVULNCHECK_JSON,
  GITHUB_ALERTS,
  GITLAB,
  NPM_AUDIT,
  PIP_AUDIT,
  SNYK,
  DEPENDENCY_TRACK,
  DEPENDENCY_CHECK_JSON,
  DEPENDENCY_CHECK_XML,
  JFROG_XRAY_UNIFIED,
  JFROG_XRAY_SUMMARY,
  HARBOR,
  CLAIR,
  // Last: it takes any JSON with CVE ids where they may be expected.
  GENERIC,
  // Matches any table that has a column of ids.
  PLAIN_TABLE,
];
