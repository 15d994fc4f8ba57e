import type { Finding } from '../../../domain/assessment/finding-schema.ts';
import { productsOf } from '../products.ts';
import { stateOfFinding } from '../vex-statement.ts';
import type { ProductTree } from './product-tree.ts';

/** What is said of one vulnerability, product by product: each list of ids under what is said of them. */
export interface Statements {
  /** By the name of `product_status`. */
  readonly statuses: Map<string, string[]>;
  /** Justifications of `known_not_affected`. */
  readonly flags: Map<string, string[]>;
  /** Why it does not affect, in words. */
  readonly impacts: Map<string, string[]>;
  /** What to do, the category before the words. */
  readonly remediations: Map<string, string[]>;
  readonly productIds: Set<string>;
}

const STATUS_FIELDS = {
  affected: 'known_affected',
  not_affected: 'known_not_affected',
  fixed: 'fixed',
  under_investigation: 'under_investigation',
} as const;

/** Puts a finding's products under what is said of them; one product has one status in a vulnerability (test 6.1.6), the first. */
export function addStatement(all: Map<string, Statements>, finding: Finding, tree: ProductTree): void {
  const said = all.get(finding.vulnerabilityId) ?? emptyStatements();
  all.set(finding.vulnerabilityId, said);
  const { status, justification, impact, action } = stateOfFinding(finding);
  const { products, asset } = productsOf(finding);
  const every = products.length === 0 ? [tree.idOf(null, asset)] : products.map((product) => tree.idOf(product, asset));
  const ids = every.filter((id) => !said.productIds.has(id));
  if (ids.length === 0) return;
  for (const id of ids) said.productIds.add(id);
  put(said.statuses, STATUS_FIELDS[status], ids);
  if (justification !== null) put(said.flags, justification, ids);
  if (impact !== '') put(said.impacts, impact, ids);
  const isVendorFix = finding.component?.fixedVersion != null;
  if (status === 'affected') put(said.remediations, `${isVendorFix ? 'vendor_fix' : 'mitigation'} ${action}`, ids);
}

function emptyStatements(): Statements {
  return { statuses: new Map(), flags: new Map(), impacts: new Map(), remediations: new Map(), productIds: new Set() };
}

function put(lists: Map<string, string[]>, name: string, ids: readonly string[]): void {
  const list = lists.get(name) ?? [];
  lists.set(name, list);
  list.push(...ids);
}
