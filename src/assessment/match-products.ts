import type { Gap } from '../domain/assessment/schema.ts';
import type { Configuration } from '../domain/cpe/configuration.ts';
import { decodeConfigurations } from '../domain/cpe/configuration-text.ts';
import { evaluateConfigurations, type Surroundings } from '../domain/cpe/evaluate-configuration.ts';
import { wholeVersion } from '../domain/cpe/installed-product.ts';
import { undecided, type Verdict } from '../domain/cpe/verdict.ts';
import { type Sighting, toSighting } from '../domain/finding/sighting.ts';
import { groupBy } from '../kernel/group-by.ts';
import type { ProductIndex } from '../ports/product-index.ts';
import { isOfDistribution, type NamedComponent, type NamedComponents } from './named-components.ts';
import { surroundingsOf } from './surroundings.ts';

/** What matching came to. */
export interface ProductMatches {
  readonly sightings: readonly Sighting[];
  readonly gaps: readonly Gap[];
}

/** Findings that are told as gaps one by one; the rest only count. */
const MOST_TOLD = 100;

/**
 * Sightings of the CVEs that NVD's configurations, as the mirror has them, put on components by their CPE names. What cannot be decided is a
 * sighting that says so, and a gap. Asks nobody.
 */
export function matchProducts({ named, unusable }: NamedComponents, index: ProductIndex): ProductMatches {
  const gaps = unusable.length === 0 ? [] : [gapOfUnusable(unusable)];
  if (named.length === 0) return { sightings: [], gaps };
  const coverage = index.coverage();
  const unasked = named.filter(({ isAsked }) => !isAsked).length;
  if (!coverage.isWhole && unasked > 0) gaps.push(gapOfCoverage(unasked, coverage.records));
  if (coverage.records === 0) return { sightings: [], gaps };

  const { sightings, unmatchable } = matchAll(named, index);
  if (unmatchable > 0) gaps.push(gapOfUnmatchable(unmatchable));
  return { sightings, gaps: [...gaps, ...gapsOfUndecided(sightings)] };
}

/** Each product is asked for once, each record read once a product. */
function matchAll(named: readonly NamedComponent[], index: ProductIndex) {
  const around = surroundingsOf(named);
  const sightings: Sighting[] = [];
  const unmatchable = new Set<string>();
  for (const [key, group] of groupBy(named, (one) => one.key)) {
    const placed = group.map((one) => ({ one, around: around(one) }));
    for (const { cveId, configurations } of index.findByProduct(key)) {
      if (configurations === null) unmatchable.add(cveId);
      const parsed = configurations === null ? null : decodeConfigurations(configurations);
      sightings.push(...matchGroup(cveId, parsed, placed));
    }
  }
  return { sightings, unmatchable: unmatchable.size };
}

function matchGroup(
  cveId: string,
  configurations: readonly Configuration[] | null,
  placed: readonly { readonly one: NamedComponent; readonly around: Surroundings }[],
): Sighting[] {
  return placed.flatMap(({ one, around }) => {
    const verdict = configurations === null ? NOT_KEPT : judge(configurations, one, around);
    return verdict.kind === 'no' ? [] : [sight(cveId, one, verdict)];
  });
}

const NOT_KEPT = undecided('the mirror was loaded before it kept which versions NVD names');

function judge(configurations: readonly Configuration[], one: NamedComponent, around: Surroundings): Verdict {
  const verdict = evaluateConfigurations(configurations, one.installed, around);
  if (verdict.kind !== 'yes' || !isOfDistribution(one.listed)) return verdict;
  return undecided("it is a distribution's package, which may be mended without another version", verdict.fixedVersion);
}

function sight(
  vulnerabilityId: string,
  { listed: { component, application, evidence }, installed }: NamedComponent,
  verdict: Exclude<Verdict, { kind: 'no' }>,
): Sighting {
  return toSighting({
    vulnerabilityId,
    component: {
      ...component,
      installedVersion: installedVersionOf(component.installedVersion, installed),
      fixedVersion: component.fixedVersion ?? verdict.fixedVersion,
    },
    application,
    evidence: [{ ...evidence, tool: evidence.tool ?? 'NVD' }],
    ...(verdict.kind === 'undecided' ? { undecided: verdict.reason } : {}),
  });
}

/** As the document has it; an update that only the CPE name tells belongs to it: `1.0.0` of the update `rc1` is before 1.0.0. */
function installedVersionOf(stated: string | null, installed: NamedComponent['installed']): string | null {
  return stated === null || stated === installed.version ? wholeVersion(installed) : stated;
}

function gapOfUnusable(unusable: readonly string[]): Gap {
  const what = unusable.length === 1 ? 'component has a CPE that names' : 'components have CPEs that name';
  const reason = `${unusable.length} ${what} no product, such as "${unusable[0]?.slice(0, 80)}": not matched against NVD`;
  return { cveId: null, source: 'intake', reason };
}

function gapOfCoverage(components: number, records: number): Gap {
  const what = components === 1 ? '1 component with a CPE was' : `${components} components with a CPE were`;
  const reason =
    records === 0
      ? `${what} not matched: the mirror has no records of NVD; eras sync nvd loads them`
      : `${what} matched against the ${records} records of NVD in the mirror that name products, not all of NVD; eras sync nvd loads the rest`;
  return { cveId: null, source: 'nvd', reason };
}

function gapOfUnmatchable(cves: number): Gap {
  const reason = `of ${cves} CVEs that name these products the mirror does not have which versions; run eras sync nvd again`;
  return { cveId: null, source: 'nvd', reason };
}

function gapsOfUndecided(sightings: readonly Sighting[]): Gap[] {
  const open = sightings.filter(({ undecided: reason }) => typeof reason === 'string');
  const told = open.slice(0, MOST_TOLD).map(({ vulnerabilityId, component, undecided: reason }) => ({
    cveId: vulnerabilityId,
    source: 'nvd',
    reason: `whether ${component?.name ?? component?.cpe ?? 'the component'} is affected is not decided: ${reason}`,
  }));
  const more = open.length - told.length;
  if (more === 0) return told;
  const reason = `whether components are affected is not decided for ${more} more findings, which say why`;
  return [...told, { cveId: null, source: 'nvd', reason }];
}
