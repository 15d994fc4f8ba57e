import type { Finding, RiskLevel } from '../../domain/assessment/finding-schema.ts';
import {
  BOD_TIMELINE,
  type BodTimeline,
  DEPLOYER_DECISION,
  type DeployerDecision,
} from '../../domain/ssvc/decision-points.ts';
import { type Fix, fixIdentity, fixOf } from '../../domain/ticket/fix.ts';
import { earliestDay, type FixSighting, toSighting, worstLevel } from '../../domain/ticket/sighting.ts';
import { clipLine } from '../../kernel/clip.ts';
import { LISTED_INLINE } from './limits.ts';
import type { Messages } from './messages/messages.ts';

/** A fix with all that it mends by one day, in numbers and a few names: what is due on different days has an entry each, with the owners and assets of that day. */
export interface PlannedFix {
  readonly fix: Fix;
  readonly identity: string;
  /** What the vulnerability is called where the fix has no other name; null where it is called nothing but its id. */
  readonly title: string | null;
  level: RiskLevel;
  /** `YYYY-MM-DD`; null: the next upgrade. */
  dueDate: string | null;
  timeline: BodTimeline;
  deployer: DeployerDecision;
  findings: number;
  /** Findings of which every source could be read. */
  assessed: number;
  /** Findings that CISA lists as exploited, or whose exploitation is active. */
  exploited: number;
  ransomware: number;
  /** Highest EPSS probability of 30 days; null where none is known. */
  epss: number | null;
  /** The first few, in the order of urgency; `otherVulnerabilities` and the others count what is left out. */
  readonly vulnerabilityIds: Set<string>;
  readonly assets: Set<string>;
  readonly owners: Set<string>;
  /** Findings on assets without a known owner, or on no known asset. */
  unowned: number;
}

const LONGEST_TITLE = 60;
/** What is in a fix's lists at most; one more than is shown, so that "and more" is true. */
const MOST_KEPT = LISTED_INLINE + 1;

/** A fix by what people call it. */
export function fixName({ fix, title }: Pick<PlannedFix, 'fix' | 'title'>, messages: Messages): string {
  return title === null ? messages.fix(fix) : `${messages.fix(fix)} (${title})`;
}

/** Gathers findings into fixes: bounded by the number of fixes, whatever the number of findings. */
export class FixPlan {
  readonly #fixes = new Map<string, PlannedFix>();

  /** Adds a finding, unless nothing is to be done about it or people live with it. */
  add(finding: Finding): void {
    const sighting = toSighting(finding, [], '');
    if (sighting === null) return;
    const fix = fixOf(finding);
    const identity = fixIdentity(fix);
    const key = JSON.stringify([identity, sighting.dueDate]);
    const planned = this.#fixes.get(key) ?? emptyFix(fix, identity, titleOf(fix, finding));
    join(planned, sighting, finding);
    this.#fixes.set(key, planned);
  }

  /** All fixes: the earliest day first, then those that do not rest on missing facts alone, then the strictest timeline, then in the order in which findings came: by priority. */
  ordered(): readonly PlannedFix[] {
    return [...this.#fixes.values()].sort(byUrgency);
  }
}

function titleOf({ kind }: Fix, { title, vulnerabilityId }: Finding): string | null {
  return kind === 'vulnerability' && title !== vulnerabilityId ? clipLine(title, LONGEST_TITLE) : null;
}

function emptyFix(fix: Fix, identity: string, title: string | null): PlannedFix {
  return {
    fix,
    identity,
    title,
    level: 'Low',
    dueDate: null,
    timeline: 'next_upgrade',
    deployer: 'defer',
    findings: 0,
    assessed: 0,
    exploited: 0,
    ransomware: 0,
    epss: null,
    vulnerabilityIds: new Set(),
    assets: new Set(),
    owners: new Set(),
    unowned: 0,
  };
}

function join(
  planned: PlannedFix,
  sighting: FixSighting,
  { status, ssvc, bod2604, kev, kevStatus, epss }: Finding,
): void {
  planned.level = worstLevel([planned, sighting]);
  planned.dueDate = earliestDay([planned, sighting]);
  planned.timeline = stricter(BOD_TIMELINE, planned.timeline, bod2604?.timeline);
  planned.deployer = stricter(DEPLOYER_DECISION, planned.deployer, ssvc?.deployer);
  planned.findings += 1;
  if (status === 'assessed') planned.assessed += 1;
  if (kevStatus === 'listed' || ssvc?.exploitation === 'active') planned.exploited += 1;
  if (kev?.knownRansomwareCampaignUse === 'Known') planned.ransomware += 1;
  if (epss !== null) planned.epss = Math.max(planned.epss ?? 0, epss.probability);
  keep(planned.vulnerabilityIds, sighting.vulnerabilityId);
  if (sighting.assetName !== null) keep(planned.assets, sighting.assetName);
  if (sighting.owner === null) planned.unowned += 1;
  else keep(planned.owners, sighting.owner);
}

function keep(names: Set<string>, name: string): void {
  if (names.size < MOST_KEPT) names.add(name);
}

/** The later of two values in an order from mild to severe. */
function stricter<Value extends string>(order: readonly Value[], one: Value, other: Value | undefined): Value {
  return other !== undefined && order.indexOf(other) > order.indexOf(one) ? other : one;
}

function byUrgency(one: PlannedFix, other: PlannedFix): number {
  return (
    compare(one.dueDate ?? '9', other.dueDate ?? '9') ||
    Number(restsOnFacts(other)) - Number(restsOnFacts(one)) ||
    BOD_TIMELINE.indexOf(other.timeline) - BOD_TIMELINE.indexOf(one.timeline)
  );
}

/** That something is exploited is fact enough, whatever else could not be read. */
function restsOnFacts({ assessed, exploited }: PlannedFix): boolean {
  return assessed > 0 || exploited > 0;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
