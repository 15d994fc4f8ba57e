import { at, textsOf } from '../../reports/values.ts';
import type { ProductTree } from './product-tree.ts';

/** Entries of a list (`flags`, `threats`, `remediations`) by the products that they are said of, and those that are said of all. */
export interface Said {
  readonly ofAll: readonly unknown[];
  readonly byProduct: ReadonlyMap<string, readonly unknown[]>;
}

/** Indexes a list once: vendors repeat thousands of products in each entry. */
export function indexSaid(entries: readonly unknown[], products: ProductTree): Said {
  const ofAll: unknown[] = [];
  const byProduct = new Map<string, unknown[]>();
  for (const entry of entries) {
    const named = [...textsOf(at(entry, 'product_ids')), ...products.membersOf(textsOf(at(entry, 'group_ids')))];
    if (named.length === 0) ofAll.push(entry);
    for (const id of named) {
      const known = byProduct.get(id);
      if (known === undefined) byProduct.set(id, [entry]);
      else known.push(entry);
    }
  }
  return { ofAll, byProduct };
}

/** What is said of a product, or, of none in particular, what is said of all. */
export function saidOf({ ofAll, byProduct }: Said, id: string | null): readonly unknown[] {
  return id === null ? ofAll : [...(byProduct.get(id) ?? []), ...ofAll];
}
