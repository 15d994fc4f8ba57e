import type { VexStatement } from '../../../domain/finding/sighting.ts';
import { at, firstText, listAt, textAt, textsOf } from '../../reports/values.ts';

/** An element of a graph, and where it stands. */
export interface Element {
  readonly id: string;
  readonly value: unknown;
  readonly position: string;
}

/** The elements of a document, and what relates them. */
export interface Graph {
  readonly elements: readonly Element[];
  readonly byId: ReadonlyMap<string, Element>;
  /** Vulnerabilities that are said to be, or not to be, in something. */
  readonly related: ReadonlySet<string>;
  readonly scores: ReadonlyMap<string, unknown[]>;
}

/** Relationships of the security profile that say whether something is affected, in OpenVEX's words. */
export const STATUS: ReadonlyMap<string, VexStatement['status']> = new Map([
  ['VexAffectedVulnAssessmentRelationship', 'affected'],
  ['VexNotAffectedVulnAssessmentRelationship', 'not_affected'],
  ['VexFixedVulnAssessmentRelationship', 'fixed'],
  ['VexUnderInvestigationVulnAssessmentRelationship', 'under_investigation'],
]);

/** Indexes elements by their ids, and assessments by the vulnerability. */
export function indexGraph(document: unknown): Graph {
  const elements = listAt(document, '@graph').map((value, index) => ({
    id: firstText(at(value, 'spdxId'), at(value, '@id')) ?? '',
    value,
    position: `/@graph/${index}`,
  }));
  const related = new Set<string>();
  const scores = new Map<string, unknown[]>();
  for (const { value } of elements) {
    for (const { vulnerability } of linksOf(value)) related.add(vulnerability);
    const from = textAt(value, 'from');
    if (from === null || !/^Cvss.*VulnAssessmentRelationship$/.test(typeOf(value))) continue;
    const known = scores.get(from);
    if (known === undefined) scores.set(from, [value]);
    else known.push(value);
  }
  return { elements, byId: new Map(elements.map((element) => [element.id, element])), related, scores };
}

/** The type without its profile: `security_Vulnerability`, `security:Vulnerability`. */
export function typeOf(element: unknown): string {
  return (firstText(at(element, 'type'), at(element, '@type')) ?? '').replace(/^.*[_:/#]/, '');
}

/** Pairs of vulnerability and package that a relationship names. */
export function linksOf(relationship: unknown): { readonly vulnerability: string; readonly target: string | null }[] {
  const from = textAt(relationship, 'from');
  const to = textsOf(at(relationship, 'to'));
  if (from === null) return [];
  if (STATUS.has(typeOf(relationship))) {
    const assessed = textsOf(at(relationship, 'security_assessedElement'));
    const targets = assessed.length > 0 ? assessed : to;
    return targets.length === 0
      ? [{ vulnerability: from, target: null }]
      : targets.map((target) => ({ vulnerability: from, target }));
  }
  const isAssociated = textAt(relationship, 'relationshipType') === 'hasAssociatedVulnerability';
  return isAssociated ? to.map((vulnerability) => ({ vulnerability, target: from })) : [];
}
