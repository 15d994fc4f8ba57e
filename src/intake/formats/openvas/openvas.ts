import { toFinding, toHost, toReported } from '../../reports/make-items.ts';
import type { ReportItem, XmlFormat } from '../../reports/report-format.ts';
import {
  at,
  fieldsOf,
  firstText,
  listAt,
  numberOf,
  textAt,
  textOf,
  textsOf,
  wholeTextOf,
} from '../../reports/values.ts';

/** Where a report may stand. */
const REPORTS = ['report', 'report.report', 'get_reports_response.report', 'get_reports_response.report.report'];

/**
 * OpenVAS and Greenbone reports in XML, from OMP 7 (`cve` with a list) to GMP 22 (`refs`), alone or in a reply. Log messages (severity 0) that name no
 * CVE are left out.
 */
export const OPENVAS: XmlFormat = {
  kind: 'xml',
  name: 'OpenVAS',
  large: REPORTS.map((path) => `${path}.results.result`),
  matches: (document) => reportsOf(document).some(isScan),
  *read(document) {
    for (const report of reportsOf(document).filter(isScan)) {
      for (const result of listAt(report, 'results', 'result')) {
        const item = readResult(result);
        if (item.kind === 'finding' || !((numberOf(at(result, 'severity')) ?? 1) <= 0)) yield item;
      }
    }
  },
};

/** A report may be inside another one, which describes the task. */
function reportsOf(document: unknown): unknown[] {
  const outer = [...listAt(document, 'get_reports_response', 'report'), ...listAt(document, 'report')];
  return outer.flatMap((report) => [report, ...listAt(report, 'report')]);
}

function isScan(report: unknown): boolean {
  const fields = fieldsOf(report);
  return 'results' in fields && ('scan_run_status' in fields || 'gmp' in fields || 'omp' in fields);
}

function readResult(result: unknown): ReportItem {
  const test = at(result, 'nvt');
  const [host, title] = [at(result, 'host'), firstText(at(result, 'name'), at(test, 'name'))];
  const references = listAt(test, 'refs', 'ref').filter((ref) => textAt(ref, '@type')?.toLowerCase() === 'cve');
  const listed = listAt(test, 'cve').flatMap((cves) => (wholeTextOf(cves) ?? '').split(/[\s,]+/));
  const oid = textAt(test, '@oid') ?? '';
  return toFinding(
    {
      ids: [...references.flatMap((ref) => textsOf(at(ref, '@id'))), ...listed.filter((id) => id !== 'NOCVE')],
      host: toHost(at(host, 'hostname'), textOf(host)),
      position: `result[${textAt(result, '@id') ?? oid}]`,
      tool: 'OpenVAS',
      severity: firstText(at(result, 'threat'), at(result, 'severity')),
      reported: toReported({
        title,
        description: textAt(result, 'description'),
        cvssVectors: vectorsOf(test),
      }),
    },
    title ?? oid,
  );
}

function vectorsOf(test: unknown): string[] {
  const scored = listAt(test, 'severities', 'severity').flatMap((severity) => textsOf(at(severity, 'value')));
  const tagged = /cvss_base_vector=([^|]+)/.exec(textAt(test, 'tags') ?? '')?.[1];
  return [...new Set(tagged === undefined ? scored : [...scored, tagged])];
}
