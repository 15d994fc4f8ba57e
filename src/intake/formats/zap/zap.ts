import { findCveIds } from '../../../domain/cve/cve-id.ts';
import { toFinding, toHost, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem, XmlFormat } from '../../reports/report-format.ts';
import { at, firstText, listAt, textAt, textsOf, wholeTextOf } from '../../reports/values.ts';

/** ZAP's XML report, from 2.4 to today's. What only informs and names no CVE is left out. */
export const ZAP_XML: XmlFormat = {
  kind: 'xml',
  name: 'ZAP',
  large: ['OWASPZAPReport.site'],
  matches: (document) => at(document, 'OWASPZAPReport') !== undefined,
  *read(document) {
    for (const site of listAt(document, 'OWASPZAPReport', 'site')) {
      for (const [index, alert] of listAt(site, 'alerts', 'alertitem').entries()) {
        yield* readAlert(site, alert, `site[${textAt(site, '@name') ?? ''}]/alertitem[${index + 1}]`);
      }
    }
  },
};

/** ZAP's JSON report, which has the same fields. */
export const ZAP_JSON: JsonFormat = {
  kind: 'json',
  name: 'ZAP',
  large: 'site.*.alerts',
  matches: (document) =>
    Array.isArray(at(document, 'site')) &&
    (textAt(document, '@programName') === 'ZAP' ||
      listAt(document, 'site').some((site) => Array.isArray(at(site, 'alerts')))),
  *read(document, { offset }) {
    for (const [index, site] of listAt(document, 'site').entries()) {
      for (const [place, alert] of listAt(site, 'alerts').entries()) {
        yield* readAlert(site, alert, `/site/${index}/alerts/${offset + place}`);
      }
    }
  },
};

/** "Vulnerable JS Library" (Retire.js) names the library's CVE ids in its additional text. */
const VULNERABLE_LIBRARY = '10003';

function* readAlert(site: unknown, alert: unknown, position: string): Iterable<ReportItem> {
  const title = firstText(at(alert, 'name'), at(alert, 'alert'));
  // XML has the tags one level below.
  const tags = [...listAt(alert, 'tags', 'tag'), ...listAt(alert, 'tags')].map((tag) => firstText(at(tag, 'tag'), tag));
  const naming = [title, wholeTextOf(at(alert, 'reference')), ...tags];
  if (textAt(alert, 'pluginid') === VULNERABLE_LIBRARY) naming.push(wholeTextOf(at(alert, 'otherinfo')));
  const ids = findCveIds(naming.join('\n'));
  if (ids.length === 0 && textAt(alert, 'riskcode') === '0') return;
  yield toFinding(
    {
      ids,
      host: toHost(at(site, '@host'), at(site, '@name')),
      position,
      tool: 'ZAP',
      severity: firstText(at(alert, 'riskdesc'), at(alert, 'riskcode')),
      reported: toReported({
        title,
        description: textAt(alert, 'desc'),
        cwes: textsOf(at(alert, 'cweid')).flatMap((number) => (Number(number) > 0 ? [`CWE-${number}`] : [])),
      }),
    },
    title,
  );
}
