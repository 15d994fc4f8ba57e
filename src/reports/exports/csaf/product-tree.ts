import { present } from '../json-text.ts';
import { type Product, productWords } from '../products.ts';

/** The products of a document, each with an id once and for all. */
export interface ProductTree {
  /** The id of a product, or of a product on an asset. */
  readonly idOf: (product: Product | null, asset: Product | null) => string;
  /** `product_tree` (CSAF 2.0, section 3.2.2). */
  readonly toJson: () => unknown;
}

/** Gathers products in the order in which they are asked for, so that the same findings give the same ids. */
export function createProductTree(): ProductTree {
  const ids = new Map<string, string>();
  const names: unknown[] = [];
  const relationships: unknown[] = [];
  const remember = (key: string, add: (id: string) => void): string => {
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = `CSAFPID-${String(ids.size + 1).padStart(4, '0')}`;
    ids.set(key, id);
    add(id);
    return id;
  };
  const nameOf = (product: Product) => remember(product.key, (id) => names.push(toFullProductName(product, id)));
  const relationOf = (product: Product, asset: Product) => {
    const [part, whole] = [nameOf(product), nameOf(asset)];
    return remember(`${part} ${whole}`, (id) =>
      relationships.push({
        category: 'installed_on',
        full_product_name: { name: `${productWords(product)} on ${asset.name}`, product_id: id },
        product_reference: part,
        relates_to_product_reference: whole,
      }),
    );
  };
  return {
    idOf(product, asset) {
      if (product !== null && asset !== null) return relationOf(product, asset);
      const only = product ?? asset;
      if (only === null) throw new TypeError('neither a product nor an asset');
      return nameOf(only);
    },
    toJson: () => present({ full_product_names: names, relationships }),
  };
}

function toFullProductName(product: Product, id: string): unknown {
  const helper = present({ cpe: product.cpe, purl: product.purl });
  return present({
    name: productWords(product),
    product_id: id,
    product_identification_helper: Object.keys(helper).length === 0 ? null : helper,
  });
}
