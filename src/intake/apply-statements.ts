import type { PackageURL } from 'packageurl-js';
import { qualifierTellsApart } from '../domain/finding/package-key.ts';
import type { Component, Sighting } from '../domain/finding/sighting.ts';
import type { OnConflict } from './conflicts.ts';
import { mergeTwo } from './merge-sightings.ts';
import { parsePurl } from './reports/package-urls.ts';

/**
 * Puts what VEX documents say of products on what was found of them: the same vulnerability in a component that the statement names, in the application
 * that it is about where it is about one. A statement that speaks of something found is no finding of its own; one that does not stays.
 */
export function applyStatements(sightings: readonly Sighting[], onConflict: OnConflict): Sighting[] {
  const statements = indexStatements(sightings);
  if (statements.size === 0) return [...sightings];
  const used = new Set<Sighting>();
  const found = sightings.map((sighting) => {
    if (sighting.isStatement) return sighting;
    const saying = [sighting.vulnerabilityId, ...sighting.aliases].flatMap((id) => statements.get(id) ?? []);
    return saying
      .filter((statement) => speaksOf(statement, sighting))
      .reduce((sum, statement) => {
        used.add(statement);
        const component = completed(sum.component, statement.component);
        return { ...mergeTwo(sum, statement, onConflict), component, isStatement: false };
      }, sighting);
  });
  return found.filter((sighting) => !used.has(sighting));
}

/** What was found, with what a statement knows beside. */
function completed(found: Component | null, stated: Component | null): Component | null {
  if (found === null || stated === null) return found ?? stated;
  return {
    purl: found.purl ?? stated.purl,
    cpe: found.cpe ?? stated.cpe,
    name: found.name ?? stated.name,
    installedVersion: found.installedVersion ?? stated.installedVersion,
    fixedVersion: found.fixedVersion ?? stated.fixedVersion,
  };
}

function indexStatements(sightings: readonly Sighting[]): ReadonlyMap<string, Sighting[]> {
  const index = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    if (!sighting.isStatement || sighting.component === null) continue;
    for (const id of new Set([sighting.vulnerabilityId, ...sighting.aliases])) {
      const known = index.get(id);
      if (known === undefined) index.set(id, [sighting]);
      else known.push(sighting);
    }
  }
  return index;
}

function speaksOf(statement: Sighting, { component, application }: Sighting): boolean {
  if (component === null || statement.component === null) return false;
  const isHere = statement.application === null || isSameName(statement.application, application);
  return isHere && isSameComponent(statement.component, component);
}

/** An application may be called by its name, or by a package URL that holds the name. */
function isSameName(stated: string, found: string | null): boolean {
  if (found === null) return false;
  const [left, right] = [stated, found].map((name) => (parsePurl(name)?.name ?? name).toLowerCase());
  return left === right;
}

/**
 * Whether a statement's product is a component (OpenVEX 0.2.0, "Product matching"; purl-spec): what it leaves open, such as the version, it says of all; what
 * it names must be so.
 */
export function isSameComponent(stated: Component, found: Component): boolean {
  const [left, right] = [parsePurl(stated.purl), parsePurl(found.purl)];
  if (left !== null && right !== null) return isSamePackage(left, right, found.installedVersion);
  if (stated.cpe !== null && found.cpe !== null) return stated.cpe.toLowerCase() === found.cpe.toLowerCase();
  const version = stated.installedVersion ?? left?.version ?? null;
  return (
    stated.name !== null &&
    stated.name.toLowerCase() === found.name?.toLowerCase() &&
    (version === null || version === (found.installedVersion ?? right?.version ?? null))
  );
}

/** Of qualifiers those count that tell packages apart: what a tool writes beside them is another's to leave out, and only the longest URL of several tools is kept. */
function isSamePackage(stated: PackageURL, found: PackageURL, installedVersion: string | null): boolean {
  const version = found.version ?? installedVersion;
  const qualifiers = Object.entries(stated.qualifiers ?? {}).filter(([name, value]) =>
    qualifierTellsApart(`${name}=${value}`),
  );
  return (
    stated.type === found.type &&
    (stated.namespace ?? '') === (found.namespace ?? '') &&
    stated.name === found.name &&
    (stated.version ? stated.version === version : isOfRelease(stated, found)) &&
    qualifiers.every(([name, value]) => found.qualifiers?.[name] === value)
  );
}

/** Whether a statement on any version of a package speaks of the release of a distribution: `debian-12.5` is of `debian-12`, and not of `debian-11`. */
function isOfRelease(stated: PackageURL, found: PackageURL): boolean {
  const [one, other] = [stated.qualifiers?.['distro'], found.qualifiers?.['distro']];
  if (!one || one === other) return true;
  const [left, right] = [one, other ?? ''].map((release) => /[\d.]+$/.exec(release)?.[0].split('.') ?? []);
  const common = Math.min(left?.length ?? 0, right?.length ?? 0);
  return common > 0 && left?.slice(0, common).join('.') === right?.slice(0, common).join('.');
}
