import { parseCveId } from '../../../domain/cve/cve-id.ts';
import { toFinding, toHost, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, JsonLinesFormat, ReportItem } from '../../reports/report-format.ts';
import { at, fieldsOf, firstText, textAt, textsOf } from '../../reports/values.ts';

/** Nuclei (ProjectDiscovery) with `-jsonl`: an object a line, with `template-id`, before 2.6 `templateID`. */
export const NUCLEI_LINES: JsonLinesFormat = {
  kind: 'json-lines',
  name: 'Nuclei',
  matches: isResult,
  *read(objects, { offset }) {
    for (const [index, result] of objects.entries()) yield* readResult(result, `object ${offset + index + 1}`);
  },
};

/** Nuclei with `-json-export`: an array of the same objects. */
export const NUCLEI: JsonFormat = {
  kind: 'json',
  name: 'Nuclei',
  large: '',
  matches: (document) => Array.isArray(document) && isResult(document[0]),
  *read(document, { offset }) {
    for (const [index, result] of (document as unknown[]).entries()) yield* readResult(result, `/${offset + index}`);
  },
};

function isResult(value: unknown): boolean {
  const fields = fieldsOf(value);
  return ('template-id' in fields || 'templateID' in fields) && 'info' in fields;
}

function* readResult(result: unknown, position: string): Iterable<ReportItem> {
  const template = firstText(at(result, 'template-id'), at(result, 'templateID'));
  const classification = at(result, 'info', 'classification');
  const named = textsOf(at(classification, 'cve-id')).flatMap((text) => text.split(/[\s,;]+/));
  // Templates for a CVE are called by its id; the old ones say it nowhere else.
  const ids = template !== null && parseCveId(template).ok ? [...named, template] : named;
  const severity = textAt(result, 'info', 'severity');
  if (ids.length === 0 && severity === 'info') return;
  yield toFinding(
    {
      ids,
      host: toHost(
        at(result, 'host'),
        at(result, 'ip'),
        at(result, 'url'),
        at(result, 'matched-at'),
        at(result, 'matched'),
      ),
      position,
      tool: 'Nuclei',
      severity,
      reported: toReported({
        title: textAt(result, 'info', 'name'),
        description: textAt(result, 'info', 'description'),
        cvssVectors: textsOf(at(classification, 'cvss-metrics')),
        cwes: textsOf(at(classification, 'cwe-id')).map((cwe) => cwe.toUpperCase()),
      }),
    },
    firstText(at(result, 'info', 'name'), template),
  );
}
