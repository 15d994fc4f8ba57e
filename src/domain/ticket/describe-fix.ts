import { clip, clipLine } from '../../kernel/clip.ts';
import { RISK_LEVELS, type RiskLevel } from '../assessment/finding-schema.ts';
import type { Fix } from './fix.ts';
import { upgradeTargets } from './fixed-versions.ts';
import { earliestDay, type FixSighting, worstLevel } from './sighting.ts';

/** ServiceNow's short description holds 160 characters. */
const LONGEST_TITLE = 160;
/** A ticket is read by a person: more than this of either is a number. */
const MOST_LISTED = 50;
/** ServiceNow's description holds 4,000 characters where nobody has made it longer. */
const LONGEST_DESCRIPTION = 4000;

/** What stands before what is mended, and where, in the title. */
const LONGEST_TARGETS = 200;

/** Levels to priorities of tickets, 1 the most urgent. */
const PRIORITY: Readonly<Record<RiskLevel, 1 | 2 | 3 | 4>> = { Critical: 1, High: 2, Medium: 3, Low: 4 };

/** A ticket without the name by which it is found again. */
export interface FixTicket {
  readonly title: string;
  readonly description: string;
  readonly priority: 1 | 2 | 3 | 4;
  readonly dueDate: string | null;
  readonly assetId: string | null;
}

/**
 * The ticket of a fix, the same whatever the order of what it mends. `assessmentId` is named in it and nowhere else; `assetSource` is what the ticket
 * system calls itself where it knows assets.
 */
export function describeFix(
  fix: Fix,
  sightings: readonly FixSighting[],
  { assessmentId, assetSource }: { readonly assessmentId: string; readonly assetSource: string },
): FixTicket {
  const ordered = [...sightings].sort(byUrgency);
  const named = withTargets(fix, ordered);
  const ids = [...new Set(ordered.map(({ vulnerabilityId }) => vulnerabilityId))];
  const assets = [...new Set(ordered.flatMap(({ assetName }) => (assetName === null ? [] : [assetName])))].sort();
  return {
    title: clipLine(`${whatToDo(named)}${summary(fix, ids)}${whereOf(assets)}`, LONGEST_TITLE),
    description: describe(named, ordered, assets, assessmentId),
    priority: PRIORITY[worstLevel(ordered)],
    dueDate: earliestDay(ordered),
    assetId: assetOf(ordered, assetSource),
  };
}

/** The upgrade to what mends everything that the ticket is for; as the fix says where that is not known one by one. */
function withTargets(fix: Fix, sightings: readonly FixSighting[]): Fix {
  if (fix.kind !== 'upgrade') return fix;
  const targets = upgradeTargets(sightings.flatMap(({ fixedVersions = [] }) => fixedVersions));
  return targets.length === 0 ? fix : { ...fix, fixedVersion: clipLine(targets.join(', '), LONGEST_TARGETS) };
}

/** What is to be done, in a few words. */
export function whatToDo(fix: Fix): string {
  switch (fix.kind) {
    case 'upgrade':
      return `Upgrade ${fix.component} to ${fix.fixedVersion}`;
    case 'component':
      return `Update or mitigate ${fix.component}`;
    case 'product':
      return `Update or mitigate ${productName(fix.vendor, fix.product)}`;
    case 'vulnerability':
      return `Mend ${fix.vulnerabilityId}`;
  }
}

/** CPE's names are lower case with underscores, and a product is often its vendor's namesake. */
function productName(vendor: string, product: string): string {
  const words = (name: string) => name.replaceAll('_', ' ');
  return vendor.toLowerCase() === product.toLowerCase() ? words(product) : `${words(vendor)} ${words(product)}`;
}

function summary({ kind }: Fix, ids: readonly string[]): string {
  if (kind === 'vulnerability') return '';
  return `: ${ids[0] ?? ''}${ids.length > 1 ? ` and ${ids.length - 1} more` : ''}`;
}

function whereOf(assets: readonly string[]): string {
  if (assets.length === 0) return '';
  return assets.length === 1 ? ` on ${assets[0]}` : ` on ${assets.length} assets`;
}

function describe(fix: Fix, ordered: readonly FixSighting[], assets: readonly string[], assessmentId: string): string {
  const dueDate = earliestDay(ordered);
  const perId = new Map(ordered.toReversed().map((sighting) => [sighting.vulnerabilityId, sighting]));
  // Which version mends what is told where they differ.
  const areMany = new Set(ordered.map(mendedBy)).size > 1;
  const vulnerabilities = [...perId.values()]
    .sort(byUrgency)
    .map((one) => lineOf(one) + (areMany && mendedBy(one) !== '' ? `, mended in ${mendedBy(one)}` : ''));
  const owners = [...new Set(ordered.flatMap(({ owner }) => (owner === null ? [] : [owner])))].sort();
  // What must not be cut off stands first.
  const lines = [
    `${whatToDo(fix)}.${fix.kind === 'upgrade' ? '' : ' No report names the version that mends it.'}`,
    dueDate === null ? 'No day is set for it.' : `Due ${dueDate} (CISA BOD 26-04).`,
    `Assessed by ERAS, assessment ${assessmentId}. ERAS updates this ticket and closes it when all of this is gone.`,
    '',
    `Vulnerabilities (${vulnerabilities.length}):`,
    ...listed(vulnerabilities),
    ...(assets.length === 0 ? [] : ['', `Assets (${assets.length}):`, ...listed(assets)]),
    ...(owners.length === 0 ? [] : ['', `Owners: ${clipLine(owners.join(', '), 500)}`]),
  ];
  return clip(lines.join('\n'), LONGEST_DESCRIPTION);
}

function lineOf({ vulnerabilityId, level, why }: FixSighting): string {
  return `${vulnerabilityId}: ${level}${why === '' ? '' : `, ${why}`}`;
}

function mendedBy({ fixedVersions = [] }: FixSighting): string {
  return clipLine(fixedVersions.join(', '), LONGEST_TARGETS);
}

function listed(lines: readonly string[]): string[] {
  const rest = lines.length - MOST_LISTED;
  return [...lines.slice(0, MOST_LISTED), ...(rest > 0 ? [`and ${rest} more`] : [])].map((line) => `- ${line}`);
}

/** The one asset that all of it is on, where the ticket system knows it. */
function assetOf(sightings: readonly FixSighting[], assetSource: string): string | null {
  const [first] = sightings;
  if (first === undefined || first.assetSource !== assetSource) return null;
  return sightings.every(({ assetId }) => assetId === first.assetId) ? first.assetId : null;
}

function byUrgency(one: FixSighting, other: FixSighting): number {
  return (
    RISK_LEVELS.indexOf(one.level) - RISK_LEVELS.indexOf(other.level) ||
    compare(one.dueDate ?? '9', other.dueDate ?? '9') ||
    compare(one.vulnerabilityId, other.vulnerabilityId) ||
    compare(one.assetId ?? '', other.assetId ?? '')
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
