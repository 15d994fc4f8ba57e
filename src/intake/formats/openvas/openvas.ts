import type { Host } from '../../../domain/finding/sighting.ts';
import { withCleanHosts } from '../../reports/clean-hosts.ts';
import { toFinding, toHost, toReported, toSuppressedStatement } from '../../reports/make-items.ts';
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
      yield* withCleanHosts('OpenVAS', (onScanned) => {
        for (const host of scannedHosts(report)) onScanned(host);
        return readResults(report);
      });
    }
  },
};

function* readResults(report: unknown): Generator<ReportItem> {
  for (const result of listAt(report, 'results', 'result')) {
    const item = readResult(result);
    if (item.kind === 'finding' || !((numberOf(at(result, 'severity')) ?? 1) <= 0)) yield item;
  }
}

/** A report may be inside another one, which describes the task. */
function reportsOf(document: unknown): unknown[] {
  const outer = [...listAt(document, 'get_reports_response', 'report'), ...listAt(document, 'report')];
  return outer.flatMap((report) => [report, ...listAt(report, 'report')]);
}

function isScan(report: unknown): boolean {
  const fields = fieldsOf(report);
  return 'results' in fields && ('scan_run_status' in fields || 'gmp' in fields || 'omp' in fields);
}

/**
 * The hosts that were scanned to the end, and those with results of whatever kind. None of a scan that was stopped, or of a page of its results, and not the hosts at which tests have failed.
 */
function scannedHosts(report: unknown): (Host | null)[] {
  const results = listAt(report, 'results', 'result');
  const isWhole = results.length >= (numberOf(at(report, 'result_count', 'filtered')) ?? 0);
  if (!isWhole || !/^done$/i.test(textAt(report, 'scan_run_status') ?? '')) return [];
  const failed = new Set(listAt(report, 'errors', 'error').map((error) => textAt(error, 'host')));
  const ended = listAt(report, 'host').filter((host) => textAt(host, 'end') !== null);
  return [
    ...ended.map((host) => ({ ip: textAt(host, 'ip'), hostname: nameOf(host) })),
    ...results.map((result) => ({ ip: textAt(result, 'host'), hostname: textAt(result, 'host', 'hostname') })),
  ]
    .filter(({ ip }) => !failed.has(ip))
    .flatMap(({ ip, hostname }) => [
      toHost(hostname, ip),
      // Findings of older releases know the address alone.
      toHost(ip),
    ]);
}

function nameOf(host: unknown): string | null {
  const detail = listAt(host, 'detail').find((one) => textAt(one, 'name') === 'hostname');
  return textAt(detail, 'value');
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
      // What an override of the user's makes of it (GMP, "result", `threat`; severity -1).
      vex: /^false positive$/i.test(textAt(result, 'threat') ?? '')
        ? toSuppressedStatement('The result\'s threat is "False Positive".', 'OpenVAS')
        : null,
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
