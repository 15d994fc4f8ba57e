import type { Configuration, ConfigurationNode, ProductCriteria } from './configuration.ts';
import { ANY, NA } from './cpe-value.ts';
import type { InstalledProduct } from './installed-product.ts';
import { matchVersions } from './match-versions.ts';
import { isOperatingSystem } from './operating-systems.ts';
import { allOf, anyOf, NO, not, undecided, type Verdict, YES } from './verdict.ts';

/** What is known to be beside a component: all of the same document that has a CPE name. */
export interface Surroundings {
  find(product: string): readonly InstalledProduct[];
  /** Those of the part `o`. */
  readonly operatingSystems: readonly InstalledProduct[];
}

/** Whether a component is vulnerable in one of the configurations of a record. */
export function evaluateConfigurations(
  configurations: readonly Configuration[],
  component: InstalledProduct,
  around: Surroundings,
): Verdict {
  return anyOf(configurations.map((configuration) => evaluate(configuration, component, around)));
}

/** A negated configuration tells where something is not vulnerable: no component is vulnerable for being in it. */
function evaluate(
  { isAnd, isNegated, nodes }: Configuration,
  component: InstalledProduct,
  around: Surroundings,
): Verdict {
  if (isNegated) return NO;
  return anyOf(
    nodes.map((node, index) => {
      const own = evaluateOwn(node, component, around);
      if (own.kind === 'no' || !isAnd) return own;
      const others = nodes.filter((_, other) => other !== index);
      return allOf([own, ...others.map((other) => evaluateOther(other, component, around))]);
    }),
  );
}

/** Whether a node calls the component vulnerable: by one of its criteria, and in a node of AND with all the others being met. */
function evaluateOwn(node: ConfigurationNode, component: InstalledProduct, around: Surroundings): Verdict {
  if (node.isNegated) return evaluateNegated(node, component);
  return anyOf(
    node.criteria.map((criteria, index) => {
      if (!criteria.isVulnerable || criteria.product !== component.product) return NO;
      const own = matchProduct(criteria, component);
      if (own.kind === 'no' || !node.isAnd) return own;
      const others = node.criteria.filter((_, other) => other !== index);
      return allOf([own, ...others.map((other) => isThere(other, component, around)), ...unreadable(node)]);
    }),
  );
}

/** "Anything but these versions" of the component's own product: they are not vulnerable, and of the others NVD says no more. */
function evaluateNegated({ criteria }: ConfigurationNode, component: InstalledProduct): Verdict {
  const own = criteria.filter(({ isVulnerable, product }) => isVulnerable && product === component.product);
  const isExcepted = own.some((one) => matchProduct(one, component).kind === 'yes');
  return own.length === 0 || isExcepted ? NO : undecided('NVD names only versions that are not vulnerable');
}

/** Whether a node is met by what is around the component. */
function evaluateOther(node: ConfigurationNode, component: InstalledProduct, around: Surroundings): Verdict {
  const found = node.criteria.map((criteria) => isThere(criteria, component, around));
  const all = [...found, ...unreadable(node)];
  const verdict = node.isAnd ? allOf(all) : anyOf(all);
  return node.isNegated ? not(verdict) : verdict;
}

function unreadable({ hasUnreadable }: ConfigurationNode): Verdict[] {
  return hasUnreadable ? [undecided('NVD names what else has to be there by no readable CPE')] : [];
}

function matchProduct({ versions, isVulnerable }: ProductCriteria, installed: InstalledProduct): Verdict {
  return anyOf(versions.map((criteria) => matchVersions(criteria, installed, isVulnerable)));
}

/** Whether a product is there, in one of the versions. What a document does not list may be there all the same. */
function isThere(criteria: ProductCriteria, component: InstalledProduct, around: Surroundings): Verdict {
  const same = around.find(criteria.product);
  if (same.length > 0) return anyOf(same.map((one) => matchProduct(criteria, one)));
  const open = undecided(`whether ${nameOf(criteria.product)} is there, too, is not known`);
  if (isOwnDevice(criteria, component)) return YES;
  if (!criteria.product.startsWith('o:')) return open;
  const answers = around.operatingSystems.map((one) =>
    isOperatingSystem(shortOf(criteria.product), shortOf(one.product)),
  );
  if (answers.includes(true)) return isAnyVersion(criteria) ? YES : open;
  return answers.length > 0 && answers.every((answer) => answer === false) ? NO : open;
}

/** Firmware runs on its own device, which is where it is. */
function isOwnDevice(criteria: ProductCriteria, { product }: InstalledProduct): boolean {
  const device = product.startsWith('o:') ? product.replace(/^o:/, 'h:').replace(/_firmware$/, '') : null;
  return (
    device !== null && device !== product.replace(/^o:/, 'h:') && device === criteria.product && isAnyVersion(criteria)
  );
}

function isAnyVersion({ versions }: ProductCriteria): boolean {
  return versions.some(
    ({ rest: [version = ANY, ...rest], startIncluding, startExcluding, endIncluding, endExcluding }) =>
      (version === ANY || version === NA) &&
      rest.every((value) => value === ANY || value === NA) &&
      [startIncluding, startExcluding, endIncluding, endExcluding].every((bound) => bound === null),
  );
}

function shortOf(product: string): string {
  return product.slice(2);
}

function nameOf(product: string): string {
  return `"${shortOf(product).replaceAll(/\\(.)/g, '$1').replace(':', ' ').replaceAll('_', ' ').slice(0, 80)}"`;
}
