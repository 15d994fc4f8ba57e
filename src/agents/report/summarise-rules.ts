import type { Finding } from '../../domain/assessment/finding-schema.ts';
import type { Summary } from '../../domain/assessment/schema.ts';
import { BOD_TIMELINE, type BodTimeline } from '../../domain/ssvc/decision-points.ts';
import type { FindingDigest } from '../../ports/assessment-store.ts';
import { plainName } from '../grounding/plain-words.ts';
import { listWords, TIMELINE_WORDS } from '../prose.ts';

/** What the summary is written from: counted while findings stream by, so that it holds a few ids and no findings. */
export interface Tally {
  readonly counts: { Critical: number; High: number; Medium: number; Low: number };
  readonly statuses: Record<Finding['status'], number>;
  listed: number;
  /** Findings of which it could not be read whether CISA lists them. */
  listingUnknown: number;
  ransomware: number;
  /** Of each timeline: how many, until when, and the first few in priority order, with titles for readers and plain names for a model. */
  readonly timelines: Map<BodTimeline, TimelineTally>;
  /** Distinct vulnerabilities: one may be on many assets, a finding each. */
  readonly vulnerabilities: Set<string>;
  /** Findings that a VEX statement leaves nothing to do of. */
  cleared: number;
  /** Findings that people have decided to live with until some day. */
  livedWith: number;
}

interface TimelineTally {
  count: number;
  dueDate: string | null;
  readonly first: string[];
  readonly plain: string[];
  /** Distinct vulnerabilities. */
  readonly ids: Set<string>;
}

/** Vulnerabilities that an action names before it says "and n more". */
const NAMED_PER_ACTION = 3;

/** An empty tally. */
export function createTally(): Tally {
  return {
    counts: { Critical: 0, High: 0, Medium: 0, Low: 0 },
    statuses: { assessed: 0, incomplete: 0, not_found: 0, rejected: 0 },
    listed: 0,
    listingUnknown: 0,
    ransomware: 0,
    timelines: new Map(),
    vulnerabilities: new Set(),
    cleared: 0,
    livedWith: 0,
  };
}

/** Counts one finding; call in priority order. */
export function addToTally(tally: Tally, finding: FindingDigest): void {
  const { level, status, kev, bod2604 } = finding;
  tally.statuses[status] += 1;
  tally.vulnerabilities.add(finding.vulnerabilityId);
  if (level === null && (status === 'assessed' || status === 'incomplete')) tally.cleared += 1;
  if (level !== null) tally.counts[level] += 1;
  if (kev !== null) tally.listed += 1;
  if (finding.kevStatus === 'unknown' && level !== null) tally.listingUnknown += 1;
  if (kev?.knownRansomwareCampaignUse === 'Known') tally.ransomware += 1;
  if (finding.isLivedWith === true) tally.livedWith += 1;
  else if (bod2604 !== null) addToTimeline(tally, finding, bod2604);
}

function addToTimeline(
  { timelines }: Tally,
  { vulnerabilityId, title, product }: FindingDigest,
  { timeline, dueDate }: NonNullable<FindingDigest['bod2604']>,
): void {
  const group = timelines.get(timeline) ?? { count: 0, dueDate, first: [], plain: [], ids: new Set() };
  group.count += 1;
  // Findings first seen on different days have different due dates: the action names the earliest.
  if (dueDate !== null && group.dueDate !== null && dueDate < group.dueDate) group.dueDate = dueDate;
  if (group.first.length < NAMED_PER_ACTION && !group.ids.has(vulnerabilityId)) {
    group.first.push(title === vulnerabilityId ? vulnerabilityId : `${vulnerabilityId} (${title})`);
    const name = product === null ? null : plainName(product);
    group.plain.push(name === null ? vulnerabilityId : `${vulnerabilityId} (${name})`);
  }
  group.ids.add(vulnerabilityId);
  timelines.set(timeline, group);
}

/** The summary of an assessment, written by rules from the tally. */
export function summariseByRules(tally: Tally): Summary {
  const { counts } = tally;
  const total = Object.values(tally.statuses).reduce((sum, count) => sum + count, 0);
  return {
    headline: `${subjectWords(total, tally.vulnerabilities.size)}: ${counts.Critical} Critical, ${counts.High} High, ${counts.Medium} Medium, ${counts.Low} Low`,
    text: [
      exploitationSentence(tally),
      urgencySentence(tally),
      acceptedSentence(tally),
      incompleteSentence(tally),
      withoutLevel(tally),
    ]
      .filter((text) => text !== '')
      .join(' '),
    source: 'rules',
    citations: [],
    counts,
    actions: actionsOf(tally),
  };
}

function subjectWords(findings: number, vulnerabilities: number): string {
  const distinct = plural(vulnerabilities, 'vulnerability', 'vulnerabilities');
  return findings === vulnerabilities ? distinct : `${plural(findings, 'finding', 'findings')} of ${distinct}`;
}

function exploitationSentence({ listed, ransomware, listingUnknown }: Tally): string {
  const unread =
    listingUnknown === 0
      ? ''
      : ` Of ${listingUnknown} it could not be read whether CISA lists ${listingUnknown === 1 ? 'it' : 'them'}.`;
  if (listed === 0) return listingUnknown === 0 ? 'None is listed by CISA as exploited.' : unread.trim();
  const inCampaigns =
    listed === 1 ? ', also in ransomware campaigns' : `, ${ransomware} of them in ransomware campaigns`;
  const campaigns = ransomware === 0 ? '' : inCampaigns;
  return `${listed} ${listed === 1 ? 'is' : 'are'} listed by CISA as exploited${campaigns}.${unread}`;
}

function urgencySentence({ timelines }: Tally): string {
  const urgent = (timelines.get('3_days_forensics')?.count ?? 0) + (timelines.get('3_days')?.count ?? 0);
  return urgent === 0 ? '' : `CISA BOD 26-04 gives 3 days for ${urgent}.`;
}

function acceptedSentence({ livedWith }: Tally): string {
  return livedWith === 0 ? '' : `${livedWith} accepted until some day, as a decision says: no action names them.`;
}

function incompleteSentence({ statuses }: Tally): string {
  const { incomplete } = statuses;
  if (incomplete === 0) return '';
  return `${incomplete} could not be assessed from every source; what is missing is taken at its worst and listed as gaps.`;
}

function withoutLevel({ statuses, cleared }: Tally): string {
  const parts = [
    cleared > 0 ? `${cleared} not affected or fixed, as VEX or a decision says` : '',
    statuses.not_found > 0 ? `${statuses.not_found} not known to NVD or the CVE Program` : '',
    statuses.rejected > 0 ? `${statuses.rejected} rejected` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `Without a level: ${listWords(parts)}.`;
}

function actionsOf({ timelines }: Tally): string[] {
  return [...BOD_TIMELINE].reverse().flatMap((timeline) => {
    const group = timelines.get(timeline);
    if (group === undefined) return [];
    const due = group.dueDate === null ? '' : ` (by ${group.dueDate})`;
    const more = group.ids.size > group.first.length ? ` and ${group.ids.size - group.first.length} more` : '';
    return [`Remediate ${TIMELINE_WORDS[timeline]}${due}: ${group.first.join('; ')}${more}.`];
  });
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
