import type { Finding } from '../../../domain/assessment/finding-schema.ts';
import { plainText } from '../../words.ts';
import type { Fact, Text } from '../document.ts';
import type { Messages } from '../messages/messages.ts';
import { firstFew } from '../names.ts';
import { dayOf, decimal, percent, score } from '../numbers.ts';
import { placeOf } from '../place-of.ts';
import type { Explained } from '../survey.ts';
import { levelRun, line } from '../text.ts';

/** What is known of a finding, a line each; what is not known says so, what cannot apply is left out. */
export function factsOf({ finding, otherPlaces, otherFindings }: Explained, messages: Messages): Fact[] {
  const words = messages.finding;
  const { asset, component, aliases, cwes, affected } = finding;
  const others = `${words.alsoCount(messages.findings(otherFindings))}${otherPlaces.length === 0 ? '' : `: ${firstFew(otherPlaces, messages, otherFindings)}`}`;
  const facts: readonly (readonly [string, Text | string | null])[] = [
    [words.level, levelOf(finding, messages)],
    [words.due, dueOf(finding, messages)],
    [words.where, placeOf(finding, messages) || null],
    [words.owner, asset === null ? null : (asset.owner ?? messages.summary.noOwner)],
    [words.fixedIn, component?.fixedVersion ?? null],
    [words.decision, decisionOf(finding, messages)],
    [words.cvss, cvssOf(finding, messages)],
    [words.epss, epssOf(finding, messages)],
    [words.kev, kevOf(finding, messages)],
    [words.priority, `${decimal(finding.risk.priority, messages, 1)} / 100`],
    [words.weaknesses, cwes.length === 0 ? null : firstFew(cwes, messages)],
    [words.affected, affected.length === 0 ? null : firstFew(affected.map(productOf), messages)],
    [words.aliases, aliases.length === 0 ? null : firstFew(aliases, messages)],
    [words.vex, vexOf(finding, messages)],
    [words.alsoAt, otherFindings === 0 ? null : others],
  ];
  return facts.flatMap(([term, value]) =>
    value === null ? [] : [{ term, value: typeof value === 'string' ? line(value, 600) : value }],
  );
}

function levelOf(finding: Finding, messages: Messages): Text {
  const { level, likelihood, impact, score } = finding.risk;
  if (level === null || likelihood === null || impact === null || score === null)
    return line(noLevelOf(finding, messages));
  const uncertain = finding.status === 'incomplete' ? ` (${messages.register.uncertain})` : '';
  return [
    levelRun(level, messages.levels[level]),
    { text: ` ${messages.finding.score(likelihood, impact, score)}${uncertain}` },
  ];
}

/** Why there is no level to tell. */
function noLevelOf({ status, vex }: Finding, { noLevel }: Messages): string {
  if (status === 'rejected' || status === 'not_found') return noLevel[status];
  if (vex?.justification === 'false_positive') return noLevel.false_positive;
  return vex?.status === 'fixed' ? noLevel.fixed : noLevel.not_affected;
}

function dueOf({ bod2604 }: Finding, messages: Messages): string | null {
  if (bod2604 === null) return null;
  const timeline = messages.timelines[bod2604.timeline];
  return bod2604.dueDate === null ? timeline : `${bod2604.dueDate} (${timeline}; BOD 26-04, ${bod2604.startDate})`;
}

function decisionOf({ ssvc }: Finding, messages: Messages): string | null {
  if (ssvc === null) return null;
  return messages.finding.decisions(messages.deployer[ssvc.deployer], messages.coordinator[ssvc.coordinator]);
}

function cvssOf({ cvss }: Finding, messages: Messages): string {
  if (cvss === null) return messages.unknown;
  const base = `${score(cvss.baseScore, messages)} (${severityOf(cvss.severity, messages)}), ${cvss.vector}, ${cvss.source}`;
  const { environmental } = cvss;
  if (environmental === null) return base;
  return `${base}; ${messages.finding.names['environmental'] ?? ''} ${score(environmental.score, messages)} (${severityOf(environmental.severity, messages)})`;
}

function severityOf(severity: string, messages: Messages): string {
  return messages.finding.severities[severity] ?? severity.toLowerCase();
}

function epssOf({ epss }: Finding, messages: Messages): string {
  if (epss === null) return messages.unknown;
  const percentile =
    epss.percentile === null ? '' : `, ${messages.finding.percentile(decimal(epss.percentile * 100, messages, 1))}`;
  return `${percent(epss.probability, messages)}${percentile}${epss.date === null ? '' : `, ${dayOf(epss.date)}`}`;
}

function kevOf({ kev, kevStatus }: Finding, messages: Messages): string {
  const { kevListed, kevNot } = messages.finding;
  if (kevStatus !== 'listed') return kevNot[kevStatus];
  const ransomware = kev?.knownRansomwareCampaignUse === 'Known' ? messages.kev.listed : messages.unknown;
  return kevListed(kev?.dateAdded ?? messages.unknown, ransomware);
}

function productOf({ vendor, product, versions }: Finding['affected'][number]): string {
  return plainText(`${vendor} ${product}${versions === null ? '' : ` ${versions}`}`, 200);
}

function vexOf({ vex }: Finding, messages: Messages): string | null {
  if (vex === null) return null;
  return [
    vexWord(vex.status, messages),
    vex.justification === null ? null : vexWord(vex.justification, messages),
    vex.detail,
    vex.author,
    vex.at?.slice(0, 10),
  ]
    .filter((part) => part != null && part !== '')
    .join(', ');
}

function vexWord(word: string, messages: Messages): string {
  const said = messages.translate('value', word) ?? word;
  return said === word ? word.replaceAll('_', ' ') : said;
}
