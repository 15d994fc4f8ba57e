import type { Component, VexStatement } from '../../../domain/finding/sighting.ts';
import { VEX_JUSTIFICATIONS } from '../../../domain/finding/vex-justification.ts';
import { toComponent, toFinding, toReported } from '../../reports/make-items.ts';
import { versionOfPurl } from '../../reports/package-urls.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, firstText, listAt, listOf, textAt, textOf, textsOf } from '../../reports/values.ts';
import { knownWord, unknownWord } from '../../reports/vex.ts';

const STATUSES: readonly string[] = ['not_affected', 'affected', 'fixed', 'under_investigation'];

/** OpenVEX 0.2.0 and 0.0.1, alone or as the predicate of an in-toto attestation. */
export const OPENVEX: JsonFormat = {
  kind: 'json',
  name: 'OpenVEX',
  mayBeVex: true,
  large: 'statements',
  matches: (document) => isVex(document) || isVex(at(document, 'predicate')),
  *read(document, { offset }) {
    const isWrapped = !isVex(document);
    const vex = isWrapped ? at(document, 'predicate') : document;
    const statements = listAt(vex, 'statements');
    const subject = firstText(at(listAt(document, 'subject')[0], 'name')) ?? onlyProduct(statements);
    if (offset === 0 && subject !== null) yield { kind: 'subject', name: subject, version: null };
    for (const [index, statement] of statements.entries()) {
      yield* readStatement(statement, `${isWrapped ? '/predicate' : ''}/statements/${offset + index}`, vex);
    }
  },
};

function isVex(document: unknown): boolean {
  return textsOf(at(document, '@context')).some((context) => /^https:\/\/openvex\.dev\/ns/.test(context));
}

/** The one product whose subcomponents the statements are about; null where there are several, or products stand for themselves. */
function onlyProduct(statements: readonly unknown[]): string | null {
  const names = statements.flatMap((statement) =>
    listAt(statement, 'products').map((product) =>
      listAt(product, 'subcomponents').length + listAt(statement, 'subcomponents').length > 0 ? idOf(product) : null,
    ),
  );
  return new Set(names).size === 1 ? (names[0] ?? null) : null;
}

function* readStatement(statement: unknown, position: string, document: unknown): Generator<ReportItem> {
  const status = textAt(statement, 'status');
  if (status !== null && !STATUSES.includes(status)) {
    const what = `the status "${status.slice(0, 40)}", which is none of ${STATUSES.join(', ')}`;
    yield { kind: 'unreadable', position: `${position}/status`, what };
    return;
  }
  const justification = textAt(statement, 'justification');
  yield* unknownWord('justification', justification, VEX_JUSTIFICATIONS, `${position}/justification`);
  const vulnerability = at(statement, 'vulnerability');
  const common = {
    ids: [
      firstText(vulnerability, at(vulnerability, 'name'), at(vulnerability, '@id')),
      ...listAt(vulnerability, 'aliases'),
    ],
    vex: toVex(statement, document),
    reported: toReported({ description: textAt(vulnerability, 'description') }),
  };
  let isAboutSomething = false;
  for (const { product, place } of productsOf(statement, position)) {
    isAboutSomething = true;
    yield toFinding({ ...common, component: toProduct(product), position: place });
  }
  if (!isAboutSomething) yield toFinding({ ...common, position });
}

interface Product {
  readonly product: unknown;
  readonly place: string;
}

/** Subcomponents of each product, or the product where it has none; 0.0.1 has the subcomponents beside the products, for all of them. */
function productsOf(statement: unknown, position: string): Product[] {
  const places = (list: unknown, place: string): Product[] =>
    listOf(list).map((product, index) => ({ product, place: `${place}/${index}` }));
  const shared = places(at(statement, 'subcomponents'), `${position}/subcomponents`);
  if (shared.length > 0) return shared;
  return places(at(statement, 'products'), `${position}/products`).flatMap((product) => {
    const inside = places(at(product.product, 'subcomponents'), `${product.place}/subcomponents`);
    return inside.length === 0 ? [product] : inside;
  });
}

/** A product is a text, or an object with an id and identifiers. */
function idOf(product: unknown): string | null {
  return firstText(product, at(product, '@id'), at(product, 'identifiers', 'purl'));
}

function toProduct(product: unknown): Component | null {
  const id = idOf(product);
  const purl = textAt(product, 'identifiers', 'purl') ?? (id?.startsWith('pkg:') ? id : null);
  const cpe = firstText(at(product, 'identifiers', 'cpe23'), at(product, 'identifiers', 'cpe22'));
  return toComponent({
    purl,
    cpe: cpe ?? (id?.startsWith('cpe:') ? id : null),
    name: purl === null && cpe === null ? id : null,
    installedVersion: purl === null ? null : versionOfPurl(purl),
  });
}

function toVex(statement: unknown, document: unknown): VexStatement | null {
  const status = textAt(statement, 'status');
  if (status === null || !STATUSES.includes(status)) return null;
  return {
    status: status as VexStatement['status'],
    justification: knownWord(textAt(statement, 'justification'), VEX_JUSTIFICATIONS),
    detail: firstText(
      at(statement, 'impact_statement'),
      at(statement, 'action_statement'),
      at(statement, 'status_notes'),
    ),
    author: firstText(at(statement, 'supplier'), at(document, 'author')),
    at: firstText(
      ...['last_updated', 'timestamp'].map((field) => textOf(at(statement, field))),
      at(document, 'timestamp'),
    ),
  };
}
