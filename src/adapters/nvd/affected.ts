import { z } from 'zod';
import { ANY, NA, unescapeValue } from '../../domain/cpe/cpe-value.ts';
import { joinRanges } from '../../domain/cve/record-fields.ts';
import type { AffectedProduct } from '../../domain/cve/records.ts';
import { clipLine } from '../../kernel/clip.ts';
import { itemsThatFit } from '../../kernel/items-that-fit.ts';
import { Configuration, type CpeMatch, type Node } from './configuration-schema.ts';
import { toConfigurationText } from './configuration-text.ts';

const MAX_PRODUCTS = 20;

/** NVD's `configurations`: products with readable version ranges, one entry a product and without platforms, and all that matching needs, as text. */
export const Configurations = itemsThatFit(Configuration).transform((configurations) => {
  const nodes = configurations
    .filter((configuration) => configuration.negate !== true)
    .flatMap((configuration) => configuration.nodes);
  const products = productsOf(nodes.filter((node) => node.negate !== true));
  // "Anything but these versions" says something of the product, too.
  const indexed = productsOf(nodes);
  return { products, indexed, text: indexed.length === 0 ? null : toConfigurationText(configurations) };
});

function productsOf(nodes: readonly Node[]): readonly AffectedProduct[] {
  const matches = nodes.flatMap((node) => node.cpeMatch).filter((match) => match.vulnerable);
  return mergeProducts(matches.map(toProduct).filter((product) => product !== null));
}

const Container = z.object({
  affectedData: itemsThatFit(z.object({ vendor: z.string().min(1), product: z.string().min(1) })),
});

/** NVD's newer `affected` (what the CNA named), for records without configurations. Versions are left to the CVE record. */
export const Affected = itemsThatFit(Container).transform((containers): AffectedProduct[] =>
  mergeProducts(
    containers
      .flatMap((container) => container.affectedData)
      .map(({ vendor, product }) => ({
        vendor: clipLine(vendor, 200),
        product: clipLine(product, 200),
        versions: null,
      })),
  ),
);

/**
 * The products to keep of a record that may list thousands. Those that its description names come first: many records
 * begin with vendors who built the vulnerable product into theirs (CVE-2021-44228 lists Siemens firmware before Log4j).
 */
export function mostRelevant(products: readonly AffectedProduct[], description: string | null): AffectedProduct[] {
  const text = ` ${words(description ?? '')} `;
  const isNamed = (product: AffectedProduct) => text.includes(` ${words(product.product)} `);
  const named = products.filter(isNamed);
  return [...named, ...products.filter((product) => !isNamed(product))].slice(0, MAX_PRODUCTS);
}

function words(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim();
}

/** One entry a product, ranges joined. */
function mergeProducts(products: readonly AffectedProduct[]): AffectedProduct[] {
  const merged = new Map<string, { readonly product: AffectedProduct; readonly ranges: Set<string> }>();
  for (const product of products) {
    const key = `${product.vendor}\n${product.product}`;
    const known = merged.get(key);
    const entry = known ?? { product, ranges: new Set<string>() };
    if (product.versions !== null) entry.ranges.add(product.versions);
    merged.set(key, entry);
  }
  return [...merged.values()].map(({ product, ranges }) => ({ ...product, versions: joinRanges([...ranges]) }));
}

function toProduct(match: CpeMatch): AffectedProduct | null {
  const cpe = readNames(match.criteria);
  if (cpe === null) return null;
  return {
    vendor: clipLine(cpe.vendor, 200),
    product: clipLine(cpe.product, 200),
    versions: describeVersions(match, cpe),
  };
}

interface CpeParts {
  readonly vendor: string;
  readonly product: string;
  readonly version: string;
  readonly update: string;
}

function readNames(attributes: CpeMatch['criteria']): CpeParts | null {
  if (attributes === null) return null;
  const [vendor = ANY, product = ANY, version = ANY, update = ANY] = attributes.slice(1, 5);
  if (product === ANY || product === NA) return null;
  return { vendor: unescapeValue(vendor), product: unescapeValue(product), version, update };
}

function describeVersions(match: CpeMatch, cpe: CpeParts): string | null {
  const bounds = [
    match.versionStartIncluding && `≥ ${match.versionStartIncluding}`,
    match.versionStartExcluding && `> ${match.versionStartExcluding}`,
    match.versionEndIncluding && `≤ ${match.versionEndIncluding}`,
    match.versionEndExcluding && `< ${match.versionEndExcluding}`,
  ].filter((bound) => bound !== undefined);
  if (bounds.length > 0) return clipLine(bounds.join(', '), 200);
  if (cpe.version === ANY) return 'all versions';
  if (cpe.version === NA) return null;
  const update = cpe.update === ANY || cpe.update === NA ? '' : `-${unescapeValue(cpe.update)}`;
  return clipLine(unescapeValue(cpe.version) + update, 100);
}
