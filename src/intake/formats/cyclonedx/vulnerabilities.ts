import type { Component, VexStatement } from '../../../domain/finding/sighting.ts';
import { CYCLONEDX_JUSTIFICATIONS } from '../../../domain/finding/vex-justification.ts';
import { toComponent, toFinding, toReported } from '../../reports/make-items.ts';
import type { ReportItem } from '../../reports/report-format.ts';
import { at, firstText, firstTextOf, joinTexts, textAt, textOf, textsOf } from '../../reports/values.ts';
import { knownWord, STATES, statusOfState, unknownWord } from '../../reports/vex.ts';
import { toCwes } from '../../reports/vulnerability-ids.ts';
import type { Syntax } from './syntax.ts';

/** A component of a bill of materials, and where it stands. */
export interface ListedComponent {
  readonly source: unknown;
  readonly position: string;
  readonly isSubject: boolean;
  readonly component: Component | null;
  readonly ref: string | null;
}

/** What a bill of materials says of all its vulnerabilities. */
export interface Bom {
  readonly syntax: Syntax;
  readonly components: ReadonlyMap<string, ListedComponent>;
  readonly tool: string | null;
  readonly author: string | null;
  readonly at: string | null;
}

/** A finding for each component that a vulnerability affects; one without component where it names none. */
export function* readVulnerability(
  entry: unknown,
  position: string,
  bom: Bom,
  within: Component | null = null,
): Generator<ReportItem> {
  const { syntax } = bom;
  const references = syntax.list(entry, 'references', 'reference').map((reference) => at(reference, 'id'));
  const ratings = syntax.list(entry, 'ratings', 'rating');
  const common = {
    ids: [at(entry, 'id'), ...references],
    tool: bom.tool,
    severity: firstTextOf(ratings.map((rating) => at(rating, 'severity'))),
    vex: readAnalysis(at(entry, 'analysis'), bom),
    reported: toReported({
      description: firstText(at(entry, 'description'), at(entry, 'detail')),
      cvssVectors: ratings.flatMap(toVector),
      cwes: toCwes(syntax.list(entry, 'cwes', 'cwe').map(textOf)),
    }),
  };
  yield* unknownWords(entry, `${position}/analysis`);
  const mended = fixOf(entry, syntax);
  const what = at(entry, 'description');
  const targets = syntax.list(entry, 'affects', 'target');
  for (const [index, target] of targets.entries()) {
    const component = findAffected(target, bom, mended);
    yield toFinding({ ...common, component, position: syntax.place(position, 'affects', 'target', index) }, what);
  }
  if (targets.length > 0) return;
  const extended = firstText(at(entry, '@ref'));
  const component = extended === null ? within : (componentOf(extended, bom) ?? within);
  yield toFinding({ ...common, component: component && { ...component, fixedVersion: mended }, position }, what);
}

/** The component of `affects`, with the versions that are said of it there. */
function findAffected(target: unknown, bom: Bom, mended: string | null): Component | null {
  const versions = bom.syntax.list(target, 'versions', 'version');
  const versionsThatAre = (status: RegExp) =>
    versions.flatMap((one) => {
      const version = firstText(at(one, 'version'), at(one, 'range'));
      // Affected is what is said of a version where nothing is (specification, `status`).
      return version !== null && status.test(textAt(one, 'status') ?? 'affected') ? [version] : [];
    });
  const known = componentOf(firstText(at(target, 'ref')) ?? '', bom);
  if (known === null) return null;
  const fixedVersion = joinTexts(versionsThatAre(/^unaffected$/)) ?? mended;
  const installedVersion = known.installedVersion ?? joinTexts(versionsThatAre(/^affected$/));
  return toComponent({ ...known, installedVersion, fixedVersion });
}

/** What a reference names: a component here, by its `bom-ref` or by a BOM-Link (`urn:cdx:serial/version#ref`), or a package URL that stands for itself. */
function componentOf(ref: string, { components }: Bom): Component | null {
  const linked = /^urn:cdx:[^#]*#(.*)$/s.exec(ref)?.[1];
  const name = linked === undefined ? ref : decode(linked);
  const known = components.get(name)?.component;
  if (known != null) return known;
  return name.startsWith('pkg:') ? toComponent({ purl: name }) : null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A vector of a CVSS rating, with the version that only the method tells. */
function toVector(rating: unknown): string[] {
  const vector = textAt(rating, 'vector')?.replace(/^\(|\)$/g, '');
  if (vector === undefined || !/^(?:CVSS:|AV:)/i.test(vector)) return [];
  const version = { CVSSV3: '3.0', CVSSV31: '3.1', CVSSV4: '4.0' }[(textAt(rating, 'method') ?? '').toUpperCase()];
  return [version === undefined || /^CVSS:/i.test(vector) ? vector : `CVSS:${version}/${vector}`];
}

/** The version of a recommendation that only names one: "Upgrade libfoo to version 1.2". */
function fixOf(entry: unknown, syntax: Syntax): string | null {
  const old = syntax.list(entry, 'recommendations', 'recommendation').map(textOf);
  return firstTextOf(
    [textAt(entry, 'recommendation'), ...old].map((text) => /^Upgrade \S+ to version (\S.*)$/.exec(text ?? '')?.[1]),
  );
}

function* unknownWords(entry: unknown, position: string): Generator<ReportItem> {
  const [state, justification] = [textAt(entry, 'analysis', 'state'), textAt(entry, 'analysis', 'justification')];
  yield* unknownWord('state', state?.toLowerCase() ?? null, STATES, position);
  yield* unknownWord('justification', justification, CYCLONEDX_JUSTIFICATIONS, position);
}

function readAnalysis(analysis: unknown, bom: Bom): VexStatement | null {
  const status = statusOfState(at(analysis, 'state'));
  if (status === undefined) return null;
  const responses = [...textsOf(at(analysis, 'response')), ...textsOf(at(analysis, 'responses', 'response'))];
  const joined = joinTexts(responses);
  const said = joined === null ? null : `response: ${joined}`;
  const detail = [textAt(analysis, 'detail'), said].filter((text) => text !== null).join('; ');
  return {
    status,
    justification: knownWord(textAt(analysis, 'justification'), CYCLONEDX_JUSTIFICATIONS),
    detail: detail || null,
    author: bom.author,
    at: firstText(at(analysis, 'lastUpdated'), at(analysis, 'firstIssued')) ?? bom.at,
  };
}
