import type { Component, VexStatement } from '../../../domain/finding/sighting.ts';
import { VEX_JUSTIFICATIONS } from '../../../domain/finding/vex-justification.ts';
import { toComponent, toFinding, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, firstText, firstTextOf, listAt, textAt, textsOf } from '../../reports/values.ts';
import { knownWord, unknownWord } from '../../reports/vex.ts';
import { findVulnerabilityIds } from '../../reports/vulnerability-ids.ts';
import { type Element, type Graph, indexGraph, linksOf, STATUS, typeOf } from './graph.ts';

/** SPDX 3.0 (JSON-LD, one `@graph`): software profile as components, security profile as findings. */
export const SPDX_3: JsonFormat = {
  kind: 'json',
  name: 'SPDX 3',
  mayBeVex: true,
  large: null,
  matches: (document) =>
    Array.isArray(at(document, '@graph')) &&
    textsOf(at(document, '@context')).some((context) => /spdx\.org\/rdf\/3/.test(context)),
  *read(document) {
    const graph = indexGraph(document);
    for (const element of graph.elements) yield* readElement(element, graph);
  },
};

function* readElement(element: Element, graph: Graph): Generator<ReportItem> {
  const { value, position, id } = element;
  const type = typeOf(value);
  if (type === 'SpdxDocument') {
    const name = textAt(value, 'name');
    if (name !== null) yield { kind: 'subject', name, version: null };
  } else if (type === 'Package') {
    const component = toPackage(value);
    if (component !== null) yield { kind: 'component', component, position };
    yield* readAdvisories(value, component, position);
  } else if (type.endsWith('Relationship')) yield* readRelationship(element, graph);
  else if (type === 'Vulnerability' && !graph.related.has(id)) yield readAlone(element, graph);
}

/** Advisories that a package refers to, where their addresses name a vulnerability. */
function* readAdvisories(element: unknown, component: Component | null, position: string): Generator<ReportItem> {
  for (const [index, reference] of listAt(element, 'externalRef').entries()) {
    if (textAt(reference, 'externalRefType') !== 'securityAdvisory') continue;
    const locators = textsOf(at(reference, 'locator'));
    const ids = locators.flatMap(findVulnerabilityIds);
    yield toFinding({ ids, component, position: `${position}/externalRef/${index}` }, locators[0]);
  }
}

function* readRelationship({ value, position }: Element, graph: Graph): Generator<ReportItem> {
  yield* unknownWord('justification', justificationOf(value), VEX_JUSTIFICATIONS, position);
  for (const { vulnerability, target } of linksOf(value)) {
    const found = graph.byId.get(target ?? '');
    const component = toPackage(found?.value) ?? (target?.startsWith('pkg:') ? toComponent({ purl: target }) : null);
    yield toFinding({ ...readVulnerability(vulnerability, graph), component, position, vex: toVex(value, graph) });
  }
}

function readAlone({ id, position }: Element, graph: Graph): ReportItem {
  return toFinding({ ...readVulnerability(id, graph), position });
}

function readVulnerability(id: string, { byId, scores }: Graph) {
  const entry = byId.get(id)?.value;
  const ids = listAt(entry, 'externalIdentifier').map((one) => at(one, 'identifier'));
  const assessments = scores.get(id) ?? [];
  return {
    // An element's own id is a URI and no name of a vulnerability.
    ids: [...ids, at(entry, 'name')],
    severity: firstTextOf(assessments.map((one) => at(one, 'security_severity'))),
    reported: toReported({
      title: textAt(entry, 'summary'),
      description: textAt(entry, 'description'),
      cvssVectors: assessments.flatMap((one) => textsOf(at(one, 'security_vectorString'))),
    }),
  };
}

function toPackage(element: unknown): Component | null {
  const identify = (type: RegExp) =>
    listAt(element, 'externalIdentifier').find((one) => type.test(textAt(one, 'externalIdentifierType') ?? ''));
  return toComponent({
    purl: firstText(at(element, 'software_packageUrl'), at(identify(/^(?:packageUrl|purl)$/), 'identifier')),
    cpe: firstText(at(identify(/^cpe23$/), 'identifier'), at(identify(/^cpe22$/), 'identifier')),
    name: textAt(element, 'name'),
    installedVersion: textAt(element, 'software_packageVersion'),
  });
}

/** SPDX writes the five words of VEX in camel case (3.0.1, `VexJustificationType`). */
function justificationOf(relationship: unknown): string | null {
  const given = textAt(relationship, 'security_justificationType');
  return given?.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) ?? null;
}

function toVex(relationship: unknown, { byId }: Graph): VexStatement | null {
  const status = STATUS.get(typeOf(relationship));
  if (status === undefined) return null;
  const supplier = byId.get(textAt(relationship, 'suppliedBy') ?? '')?.value;
  return {
    status,
    justification: knownWord(justificationOf(relationship), VEX_JUSTIFICATIONS),
    detail: firstText(
      at(relationship, 'security_impactStatement'),
      at(relationship, 'security_actionStatement'),
      at(relationship, 'security_statusNotes'),
    ),
    author: textAt(supplier, 'name'),
    at: firstText(at(relationship, 'security_modifiedTime'), at(relationship, 'security_publishedTime')),
  };
}
