import { toComponent, toFinding, toHost, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, fieldsOf, firstText, listAt, textAt, textsOf } from '../../reports/values.ts';

/** Wazuh up to 4.7: a reply of the manager's API, `GET /vulnerability/{agent}`. */
export const WAZUH_API: JsonFormat = {
  kind: 'json',
  name: 'Wazuh',
  large: 'data.affected_items',
  matches: (document) =>
    Array.isArray(at(document, 'data', 'affected_items')) &&
    'total_affected_items' in fieldsOf(at(document, 'data')) &&
    /vulnerabilit/i.test(textAt(document, 'message') ?? ''),
  *read(document, { offset }) {
    for (const [index, entry] of listAt(document, 'data', 'affected_items').entries()) {
      yield readItem(entry, `/data/affected_items/${offset + index}`);
    }
  },
};

/** Wazuh from 4.8: a search in the indexer's `wazuh-states-vulnerabilities-*`. */
export const WAZUH_INDEX: JsonFormat = {
  kind: 'json',
  name: 'Wazuh',
  large: 'hits.hits',
  matches: (document) => {
    const first = listAt(document, 'hits', 'hits')[0];
    return /^wazuh-states-vulnerabilities/.test(textAt(first, '_index') ?? '') || isState(at(first, '_source'));
  },
  *read(document, { offset }) {
    for (const [index, hit] of listAt(document, 'hits', 'hits').entries()) {
      yield readHit(at(hit, '_source'), `/hits/hits/${offset + index}`);
    }
  },
};

const isState = (source: unknown) =>
  textAt(source, 'agent', 'type')?.toLowerCase() === 'wazuh' && 'vulnerability' in fieldsOf(source);

function readItem(entry: unknown, position: string): ReportItem {
  return toFinding(
    {
      ids: [at(entry, 'cve')],
      component: toComponent({ name: textAt(entry, 'name'), installedVersion: textAt(entry, 'version') }),
      host: toHost(at(entry, 'agent_name'), at(entry, 'agent_ip')),
      position,
      tool: 'Wazuh',
      severity: textAt(entry, 'severity'),
      reported: toReported({ title: textAt(entry, 'title') }),
    },
    firstText(at(entry, 'title'), at(entry, 'name')),
  );
}

function readHit(source: unknown, position: string): ReportItem {
  const vulnerability = at(source, 'vulnerability');
  return toFinding(
    {
      ids: [at(vulnerability, 'id')],
      component: toComponent({
        name: textAt(source, 'package', 'name'),
        installedVersion: textAt(source, 'package', 'version'),
      }),
      host: toHost(at(source, 'agent', 'name'), ...textsOf(at(source, 'agent', 'ip')), ...listAt(source, 'host', 'ip')),
      position,
      tool: 'Wazuh',
      severity: textAt(vulnerability, 'severity'),
      reported: toReported({ description: textAt(vulnerability, 'description') }),
    },
    at(source, 'package', 'name'),
  );
}
