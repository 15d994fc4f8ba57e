import type { Configuration, ConfigurationNode, ProductCriteria, VersionCriteria } from './configuration.ts';

// NVD names each product again and again, and most attributes are "*": arrays by product take a sixth of the space.
// configuration = [flags, node, …]; node = [flags, product, …]; product = [vulnerable, name, version, …];
// version = "rest:of:name", or ["rest:of:name", startIncluding, startExcluding, endIncluding, endExcluding] with 0 for none.

const [AND, NEGATED, UNREADABLE] = [1, 2, 4];

type Bound = string | 0;
type VersionText = string | readonly [rest: string, ...bounds: Bound[]];
type ProductText = readonly [isVulnerable: 0 | 1, product: string, ...versions: VersionText[]];
type NodeText = readonly [flags: number, ...criteria: ProductText[]];
type ConfigurationText = readonly [flags: number, ...nodes: NodeText[]];

/** Configurations as the text that the mirror keeps. */
export function encodeConfigurations(configurations: readonly Configuration[]): string {
  return JSON.stringify(configurations.map(encodeConfiguration));
}

/** Reads what `encodeConfigurations` wrote. */
export function decodeConfigurations(text: string): Configuration[] {
  return (JSON.parse(text) as ConfigurationText[]).map(([flags, ...nodes]) => ({
    isAnd: (flags & AND) !== 0,
    isNegated: (flags & NEGATED) !== 0,
    nodes: nodes.map(decodeNode),
  }));
}

function encodeConfiguration({ isAnd, isNegated, nodes }: Configuration): ConfigurationText {
  return [(isAnd ? AND : 0) | (isNegated ? NEGATED : 0), ...nodes.map(encodeNode)];
}

function encodeNode({ isAnd, isNegated, hasUnreadable, criteria }: ConfigurationNode): NodeText {
  const flags = (isAnd ? AND : 0) | (isNegated ? NEGATED : 0) | (hasUnreadable ? UNREADABLE : 0);
  return [flags, ...criteria.map(encodeProduct)];
}

function encodeProduct({ isVulnerable, product, versions }: ProductCriteria): ProductText {
  return [isVulnerable ? 1 : 0, product, ...versions.map(encodeVersion)];
}

function encodeVersion(version: VersionCriteria): VersionText {
  const { startIncluding, startExcluding, endIncluding, endExcluding } = version;
  const rest = version.rest.join(':');
  const bounds = [startIncluding, startExcluding, endIncluding, endExcluding].map((bound): Bound => bound ?? 0);
  while (bounds.at(-1) === 0) bounds.pop();
  return bounds.length === 0 ? rest : [rest, ...bounds];
}

function decodeNode([flags, ...criteria]: NodeText): ConfigurationNode {
  return {
    isAnd: (flags & AND) !== 0,
    isNegated: (flags & NEGATED) !== 0,
    hasUnreadable: (flags & UNREADABLE) !== 0,
    criteria: criteria.map((text) => new DecodedProduct(text)),
  };
}

/** Of the hundreds of products that a record may name one is asked for: versions are read where they are. */
class DecodedProduct implements ProductCriteria {
  readonly product: string;
  readonly isVulnerable: boolean;
  readonly #text: ProductText;

  constructor(text: ProductText) {
    this.product = text[1];
    this.isVulnerable = text[0] === 1;
    this.#text = text;
  }

  // An accessor of the class: one of each object makes reading a product's ten thousand records five times as slow.
  get versions(): readonly VersionCriteria[] {
    return (this.#text.slice(2) as VersionText[]).map(decodeVersion);
  }
}

function decodeVersion(text: VersionText): VersionCriteria {
  const [rest, ...bounds] = typeof text === 'string' ? [text] : text;
  const [startIncluding, startExcluding, endIncluding, endExcluding] = bounds.map((bound) => bound || null);
  return {
    rest: rest === '' ? [] : (rest.match(/(?:\\.|[^:\\])+/g) ?? []),
    startIncluding: startIncluding ?? null,
    startExcluding: startExcluding ?? null,
    endIncluding: endIncluding ?? null,
    endExcluding: endExcluding ?? null,
  };
}
