import type { Component } from '../domain/finding/sighting.ts';

/** What two tools say of one component, the same whichever comes first. */
export function joinComponents(first: Component | null, second: Component | null): Component | null {
  if (first === null || second === null || first === second) return first ?? second;
  const joined = {
    purl: preferred(first.purl, second.purl, byLength),
    cpe: preferred(first.cpe, second.cpe, byLength),
    name: preferred(first.name, second.name, byText),
    installedVersion: preferred(first.installedVersion, second.installedVersion, byText),
    fixedVersion: preferred(first.fixedVersion, second.fixedVersion, byCount),
  };
  const isAsFirst = (Object.keys(joined) as (keyof Component)[]).every((key) => joined[key] === first[key]);
  return isAsFirst ? first : joined;
}

type Preference = (one: string, other: string) => number;

function preferred(one: string | null, other: string | null, compare: Preference): string | null {
  if (one === null || other === null || one === other) return one ?? other;
  return compare(one, other) <= 0 ? one : other;
}

const byText: Preference = (one, other) => (one < other ? -1 : 1);
/** The longer one tells more. */
const byLength: Preference = (one, other) => other.length - one.length || byText(one, other);
/** One version is that of the installed branch, where several are those of all branches. */
const byCount: Preference = (one, other) => one.split(',').length - other.split(',').length || byText(one, other);
