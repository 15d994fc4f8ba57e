import { toFinding } from '../../reports/make-items.ts';
import type { JsonFormat } from '../../reports/report-format.ts';
import { at, fieldsOf, firstText, listAt } from '../../reports/values.ts';

/** Threagile's `risks.json`: risks of a design, which name no vulnerability. */
export const THREAGILE: JsonFormat = {
  kind: 'json',
  name: 'Threagile',
  large: null,
  matches: (document) => {
    const first = fieldsOf(Array.isArray(document) ? document[0] : undefined);
    return 'synthetic_id' in first && 'exploitation_likelihood' in first;
  },
  *read(document) {
    for (const [index, risk] of (document as unknown[]).entries()) {
      yield toFinding({ ids: [], position: `/${index}` }, firstText(at(risk, 'synthetic_id'), at(risk, 'category')));
    }
  },
};

/** AWS Threat Composer's export: threats to a design, which name no vulnerability. */
export const THREAT_COMPOSER: JsonFormat = {
  kind: 'json',
  name: 'Threat Composer',
  large: null,
  matches: (document) => {
    const fields = fieldsOf(document);
    return typeof fields['schema'] === 'number' && 'applicationInfo' in fields && 'dataflow' in fields;
  },
  *read(document) {
    for (const [index, threat] of listAt(document, 'threats').entries()) {
      yield toFinding({ ids: [], position: `/threats/${index}` }, at(threat, 'statement'));
    }
  },
};
