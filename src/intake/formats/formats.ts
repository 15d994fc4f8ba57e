import type { ReportFormat } from '../reports/report-format.ts';
import { CYCLONEDX_JSON, CYCLONEDX_XML } from './cyclonedx/cyclonedx.ts';
import { SARIF } from './sarif/sarif.ts';
import { TRIVY } from './trivy/trivy.ts';

/** All formats, the more particular before the more general: the first that matches reads the document. */
export const FORMATS: readonly ReportFormat[] = [TRIVY, SARIF, CYCLONEDX_JSON, CYCLONEDX_XML];
