import { CPE_ATTRIBUTES, type CpeName } from './cpe-name.ts';
import { ANY, NA, unescapeValue } from './cpe-value.ts';

/** How the set of things that one name stands for is to that of another one (NISTIR 7696, 6.1). */
export type Relation = 'superset' | 'subset' | 'equal' | 'disjoint' | 'undefined';

/**
 * How a source's value is to a target's (NISTIR 7696, table 6-2): `ANY` contains everything, `NA` is equal to itself only, a value with wildcards
 * contains what it fits. A target with wildcards is compared to nothing but `ANY` as a whole.
 */
export function relateValues(source: string, target: string): Relation {
  if (source === target && !hasWildcard(source)) return 'equal';
  if (source === ANY) return hasWildcard(target) ? 'undefined' : 'superset';
  if (hasWildcard(target)) return 'undefined';
  if (target === ANY) return 'subset';
  if (source === NA || target === NA || !hasWildcard(source)) return 'disjoint';
  return toPattern(source).test(unescapeValue(target)) ? 'superset' : 'disjoint';
}

/** How a source's name is to a target's (NISTIR 7696, table 6-4): what holds of every attribute; one disjoint attribute parts the names. */
export function relateNames(source: CpeName, target: CpeName): Relation {
  const relations = new Set(CPE_ATTRIBUTES.map((attribute) => relateValues(source[attribute], target[attribute])));
  if (relations.has('disjoint')) return 'disjoint';
  const isOnly = (...allowed: Relation[]) => [...relations].every((relation) => allowed.includes(relation));
  if (isOnly('equal')) return 'equal';
  if (isOnly('equal', 'superset')) return 'superset';
  return isOnly('equal', 'subset') ? 'subset' : 'undefined';
}

/** Whether a value has a wildcard: `*` or `?` at either end without a backslash. `ANY` is none. */
export function hasWildcard(value: string): boolean {
  if (value.length < 2 && value !== '?') return false;
  return /^[*?]/.test(value) || /(?<!\\)(?:\\\\)*[*?]$/.test(value);
}

/** `*` is any number of characters, each `?` one or none (NISTIR 7696, 6.3). */
function toPattern(value: string): RegExp {
  const [, start = '', middle = '', end = ''] = /^(\*|\?*)(.*?)((?<!\\)\*|(?<!\\)\?+)?$/.exec(value) ?? [];
  const wild = (text: string) => (text === '*' ? '.*' : `.{0,${text.length}}`);
  return new RegExp(`^${wild(start)}${unescapeValue(middle).replaceAll(/[^a-z0-9]/gi, '\\$&')}${wild(end)}$`, 's');
}
