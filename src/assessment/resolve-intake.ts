import type { Gap } from '../domain/assessment/schema.ts';
import type { AssetList } from '../domain/asset/asset.ts';
import { parseCveId } from '../domain/cve/cve-id.ts';
import { type Sighting, toSighting } from '../domain/finding/sighting.ts';
import type { Subject } from '../domain/finding/subject.ts';
import { applyStatements } from '../intake/apply-statements.ts';
import { joinAssets } from '../intake/assets/join-assets.ts';
import { createConflicts } from '../intake/conflicts.ts';
import type { Intake, ListedComponent } from '../intake/intake.ts';
import { toLookedAt } from '../intake/looked-at.ts';
import { mergeSightings } from '../intake/merge-sightings.ts';
import type { Advisory, AdvisoryAnswer } from '../ports/advisory-source.ts';
import type { ProductIndex } from '../ports/product-index.ts';
import type { SourceCall } from '../ports/vulnerability-source.ts';
import type { Advisories } from './advisories.ts';
import { placesLookedAt, placesNotLookedUp } from './looked-places.ts';
import { matchProducts } from './match-products.ts';
import { nameComponents } from './named-components.ts';
import { versionedPurl } from './package-url.ts';
import { type Scope, scopeOfSubjects } from './scope.ts';
import { tellUnderstood } from './understood.ts';
import { withAdvisory } from './with-advisory.ts';

/** Prefixes of the databases that OSV gathers (OSV schema, "id"): others' ids are not asked for. */
const OSV_PREFIXES =
  /^(?:A|ALBA|ALEA|ALSA|ALPINE|ASB|BELL|BIT|CGA|CURL|CLEANSTART|DEBIAN|DLA|DRUPAL|DSA|DTSA|ECHO|EEF|ELA|GHSA|GO|GSD|HSEC|JLSEC|KUBE|LBSEC|LSN|MAL|MGASA|MINI|OESA|OSEC|OSV|PHSA|PSF|PUB|PYSEC|RHBA|RHEA|RHSA|RLSA|RXSA|RSEC|RUSTSEC|SUSE|openSUSE|UBUNTU|USN|V8)-/;

/** Ids that gaps tell one by one; the rest only count. */
const MOST_TOLD = 20;

/**
 * Turns what the user handed in into what is assessed: components become the vulnerabilities that OSV knows of them, or NVD by their CPE names, ids without a CVE become
 * the CVEs that OSV calls the same, everything is put on assets. Null for `advisories`: nothing may be asked, and what is open becomes a gap.
 */
export async function resolveIntake(
  intake: Intake,
  assets: AssetList | null,
  advisories: Advisories | null,
  call: SourceCall,
  products: ProductIndex,
): Promise<Scope> {
  const notes = createNotes();
  const matched = matchProducts(nameComponents(intake.components, advisories !== null), products);
  const listed = await lookUpComponents(intake.components, advisories, notes, call);
  const conflicts = createConflicts();
  const merge = (sightings: readonly Sighting[]) => mergeSightings(sightings, conflicts.add);
  const named = merge([...intake.sightings, ...listed, ...matched.sightings]);
  const byCve = await resolveIds(named, advisories, notes, call);
  const resolved = byCve === named ? named : merge(byCve);
  const subjects = joinAssets(applyStatements(resolved, conflicts.add), assets);
  return scopeOfSubjects(subjects, {
    lookedAt: placesLookedAt([...(intake.lookedAt ?? []), ...notes.lookedAt], assets),
    notLookedUp: placesNotLookedUp(intake.components, assets),
    gaps: [...intake.gaps, ...notes.gaps(), ...matched.gaps],
    warnings: [
      ...intake.warnings,
      ...(assets?.warnings ?? []),
      ...notes.warnings,
      ...conflicts.warnings(),
      ...unusedAssets(subjects, assets),
    ],
    understood: [...(intake.understood ?? []), ...tellUnderstood(resolved, subjects)],
  });
}

/** What resolving an intake would ask OSV about. */
export function countAdvisoryQuestions({ components, sightings }: Pick<Intake, 'components' | 'sightings'>): {
  readonly packages: number;
  readonly ids: number;
} {
  const purls = new Set(components.map(({ component }) => versionedPurl(component)));
  purls.delete(null);
  const ids = new Set(sightings.map(({ vulnerabilityId }) => vulnerabilityId).filter(isForOsv));
  return { packages: purls.size, ids: ids.size };
}

/** A list of assets on which nothing was found is most often one that lacks the names by which scanners call them. */
function unusedAssets(subjects: readonly Subject[], list: AssetList | null): string[] {
  if (list === null || list.assets.length === 0 || subjects.length === 0) return [];
  const listed = new Set(list.assets.map(({ asset }) => asset));
  if (subjects.some(({ asset }) => asset !== null && listed.has(asset))) return [];
  const source = list.assets[0]?.asset.source ?? 'the list of assets';
  const what = list.assets.length === 1 ? 'its asset' : `any of its ${list.assets.length} assets`;
  return [
    `${source}: no finding is on ${what}; they join by hostnames, ips, cves, or an id or name that the report gives`,
  ];
}

interface Notes {
  readonly warnings: string[];
  /** What was asked about, and answered, whatever came of it. */
  readonly lookedAt: Sighting[];
  /** Something that OSV would have been asked, and why it was not answered. */
  miss(what: string, reason: string): void;
  gaps(): Gap[];
}

/** Gaps by reason, so that an outage is not told a thousand times. */
function createNotes(): Notes {
  const missing = new Map<string, string[]>();
  return {
    warnings: [],
    lookedAt: [],
    miss(what, reason) {
      const known = missing.get(reason);
      if (known === undefined) missing.set(reason, [what]);
      else known.push(what);
    },
    gaps: () =>
      [...missing].map(([reason, all]) => {
        const more = all.length > MOST_TOLD ? ` and ${all.length - MOST_TOLD} more` : '';
        return { cveId: null, source: 'osv', reason: `${all.slice(0, MOST_TOLD).join(', ')}${more}: ${reason}` };
      }),
  };
}

const OFFLINE = 'offline: not looked up';

/** A sighting for each advisory about a component, under the advisory's id. */
async function lookUpComponents(
  components: readonly ListedComponent[],
  advisories: Advisories | null,
  notes: Notes,
  call: SourceCall,
): Promise<Sighting[]> {
  const known = components.flatMap((one) => {
    const purl = versionedPurl(one.component);
    return purl === null ? [] : [{ ...one, purl }];
  });
  const lost = components.filter(({ component }) => component.cpe === null && versionedPurl(component) === null).length;
  if (lost > 0) {
    const what = `${lost} of ${components.length} components have neither a package URL with a version nor a CPE`;
    notes.warnings.push(`${what}: whether they are vulnerable is not known`);
  }
  const answers = await advisories?.findByPackages(
    known.map(({ purl }) => purl),
    call,
  );
  return known.flatMap(({ purl, component, application, evidence }): Sighting[] => {
    const answer: AdvisoryAnswer<readonly string[]> = answers?.get(purl) ?? { kind: 'unavailable', reason: OFFLINE };
    if (answer.kind === 'unavailable') notes.miss(purl, answer.reason);
    else notes.lookedAt.push(toLookedAt({ application, evidence: [{ ...evidence, tool: evidence.tool ?? 'OSV' }] }));
    if (answer.kind !== 'found') return [];
    if (answer.missing !== undefined) notes.miss(purl, answer.missing);
    const seen = [{ ...evidence, tool: evidence.tool ?? 'OSV' }];
    return answer.value.map((vulnerabilityId) =>
      toSighting({ vulnerabilityId, component, application, evidence: seen }),
    );
  });
}

async function resolveIds(
  sightings: readonly Sighting[],
  advisories: Advisories | null,
  notes: Notes,
  call: SourceCall,
): Promise<readonly Sighting[]> {
  const open = new Set(sightings.map(({ vulnerabilityId }) => vulnerabilityId).filter(isForOsv));
  if (open.size === 0) return sightings;
  const answers = await advisories?.fetchAdvisories([...open], call);
  for (const id of open) {
    const answer: AdvisoryAnswer<Advisory> = answers?.get(id) ?? { kind: 'unavailable', reason: OFFLINE };
    if (answer.kind === 'unavailable') notes.miss(id, answer.reason);
  }
  return sightings.flatMap((sighting) => {
    const answer: AdvisoryAnswer<Advisory> | undefined = answers?.get(sighting.vulnerabilityId);
    if (answer?.kind === 'found') return withAdvisory(sighting, answer.value);
    const isUnknown = answer?.kind === 'absent' && sighting.register !== 'withdrawn';
    return [isUnknown ? { ...sighting, register: 'unknown' } : sighting];
  });
}

function isForOsv(id: string): boolean {
  return !parseCveId(id).ok && OSV_PREFIXES.test(id);
}
