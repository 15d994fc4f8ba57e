import type { Component } from '../../../domain/finding/sighting.ts';
import { toComponent } from '../../reports/make-items.ts';
import { versionOfPurl } from '../../reports/package-urls.ts';
import { at, firstTextOf, listAt, textAt, textsOf } from '../../reports/values.ts';

/** Relationships through which a product is followed to what it is made of. */
const MOST_STEPS = 5;

/** The products of a CSAF document (section 3.2.3, `product_tree`) by id. */
export interface ProductTree {
  /** A product that is not in the tree is called by its id. */
  find(id: string): Component | null;
  /** The products of groups. */
  membersOf(groups: readonly string[]): string[];
}

/** Indexes branches at whatever depth, products of their own, relationships and groups. */
export function indexProducts(tree: unknown): ProductTree {
  const products = new Map<string, Component | null>();
  const remember = (product: unknown, component: Component | null) => {
    const id = textAt(product, 'product_id');
    if (id !== null && !products.has(id)) products.set(id, component);
  };
  for (const product of listAt(tree, 'full_product_names')) remember(product, toProduct(product));
  for (const found of branchesOf(tree)) remember(at(found.branch, 'product'), toBranchProduct(found));
  const relations = new Map<string, unknown>();
  for (const relation of listAt(tree, 'relationships')) {
    const id = textAt(relation, 'full_product_name', 'product_id');
    if (id !== null && !relations.has(id)) relations.set(id, relation);
  }
  const find = (id: string, steps = 0): Component | null => {
    const relation = relations.get(id);
    if (relation === undefined || steps >= MOST_STEPS) return products.get(id) ?? toComponent({ name: id });
    const own = toProduct(at(relation, 'full_product_name'));
    const part = find(textAt(relation, 'product_reference') ?? '', steps + 1);
    // The name tells of which product it is a part, which the part's own does not.
    return toComponent({
      purl: own?.purl ?? part?.purl ?? null,
      cpe: own?.cpe ?? part?.cpe ?? null,
      name: own?.name ?? part?.name ?? id,
      installedVersion: own?.installedVersion ?? part?.installedVersion ?? null,
    });
  };
  const groups = new Map(listAt(tree, 'product_groups').map((group) => [textAt(group, 'group_id') ?? '', group]));
  return {
    find: (id) => find(id),
    membersOf: (ids) => ids.flatMap((id) => textsOf(at(groups.get(id), 'product_ids'))),
  };
}

interface Branch {
  readonly branch: unknown;
  /** The name of the branch above. */
  readonly parentName: string | null;
  /** The nearest branch above that names a product. */
  readonly productName: string | null;
}

function branchesOf(tree: unknown): Branch[] {
  const found: Branch[] = [];
  const todo: Branch[] = listAt(tree, 'branches').map((branch) => ({ branch, parentName: null, productName: null }));
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    found.push(next);
    const parentName = textAt(next.branch, 'name');
    const productName = textAt(next.branch, 'category') === 'product_name' ? parentName : next.productName;
    for (const branch of listAt(next.branch, 'branches')) todo.push({ branch, parentName, productName });
  }
  return found;
}

function toBranchProduct({ branch, parentName, productName }: Branch): Component | null {
  const product = at(branch, 'product');
  const [category, own, name] = [textAt(branch, 'category'), textAt(branch, 'name'), textAt(product, 'name')];
  if (category === 'product_version' && productName !== null) return toProduct(product, productName, own);
  // A range is no installed version, but without it the ranges of a product could not be told apart.
  const isRange = category === 'product_version_range' && own !== null;
  if (!isRange || (name !== parentName && name !== productName)) return toProduct(product);
  return toProduct(product, own.startsWith(`${name}/`) ? own.replace('/', ' ') : `${name} ${own}`);
}

function toProduct(product: unknown, name: string | null = null, version: string | null = null): Component | null {
  const helper = at(product, 'product_identification_helper');
  // 2.1 has lists of package URLs.
  const purl = firstTextOf([at(helper, 'purl'), ...listAt(helper, 'purls')]);
  return toComponent({
    purl,
    cpe: textAt(helper, 'cpe'),
    name: name ?? textAt(product, 'name'),
    installedVersion: version ?? (purl === null ? null : versionOfPurl(purl)),
  });
}

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
