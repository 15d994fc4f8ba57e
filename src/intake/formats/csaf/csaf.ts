import type { Component, VexStatement } from '../../../domain/finding/sighting.ts';
import { VEX_JUSTIFICATIONS } from '../../../domain/finding/vex-justification.ts';
import { toFinding } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import {
  at,
  fieldsOf,
  firstText,
  firstTextOf,
  joinTexts,
  listAt,
  textAt,
  textOf,
  textsOf,
} from '../../reports/values.ts';
import { knownWord, unknownWord } from '../../reports/vex.ts';
import { idsOf, reportedOf, severityOf } from './described.ts';
import { indexProducts, indexSaid, type ProductTree, type Said, saidOf } from './product-tree.ts';

/** Products of one vulnerability and status that become findings of their own; more are one finding that says how many. */
const MOST_PRODUCTS = 50;
/** Remedies in more words than this tell more than a version. */
const LONGEST_FIX = 200;

/** `product_status` (sections 3.2.3.9 of 2.0, 3.2.4.9 of 2.1) in OpenVEX's words. `recommended` is no status: it is the version to change to. */
const STATUSES: readonly (readonly [string, VexStatement['status'] | null])[] = [
  ['known_affected', 'affected'],
  ['first_affected', 'affected'],
  ['last_affected', 'affected'],
  ['known_not_affected', 'not_affected'],
  ['first_fixed', 'fixed'],
  ['fixed', 'fixed'],
  ['under_investigation', 'under_investigation'],
  // Since 2.1: nobody says, and nobody looks.
  ['unknown', null],
];

/** CSAF 2.0 and 2.1 (OASIS): advisories and VEX. */
export const CSAF: JsonFormat = {
  kind: 'json',
  name: 'CSAF',
  mayBeVex: true,
  large: 'vulnerabilities',
  matches: (document) => textAt(document, 'document', 'csaf_version') !== null,
  *read(document, { offset }) {
    const version = textAt(document, 'document', 'csaf_version') ?? '';
    if (!/^2\.[01]$/.test(version)) {
      const what = `a document of CSAF ${version}, which is not read; convert it to 2.0 or 2.1`;
      yield { kind: 'unreadable', position: '/document/csaf_version', what };
      return;
    }
    const products = indexProducts(at(document, 'product_tree'));
    for (const [index, entry] of listAt(document, 'vulnerabilities').entries()) {
      const said = {
        flags: indexSaid(listAt(entry, 'flags'), products),
        threats: indexSaid(listAt(entry, 'threats'), products),
        remediations: indexSaid(listAt(entry, 'remediations'), products),
      };
      yield* readVulnerability({ entry, said, document, products }, `/vulnerabilities/${offset + index}`);
    }
  },
};

interface Context {
  readonly entry: unknown;
  readonly said: Readonly<Record<'flags' | 'threats' | 'remediations', Said>>;
  readonly document: unknown;
  readonly products: ProductTree;
}

function* readVulnerability(context: Context, position: string): Generator<ReportItem> {
  const { entry, document } = context;
  const common = {
    ids: idsOf(entry, document),
    severity: severityOf(entry, document),
    reported: reportedOf(entry),
  };
  for (const [index, flag] of listAt(entry, 'flags').entries()) {
    yield* unknownWord('label', textAt(flag, 'label'), VEX_JUSTIFICATIONS, `${position}/flags/${index}/label`);
  }
  let isSaid = false;
  for (const [field, status] of STATUSES) {
    const ids = [...new Set(textsOf(at(entry, 'product_status', field)))];
    if (ids.length === 0) continue;
    isSaid = true;
    const place = `${position}/product_status/${field}`;
    if (ids.length > MOST_PRODUCTS) {
      const vex = toVex(context, status, null, `said of ${ids.length} products`);
      yield toFinding({ ...common, position: place, vex });
      continue;
    }
    for (const [index, id] of ids.entries()) {
      const component = withFix(context, id, status);
      yield toFinding({ ...common, component, position: `${place}/${index}`, vex: toVex(context, status, id) });
    }
  }
  if (!isSaid) yield toFinding({ ...common, position });
}

/** A product, with the versions that are recommended or first mended, else with what the vendor's remedy says of them. */
function withFix(context: Context, id: string, status: VexStatement['status'] | null): Component | null {
  const component = context.products.find(id);
  if (component === null || status !== 'affected') return component;
  const mended = ['recommended', 'first_fixed'].flatMap((field) => textsOf(at(context.entry, 'product_status', field)));
  const versions = mended.slice(0, MOST_PRODUCTS).flatMap((one) => {
    const product = context.products.find(one);
    return textsOf(product?.installedVersion ?? product?.name);
  });
  const remedies = saidOf(context.said.remediations, id).filter((one) => textAt(one, 'category') === 'vendor_fix');
  // Of several remedies that are all said of all products, none is known to be this product's.
  const words = remedies.length === 1 ? textAt(remedies[0], 'details') : null;
  const fixedVersion = joinTexts(versions) ?? (words !== null && words.length <= LONGEST_FIX ? words : null);
  return { ...component, fixedVersion };
}

/** Flags justify, threats of the category "impact" explain (VEX profile, section 4.5), remediations say what to do. */
function toVex(
  context: Context,
  status: VexStatement['status'] | null,
  id: string | null,
  note: string | null = null,
): VexStatement | null {
  if (status === null) return null;
  const { document } = context;
  const isClear = status === 'not_affected';
  const said = isClear
    ? saidOf(context.said.threats, id).filter((threat) => textAt(threat, 'category') === 'impact')
    : saidOf(context.said.remediations, id);
  const details = textsOf(said.map((one) => at(one, 'details')));
  const tracking = fieldsOf(at(document, 'document', 'tracking'));
  return {
    status,
    justification: firstTextOf(
      saidOf(context.said.flags, id).map((flag) => knownWord(textAt(flag, 'label'), VEX_JUSTIFICATIONS)),
    ),
    detail: textOf([...(note === null ? [] : [note]), ...new Set(details.slice(0, MOST_PRODUCTS))].join('; ')),
    author: textAt(document, 'document', 'publisher', 'name'),
    at: firstText(tracking['current_release_date'], tracking['initial_release_date']),
  };
}
