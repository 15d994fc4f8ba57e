import type { ReportFormat } from '../reports/report-format.ts';
import { CSAF } from './csaf/csaf.ts';
import { CYCLONEDX_JSON, CYCLONEDX_XML } from './cyclonedx/cyclonedx.ts';
import { OPENVEX } from './openvex/openvex.ts';
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
];
