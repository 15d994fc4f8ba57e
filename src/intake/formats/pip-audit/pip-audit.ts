import { toComponent, toFinding, toReported } from '../../reports/make-items.ts';
import type { JsonFormat } from '../../reports/report-format.ts';
import { at, fieldsOf, joinTexts, listAt, textAt, textsOf } from '../../reports/values.ts';

/** pip-audit's JSON: `dependencies`, or the bare list of versions before 2.5. */
export const PIP_AUDIT: JsonFormat = {
  kind: 'json',
  name: 'pip-audit',
  large: null,
  matches: (document) => {
    const first = (Array.isArray(document) ? document : listAt(document, 'dependencies'))[0];
    const isEmpty = !Array.isArray(document) && Array.isArray(at(document, 'fixes'));
    const isEntry = textAt(first, 'name') !== null && ['vulns', 'skip_reason'].some((name) => name in fieldsOf(first));
    return isEntry || (isEmpty && Array.isArray(at(document, 'dependencies')));
  },
  *read(document) {
    const root = Array.isArray(document) ? '' : '/dependencies';
    for (const [index, entry] of (Array.isArray(document) ? document : listAt(document, 'dependencies')).entries()) {
      const component = toComponent({ name: textAt(entry, 'name'), installedVersion: textAt(entry, 'version') });
      const position = `${root}/${index}`;
      if (component !== null) yield { kind: 'component', component, position };
      for (const [place, found] of listAt(entry, 'vulns').entries()) {
        const fixedVersion = joinTexts(at(found, 'fix_versions'));
        yield toFinding({
          ids: [at(found, 'id'), ...textsOf(at(found, 'aliases'))],
          component: component && { ...component, fixedVersion },
          position: `${position}/vulns/${place}`,
          tool: 'pip-audit',
          reported: toReported({ description: textAt(found, 'description') }),
        });
      }
    }
  },
};
