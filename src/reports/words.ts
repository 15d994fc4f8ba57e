import type { Finding } from '../domain/assessment/finding-schema.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';
import { staleSources } from '../domain/assessment/stale-sources.ts';
import { wasNothingAsked } from '../domain/assessment/was-nothing-asked.ts';
import { SOURCE_NAMES } from '../domain/source/lookup.ts';
import { SOURCE_TITLES } from '../domain/source/source-titles.ts';
import { clipLine } from '../kernel/clip.ts';

/** Short words for a finding's decision. */
const TIMELINE: Readonly<Record<NonNullable<Finding['bod2604']>['timeline'], string>> = {
  '3_days_forensics': '3 days + forensics',
  '3_days': '3 days',
  '14_days': '14 days',
  '60_days': '60 days',
  next_upgrade: 'next upgrade',
};

/** Level, with a question mark where facts are missing and were taken at their worst. */
export function levelWords({ risk, status, vex }: Finding): string {
  if (risk.level === null)
    return status === 'rejected' ? 'rejected' : status === 'not_found' ? 'not found' : clearedWords(vex);
  return status === 'incomplete' ? `${risk.level}?` : risk.level;
}

/** What a VEX document says of a finding that it leaves nothing to judge of. */
function clearedWords(vex: Finding['vex']): string {
  if (vex?.justification === 'false_positive') return 'false positive';
  return vex?.status === 'fixed' ? 'fixed' : 'not affected';
}

/** What it is in and on, such as "log4j-core 2.14.1 on web-1"; empty where neither is known. */
export function placeWords({ component, asset }: Finding): string {
  const name = component?.name ?? component?.purl ?? component?.cpe ?? null;
  const what = name === null ? '' : `${name}${component?.installedVersion ? ` ${component.installedVersion}` : ''}`;
  const where = asset === null ? '' : `on ${asset.name ?? asset.id}`;
  return plainText([what, where].filter((word) => word !== '').join(' '), 120);
}

/** What is to be done: the remediation timeline. */
export function decisionWords({ bod2604 }: Finding): string {
  return bod2604 === null ? 'nothing to do' : TIMELINE[bod2604.timeline];
}

/** Until when, or an empty string. */
export function dueWords({ bod2604 }: Finding): string {
  return bod2604?.dueDate ? `by ${bod2604.dueDate}` : '';
}

/** Why, in a few words: the inputs that decided. */
export function reasonWords({ ssvc, kev, status, cvss, vex, cveId }: Finding): string {
  if (ssvc === null) {
    if (status === 'rejected') return 'withdrawn by its assigner';
    if (status !== 'not_found') return `${clearedWords(vex)}, says ${plainText(vex?.author ?? 'VEX', 80)}`;
    return cveId === null ? 'OSV does not know it' : 'NVD and the CVE Program do not know it';
  }
  const exploitation = {
    active: kev === null || kev.dateAdded === null ? 'exploited' : `exploited since ${kev.dateAdded}`,
    public_poc: 'public exploit',
    none: 'not known to be exploited',
    unknown: 'exploitation unknown',
  }[ssvc.exploitation];
  const automatable = { yes: 'automatable', no: '', unknown: 'automatable unknown' }[ssvc.automatable];
  const impact = { total: 'total impact', partial: 'partial impact', unknown: 'impact unknown' }[ssvc.technicalImpact];
  const ransomware = kev?.knownRansomwareCampaignUse === 'Known' ? 'ransomware' : '';
  const unscored = cvss === null ? 'no CVSS' : '';
  return [exploitation, ransomware, automatable, impact, unscored].filter((word) => word !== '').join(', ');
}

/** EPSS as a percentage of few digits; never rounded to certainty or to nothing. */
export function epssWords({ epss }: Finding): string {
  if (epss === null) return '–';
  const percent = epss.probability * 100;
  if (percent > 99 && percent < 100) return '>99%';
  if (percent > 0 && percent < 0.1) return '<0.1%';
  return percent >= 10 ? `${percent.toFixed(0)}%` : `${percent.toFixed(1)}%`;
}

/** Where each source's facts come from and of when; what was old when it was used is marked. */
export function freshnessWords(head: AssessmentHead): string {
  if (wasNothingAsked(head)) return 'none; there was nothing to ask a source about';
  const { dataAsOf, createdAt } = head;
  const stale: readonly string[] = staleSources(dataAsOf, createdAt);
  return SOURCE_NAMES.map((source) => {
    const { origin, at } = dataAsOf[source];
    const age = stale.includes(source) ? ' (more than a week old)' : '';
    return `${SOURCE_TITLES[source]} ${origin}${at === null ? '' : ` ${at.slice(0, 10)}`}${age}`;
  }).join(' · ');
}

/** Text from outside made fit for a terminal or a document: one line, no control or direction characters, bounded. */
export function plainText(text: string, limit = 300): string {
  return clipLine(text, limit);
}

const ACCEPTANCE = { active: 'accepted', expired: 'acceptance expired', to_review: 'acceptance to review' } as const;

/** What people have decided of a finding: who, when and until when; or an empty string. */
export function standingWords({ acceptance, vex, ssvc }: Finding): string {
  const day = (time: string | null | undefined) => (time ? ` ${time.slice(0, 10)}` : '');
  if (acceptance !== null) {
    const { owner, approver, acceptedAt, expiresAt, state } = acceptance;
    const who = `by ${plainText(owner, 60)}, approved by ${plainText(approver, 60)}${acceptedAt === null ? '' : ` on${day(acceptedAt)}`}`;
    return `${ACCEPTANCE[state]} ${who}, until${day(expiresAt)}`;
  }
  if (vex === null || (vex.status !== 'not_affected' && vex.status !== 'fixed')) return '';
  // Who says it stands in the reason where nothing is to do; where CISA lists it, the level stays.
  const who = ssvc === null ? '' : `${clearedWords(vex)}, says ${plainText(vex.author ?? 'VEX', 80)}: to review`;
  return who === ''
    ? vex.at === null
      ? ''
      : `said${day(vex.at)}`
    : `${who}${vex.at === null ? '' : `, said${day(vex.at)}`}`;
}
