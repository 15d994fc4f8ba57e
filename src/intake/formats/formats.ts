import type { ReportFormat } from '../reports/report-format.ts';
import { AWS_INSPECTOR } from './aws/inspector.ts';
import { AWS_SECURITY_FINDINGS, AWS_SECURITY_HUB } from './aws/security-hub.ts';
import { BURP } from './burp/burp.ts';
import { GRYPE } from './grype/grype.ts';
import { MS_DEFENDER } from './ms-defender/ms-defender.ts';
import { NESSUS } from './nessus/nessus.ts';
import { NESSUS_TABLE, TENABLE_SC_TABLE, TENABLE_VM_TABLE } from './nessus/nessus-tables.ts';
import { NMAP } from './nmap/nmap.ts';
import { NUCLEI, NUCLEI_LINES } from './nuclei/nuclei.ts';
import { OPENVAS } from './openvas/openvas.ts';
import { OPENVAS_TABLE } from './openvas/openvas-table.ts';
import { PLAIN_TABLE } from './plain-table/plain-table.ts';
import { QUALYS_PCI_TABLE, QUALYS_TABLE } from './qualys/qualys-tables.ts';
import { QUALYS_ASSET_REPORT, QUALYS_SCAN } from './qualys/qualys-xml.ts';
import { INSIGHTVM } from './rapid7/insightvm.ts';
import { NEXPOSE } from './rapid7/nexpose.ts';
import { SARIF } from './sarif/sarif.ts';
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
  QUALYS_PCI_TABLE,
  QUALYS_TABLE,
  OPENVAS,
  OPENVAS_TABLE,
  NEXPOSE,
  INSIGHTVM,
  NMAP,
  BURP,
  ZAP_XML,
  ZAP_JSON,
  NUCLEI,
  NUCLEI_LINES,
  MS_DEFENDER,
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
  // Matches any table that has a column of ids.
  PLAIN_TABLE,
];
