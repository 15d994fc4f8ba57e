import type { ReportFormat } from '../reports/report-format.ts';
import { CSAF } from './csaf/csaf.ts';
import { CYCLONEDX_JSON, CYCLONEDX_XML } from './cyclonedx/cyclonedx.ts';
import { GITHUB_ALERTS } from './github-alerts/github-alerts.ts';
import { GITLAB } from './gitlab/gitlab.ts';
import { GOVULNCHECK, GOVULNCHECK_JSON } from './govulncheck/govulncheck.ts';
import { NPM_AUDIT } from './npm-audit/npm-audit.ts';
import { OPENVEX } from './openvex/openvex.ts';
import { OSV, OSV_LINES } from './osv/osv.ts';
import { OSV_SCANNER } from './osv-scanner/osv-scanner.ts';
import { PIP_AUDIT } from './pip-audit/pip-audit.ts';
import { SARIF } from './sarif/sarif.ts';
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
];
