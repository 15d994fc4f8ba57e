import type { ConfigurationNode, ProductCriteria, VersionCriteria } from '../../domain/cpe/configuration.ts';
import { encodeConfigurations } from '../../domain/cpe/configuration-text.ts';
import { ANY, canonicalValue } from '../../domain/cpe/cpe-value.ts';
import type { Configuration, CpeMatch, Node } from './configuration-schema.ts';

/** What matching needs of NVD's configurations, as the text that the mirror keeps. */
export function toConfigurationText(configurations: readonly Configuration[]): string {
  return encodeConfigurations(
    configurations.map(({ operator, negate, nodes }) => ({
      isAnd: isAnd(operator),
      isNegated: negate === true,
      nodes: nodes.map(toNode),
    })),
  );
}

// The API's schema leaves the operator out where there is one node, or one criterion.
function isAnd(operator: string | undefined): boolean {
  return operator?.toUpperCase() === 'AND';
}

/** A node with its criteria by product: NVD names one again and again. */
function toNode({ operator, negate, cpeMatch }: Node): ConfigurationNode {
  const isAll = isAnd(operator);
  const criteria = new Map<string, { product: string; isVulnerable: boolean; versions: VersionCriteria[] }>();
  let hasUnreadable = false;
  for (const [index, match] of cpeMatch.entries()) {
    const name = readCriteria(match.criteria);
    if (name === null) {
      hasUnreadable = true;
      continue;
    }
    // Each criterion of AND is to be met, also those of one product.
    const key = `${match.vulnerable}${isAll ? index : ''}${name.product}`;
    const known = criteria.get(key);
    const version = toVersion(match, name.rest);
    if (known === undefined) {
      criteria.set(key, { product: name.product, isVulnerable: match.vulnerable, versions: [version] });
    } else known.versions.push(version);
  }
  const list: readonly ProductCriteria[] = [...criteria.values()];
  return { isAnd: isAll, isNegated: negate === true, hasUnreadable, criteria: list };
}

/** Its product, and the attributes after it without those at the end that say nothing; null where it is no name. */
function readCriteria(
  attributes: CpeMatch['criteria'],
): { readonly product: string; readonly rest: readonly string[] } | null {
  if (attributes === null) return null;
  let last = attributes.length;
  while (last > 3 && attributes[last - 1] === ANY) last -= 1;
  const values: string[] = [];
  for (let index = 0; index < last; index += 1) {
    const value = canonicalValue(attributes[index] ?? ANY);
    if (value === null) return null;
    values.push(value);
  }
  const [part = ANY, vendor = ANY, product = ANY, ...rest] = values;
  return { product: `${part}:${vendor}:${product}`, rest };
}

function toVersion(match: CpeMatch, rest: readonly string[]): VersionCriteria {
  return {
    rest,
    startIncluding: match.versionStartIncluding ?? null,
    startExcluding: match.versionStartExcluding ?? null,
    endIncluding: match.versionEndIncluding ?? null,
    endExcluding: match.versionEndExcluding ?? null,
  };
}
