import { clipLine } from '../../kernel/clip.ts';
import { type Finding, RISK_LEVELS, type RiskLevel } from '../assessment/finding-schema.ts';
import { fixedVersionsOf } from './fixed-versions.ts';
import { isRecordFile, recordPlace } from './record-place.ts';

/** Longer ones are lists of ids, of which the same again cannot be without one of them; each sighting would carry all. */
const LONGEST_PLACE = 1000;

/** More other names of one vulnerability than advisories have. */
const MOST_ALIASES = 50;

/** A vulnerability on an asset that a fix mends, as it was seen last. */
export interface FixSighting {
  readonly vulnerabilityId: string;
  /** Its other ids: a source that tells them may be silent another day; left out where none is known. */
  readonly aliases?: readonly string[];
  /** Null where no asset is known. */
  readonly assetId: string | null;
  readonly assetName: string | null;
  /** Who knows the asset: a file, or the system of record. */
  readonly assetSource: string | null;
  readonly owner: string | null;
  readonly level: RiskLevel;
  /** `YYYY-MM-DD`. */
  readonly dueDate: string | null;
  /** What makes it urgent, in a few words; empty where nothing does. */
  readonly why: string;
  /** Where it was looked for: when all of these are looked at again and it is not there, it is gone. */
  readonly places: readonly string[];
  /** Versions that mend it; left out where no report names one. */
  readonly fixedVersions?: readonly string[];
  /** When the assessment that saw it began, ISO 8601. */
  readonly seenAt: string;
}

/** What tells one sighting of a fix from another. */
export function sightingKey(sighting: Pick<FixSighting, 'vulnerabilityId' | 'assetId'>): string {
  return JSON.stringify([sighting.vulnerabilityId, sighting.assetId]);
}

/** Whether people have decided to live with a finding: never with what CISA lists as exploited, or may list. */
export function isLivedWith({ acceptance, kevStatus }: Pick<Finding, 'acceptance' | 'kevStatus'>): boolean {
  return acceptance?.state === 'active' && kevStatus === 'not_listed';
}

/** A decided finding as a fix sees it; null where there is nothing to be done. */
export function toSighting(finding: Finding, places: readonly string[], seenAt: string): FixSighting | null {
  const { risk, asset, bod2604, vulnerabilityId, component } = finding;
  const fixedVersions = fixedVersionsOf(component?.fixedVersion ?? null);
  const aliases = aliasesOf(vulnerabilityId, finding.aliases ?? []);
  if (risk.level === null || isLivedWith(finding)) return null;
  return {
    vulnerabilityId: clipLine(vulnerabilityId, 100),
    ...aliases,
    assetId: asset?.id ?? null,
    assetName: asset === null ? null : clipLine(asset.name ?? asset.id, 120),
    assetSource: asset?.source ?? null,
    owner: asset?.owner == null ? null : clipLine(asset.owner, 80),
    level: risk.level,
    dueDate: bod2604?.dueDate ?? null,
    why: whyOf(finding),
    places,
    ...(fixedVersions.length === 0 ? {} : { fixedVersions }),
    seenAt,
  };
}

/** All ids of a sighting's vulnerability, its own first. */
export function namesOf({
  vulnerabilityId,
  aliases = [],
}: Pick<FixSighting, 'vulnerabilityId' | 'aliases'>): readonly string[] {
  return [vulnerabilityId, ...aliases];
}

/** Ids that are other names of one, as a sighting has them. */
export function aliasesOf(id: string, ...names: readonly (readonly string[])[]): Pick<FixSighting, 'aliases'> {
  const others = new Set(names.flat().map((name) => clipLine(name, 100)));
  others.delete(id);
  return others.size === 0 ? {} : { aliases: [...others].sort().slice(0, MOST_ALIASES) };
}

/** Two sightings of the same thing as one: the worse level, the earlier day, all places. */
export function joinSightings(one: FixSighting, other: FixSighting): FixSighting {
  const worse = worstLevel([one, other]) === one.level ? one : other;
  const fixedVersions = [...new Set([...(one.fixedVersions ?? []), ...(other.fixedVersions ?? [])])].sort();
  return {
    ...worse,
    ...aliasesOf(worse.vulnerabilityId, namesOf(one), namesOf(other)),
    ...(fixedVersions.length === 0 ? {} : { fixedVersions }),
    dueDate: earliestDay([one, other]),
    places: [...new Set([...one.places, ...other.places])].sort(),
  };
}

/** The worst level among sightings; of none, the mildest. */
export function worstLevel(sightings: readonly Pick<FixSighting, 'level'>[]): RiskLevel {
  return RISK_LEVELS.find((level) => sightings.some((sighting) => sighting.level === level)) ?? 'Low';
}

/** The earliest day by which one must be mended. */
export function earliestDay(sightings: readonly Pick<FixSighting, 'dueDate'>[]): string | null {
  const days = sightings.flatMap(({ dueDate }) => (dueDate === null ? [] : [dueDate]));
  return days.sort()[0] ?? null;
}

/**
 * Where a finding was looked for. A record of work is a place of its own: what came from it is gone when it says so. Of reports it is the tool on the asset, and what
 * the report is about; where it does not say, the file without the dates in its name. Without evidence (ids that were handed in) it is all that was handed in: only the
 * same again can show that it is gone. What comes by a pipe has no name to know it by.
 */
export function placesOf(
  { asset, evidence }: { readonly asset: { readonly id: string } | null; readonly evidence: Finding['evidence'] },
  targets: readonly string[],
): readonly string[] {
  const where = asset?.id ?? null;
  if (evidence.length > 0) return [...new Set(evidence.map((one) => placeOf(where, one)))].sort();
  const place = JSON.stringify([where, 'targets', ...targets]);
  return targets.includes('-') || place.length > LONGEST_PLACE ? [] : [place];
}

function placeOf(where: string | null, { file, tool, position, subject }: Finding['evidence'][number]): string {
  if (isRecordFile(file) && position !== null) return recordPlace({ file, number: position });
  const name = withoutDates(file);
  const about = subject === undefined ? ['file', name] : ['subject', clipLine(subject, 200).toLowerCase()];
  return JSON.stringify([where, tool ?? name, ...about]);
}

/** A day, and a time behind it, in the name of a report that is made again and again: `2026-01-31`, `20260131T0800`. */
const DATE =
  /(?<!\d)20\d{2}([-_.]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?:[T_-]?\d{2}[-_:.]?\d{2}(?:[-_:.]?\d{2})?Z?)?(?!\d)/gi;

function withoutDates(file: string): string {
  return file.replace(DATE, '#');
}

function whyOf({ kev, kevStatus, ssvc, epss }: Finding): string {
  const words = [
    kevStatus === 'listed' ? 'exploited, says CISA' : ssvc?.exploitation === 'active' ? 'exploited' : '',
    kev?.knownRansomwareCampaignUse === 'Known' ? 'used by ransomware' : '',
    ssvc?.exploitation === 'public_poc' ? 'public exploit' : '',
    epss !== null && epss.probability >= 0.1 ? `EPSS ${(epss.probability * 100).toFixed(0)}%` : '',
  ];
  return words.filter((word) => word !== '').join(', ');
}
