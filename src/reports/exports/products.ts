import type { Finding } from '../../domain/assessment/finding-schema.ts';
import { validCpe, validPurl } from './identifiers.ts';
import { inertLine } from './safe-text.ts';

/** Affected products that stand for a vulnerability of which nobody knows where it is; sources list hundreds. */
const MOST_AFFECTED = 20;

/** Something that a vulnerability may be in. */
export interface Product {
  /** What tells it from others; ids are derived from it. */
  readonly key: string;
  readonly kind: 'component' | 'affected' | 'asset' | 'unspecified';
  readonly name: string;
  readonly vendor: string | null;
  readonly version: string | null;
  /** Valid, or null. */
  readonly purl: string | null;
  /** Valid, or null. */
  readonly cpe: string | null;
}

/** What a finding is in and on. */
export interface ProductsOfFinding {
  /** Never empty where there is no asset. */
  readonly products: readonly Product[];
  readonly asset: Product | null;
}

/** The component; where there is neither component nor asset, the products that the sources name; else one that says that none is known. */
export function productsOf({ component, asset, affected }: Finding): ProductsOfFinding {
  const onAsset = asset === null ? null : toAsset(asset);
  if (component !== null) return { products: [toComponent(component)], asset: onAsset };
  if (onAsset !== null) return { products: [], asset: onAsset };
  const named = affected.slice(0, MOST_AFFECTED).map(toAffected);
  const distinct = [...new Map(named.map((one) => [one.key, one])).values()];
  return { products: distinct.length > 0 ? distinct : [UNSPECIFIED], asset: null };
}

const UNSPECIFIED: Product = {
  key: 'unspecified',
  kind: 'unspecified',
  name: 'Product not known',
  vendor: null,
  version: null,
  purl: null,
  cpe: null,
};

function toComponent({ purl, cpe, name, installedVersion }: NonNullable<Finding['component']>): Product {
  const given = [name, purl, cpe].find((text) => text !== null && inertLine(text) !== '') ?? 'unnamed';
  return {
    key: `component:${purl ?? cpe ?? `${name}@${installedVersion ?? ''}`}`,
    kind: 'component',
    name: inertLine(given, 500) || 'unnamed',
    vendor: null,
    version: orNull(installedVersion),
    purl: validPurl(purl),
    cpe: validCpe(cpe),
  };
}

function toAsset({ id, name }: NonNullable<Finding['asset']>): Product {
  const shown = inertLine(name ?? '', 500) || inertLine(id, 500) || 'unnamed';
  return { key: `asset:${id}`, kind: 'asset', name: shown, vendor: null, version: null, purl: null, cpe: null };
}

function toAffected({ vendor, product, versions }: Finding['affected'][number]): Product {
  return {
    key: `affected:${vendor}:${product}:${versions ?? ''}`,
    kind: 'affected',
    name: inertLine(product, 300) || 'unnamed',
    vendor: orNull(vendor),
    version: orNull(versions),
    purl: null,
    cpe: null,
  };
}

function orNull(text: string | null): string | null {
  return (text === null ? '' : inertLine(text, 300)) || null;
}

/** A product's name with its vendor and version. */
export function productWords({ vendor, name, version }: Product): string {
  return [vendor, name, version].filter((word) => word !== null).join(' ');
}
