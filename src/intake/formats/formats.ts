import type { ReportFormat } from '../reports/report-format.ts';
import { CLAIR } from './clair/clair.ts';
import { CSAF } from './csaf/csaf.ts';
import { CYCLONEDX_JSON, CYCLONEDX_XML } from './cyclonedx/cyclonedx.ts';
import { DEPENDENCY_CHECK_JSON, DEPENDENCY_CHECK_XML } from './dependency-check/dependency-check.ts';
import { DEPENDENCY_TRACK } from './dependency-track/dependency-track.ts';
import { GENERIC } from './generic/generic.ts';
import { GITHUB_ALERTS } from './github-alerts/github-alerts.ts';
import { GITLAB } from './gitlab/gitlab.ts';
import { GOVULNCHECK, GOVULNCHECK_JSON } from './govulncheck/govulncheck.ts';
import { HARBOR } from './harbor/harbor.ts';
import { JFROG_XRAY_SUMMARY, JFROG_XRAY_UNIFIED } from './jfrog-xray/jfrog-xray.ts';
import { NPM_AUDIT } from './npm-audit/npm-audit.ts';
import { OPENVEX } from './openvex/openvex.ts';
import { OSV, OSV_LINES } from './osv/osv.ts';
import { OSV_SCANNER } from './osv-scanner/osv-scanner.ts';
import { PIP_AUDIT } from './pip-audit/pip-audit.ts';
import { SARIF } from './sarif/sarif.ts';
import { SNYK } from './snyk/snyk.ts';
import { SPDX, SPDX_TAG_VALUE } from './spdx/spdx.ts';
import { SPDX_3 } from './spdx/spdx-3.ts';
import { TRIVY } from './trivy/trivy.ts';

/** All formats, the more particular before the more general: the first that matches reads the document. */
export const FORMATS: readonly ReportFormat[] = [
  TRIVY,
  SARIF,
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
];
