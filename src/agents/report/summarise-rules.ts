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
  readonly timelines: Map<BodTimeline, { count: number; dueDate: string | null; first: string[]; plain: string[] }>;
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
  };
}

/** Counts one finding; call in priority order. */
export function addToTally(tally: Tally, finding: FindingDigest): void {
  const { level, status, kev, bod2604, product } = finding;
  tally.statuses[status] += 1;
  if (level !== null) tally.counts[level] += 1;
  if (kev !== null) tally.listed += 1;
  if (finding.kevStatus === 'unknown' && level !== null) tally.listingUnknown += 1;
  if (kev?.knownRansomwareCampaignUse === 'Known') tally.ransomware += 1;
  if (bod2604 === null) return;
  const group = tally.timelines.get(bod2604.timeline) ?? { count: 0, dueDate: bod2604.dueDate, first: [], plain: [] };
  group.count += 1;
  // Findings first seen on different days have different due dates: the action names the earliest.
  if (bod2604.dueDate !== null && group.dueDate !== null && bod2604.dueDate < group.dueDate)
    group.dueDate = bod2604.dueDate;
  if (group.first.length < NAMED_PER_ACTION) {
    group.first.push(`${finding.vulnerabilityId} (${finding.title})`);
    const name = product === null ? null : plainName(product);
    group.plain.push(name === null ? finding.vulnerabilityId : `${finding.vulnerabilityId} (${name})`);
  }
  tally.timelines.set(bod2604.timeline, group);
}

/** The summary of an assessment, written by rules from the tally. */
export function summariseByRules(tally: Tally): Summary {
  const { counts } = tally;
  const total = Object.values(tally.statuses).reduce((sum, count) => sum + count, 0);
  return {
    headline: `${plural(total, 'vulnerability', 'vulnerabilities')}: ${counts.Critical} Critical, ${counts.High} High, ${counts.Medium} Medium, ${counts.Low} Low`,
    text: [exploitationSentence(tally), urgencySentence(tally), incompleteSentence(tally), withoutLevel(tally)]
      .filter((text) => text !== '')
      .join(' '),
    source: 'rules',
    citations: [],
    counts,
    actions: actionsOf(tally),
  };
}

function exploitationSentence({ listed, ransomware, listingUnknown }: Tally): string {
  const unread = listingUnknown === 0 ? '' : ` Of ${listingUnknown} it could not be read whether CISA lists them.`;
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

function incompleteSentence({ statuses }: Tally): string {
  const { incomplete } = statuses;
  if (incomplete === 0) return '';
  return `${incomplete} could not be assessed from every source; what is missing is taken at its worst and listed as gaps.`;
}

function withoutLevel({ statuses }: Tally): string {
  const parts = [
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
    const more = group.count > group.first.length ? ` and ${group.count - group.first.length} more` : '';
    return [`Remediate ${TIMELINE_WORDS[timeline]}${due}: ${group.first.join('; ')}${more}.`];
  });
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
