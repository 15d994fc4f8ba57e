import { z } from 'zod';
import { joinRanges } from '../../domain/cve/record-fields.ts';
import type { AffectedProduct } from '../../domain/cve/records.ts';
import { clipLine } from '../../kernel/clip.ts';
import { itemsThatFit } from '../../kernel/items-that-fit.ts';

const MAX_PRODUCTS = 20;
const ANY = '*';
const NOT_APPLICABLE = '-';

const Bound = z.string().min(1).max(100).optional().catch(undefined);
const CpeMatch = z.object({
  vulnerable: z.boolean(),
  criteria: z.string().max(1000),
  versionStartIncluding: Bound,
  versionStartExcluding: Bound,
  versionEndIncluding: Bound,
  versionEndExcluding: Bound,
});
type CpeMatch = z.output<typeof CpeMatch>;

// `negate` turns a node or a configuration into "anything but"; what it lists is then not what is affected.
const Node = z.object({ negate: z.boolean().optional().catch(undefined), cpeMatch: itemsThatFit(CpeMatch) });
const Configuration = z.object({ negate: z.boolean().optional().catch(undefined), nodes: itemsThatFit(Node) });

/** NVD's `configurations` as products with readable version ranges, one entry a product. Platforms are left out. */
export const Configurations = itemsThatFit(Configuration).transform((configurations): readonly AffectedProduct[] => {
  const matches = configurations
    .filter((configuration) => configuration.negate !== true)
    .flatMap((configuration) => configuration.nodes)
    .filter((node) => node.negate !== true)
    .flatMap((node) => node.cpeMatch)
    .filter((match) => match.vulnerable);
  return mergeProducts(matches.map(toProduct).filter((product) => product !== null));
});

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
  const cpe = parseCpe(match.criteria);
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

/** The parts used of a CPE 2.3 formatted string (NISTIR 7695, 6.2), unescaped; null where it is none. */
function parseCpe(text: string): CpeParts | null {
  const parts = text.match(/(?:\\.|[^:\\])+/g) ?? [];
  // Thirteen components, none of them empty; an unescaped colon too many ("soap::lite") breaks both.
  if (parts.length !== 13 || parts.join(':') !== text || !text.startsWith('cpe:2.3:')) return null;
  const [vendor, product, version, update] = parts.slice(3, 7);
  if (vendor === undefined || product === undefined || version === undefined || update === undefined) return null;
  if (product === ANY || product === NOT_APPLICABLE) return null;
  return { vendor: plainText(vendor), product: plainText(product), version, update };
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
  if (cpe.version === NOT_APPLICABLE) return null;
  const update = cpe.update === ANY || cpe.update === NOT_APPLICABLE ? '' : `-${plainText(cpe.update)}`;
  return clipLine(plainText(cpe.version) + update, 100);
}

function plainText(component: string): string {
  return component.replaceAll(/\\(.)/g, '$1');
}
