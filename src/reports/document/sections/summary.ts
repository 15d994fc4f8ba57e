import { byDirection } from '../../../domain/assessment/diff.ts';
import { RISK_LEVELS } from '../../../domain/assessment/finding-schema.ts';
import { plainText } from '../../words.ts';
import type { Block, Run, Text } from '../document.ts';
import { fixName, type PlannedFix } from '../fix-plan.ts';
import { dayOf, daysLater, percent, usd } from '../numbers.ts';
import { evidenceTable, proseOf } from '../prose.ts';
import type { ReportContext } from '../report-context.ts';
import { line, paragraph, strong } from '../text.ts';
import { causeWords } from './changes.ts';
import { howSure } from './how-sure.ts';

/** How far "now" reaches: the shortest timelines of BOD 26-04 are 3 days, and a reader plans by the week. */
const SOON_DAYS = 7;
/** Fixes that page one names. */
const NAMED_FIXES = 5;
/** Fixes that are named in a line after these. */
const MORE_FIXES = 6;
/** Owners of a fix that page one names. */
const NAMED_OWNERS = 2;

/** Page one: what must be done, why, what happens if not, how sure that is; counts, actions, what changed. */
export function summarySection(context: ReportContext): Block[] {
  const { head, messages } = context;
  const { summary } = messages;
  const soon = dueSoon(context);
  const prose = proseOf(summary.inShort, head.summary.text, head.summary, messages);
  const evidence = head.summary.source === 'llm' ? evidenceTable(head.summary.citations, messages) : null;
  return [
    paragraph(headline(context, soon), 'lead'),
    {
      kind: 'answers',
      items: [
        { question: summary.what(daysLater(head.createdAt, SOON_DAYS)), answer: whatToDoNow(context, soon) },
        { question: summary.why, answer: why(context, soon) },
        { question: summary.whatIf, answer: whatIfNot(context) },
        { question: summary.howSure, answer: howSure(context) },
      ],
    },
    {
      kind: 'counts',
      items: RISK_LEVELS.map((level) => ({ level, word: messages.levels[level], count: head.summary.counts[level] })),
    },
    ...(prose === null ? [] : [prose]),
    ...(evidence === null ? [] : [evidence]),
    ...actions(context),
    paragraph(changeLine(context), 'plain'),
  ];
}

function dueSoon({ head, survey }: ReportContext): readonly PlannedFix[] {
  const until = daysLater(head.createdAt, SOON_DAYS);
  return survey.fixes.filter(({ dueDate }) => dueDate !== null && dueDate <= until);
}

function headline({ head, survey, messages }: ReportContext, soon: readonly PlannedFix[]): string {
  const { summary } = messages;
  if (survey.findings === 0) return summary.empty;
  const exploited = summary.exploited(survey.exploited, survey.findings, survey.listingUnread);
  if (soon.length === 0) return summary.headlineNothingDue(exploited);
  const last = soon.at(-1)?.dueDate ?? dayOf(head.createdAt);
  const overdue = soon.filter((planned) => isOverdue(planned, head)).length;
  return summary.headlineDue(
    messages.fixes(new Set(soon.map(({ identity }) => identity)).size),
    last,
    overdue,
    exploited,
  );
}

function isOverdue({ dueDate }: PlannedFix, { createdAt }: ReportContext['head']): boolean {
  return dueDate !== null && dueDate < dayOf(createdAt);
}

function whatToDoNow(context: ReportContext, soon: readonly PlannedFix[]): Text[] {
  const { survey, messages } = context;
  const { acceptancesEnded: ended, contested, accepted } = survey;
  const { summary } = messages;
  const until = daysLater(context.head.createdAt, SOON_DAYS);
  const ending = accepted.filter(
    ({ acceptance }) => acceptance?.state === 'active' && dayOf(acceptance.expiresAt) <= until,
  ).length;
  return [
    ...fixesNow(context, soon),
    ...(ended === 0 ? [] : [line(summary.acceptancesEnded(ended))]),
    ...(ending === 0 ? [] : [line(summary.acceptancesEnding(ending))]),
    ...(contested === 0 ? [] : [line(summary.contested(contested), 300)]),
  ];
}

function fixesNow({ head, survey, messages }: ReportContext, soon: readonly PlannedFix[]): Text[] {
  const { summary } = messages;
  if (soon.length === 0) {
    const next = survey.fixes.find(({ dueDate }) => dueDate !== null)?.dueDate ?? null;
    return [line(`${summary.nothing}${next === null ? '' : ` ${summary.nextDue(next)}`}`)];
  }
  const named = soon.slice(0, NAMED_FIXES).map((planned): Text => {
    const owners = firstOwners(planned, messages);
    const [asset] = planned.assets;
    return [
      strong(fixName(planned, messages), 120),
      { text: asset === undefined ? '' : ` ${summary.onAsset(plainText(asset, 40), planned.assets.size > 1)}` },
      { text: ` ${messages.whenDue(planned.dueDate ?? '')}` },
      ...(isOverdue(planned, head) ? [{ text: ', ' }, strong(summary.overdue)] : []),
      { text: planned.timeline === '3_days_forensics' ? `, ${summary.forensics}` : '' },
      { text: planned.assessed === 0 ? `, ${summary.atWorst}` : '' },
      { text: ` (${owners === '' ? summary.noOwner : summary.ownerOf(owners)})` },
    ];
  });
  const rest = soon.length - named.length;
  if (rest === 0) return named;
  const others = soon
    .slice(NAMED_FIXES, NAMED_FIXES + MORE_FIXES)
    .map((planned) => plainText(fixName(planned, messages), 60));
  return [...named, line(summary.restInPlan(rest, others.join('; ')), 600)];
}

function firstOwners({ owners }: PlannedFix, messages: ReportContext['messages']): string {
  const shown = [...owners].slice(0, NAMED_OWNERS).map((owner) => plainText(owner, 40));
  return `${shown.join(', ')}${owners.size > NAMED_OWNERS ? ` ${messages.andMore}` : ''}`;
}

function why(context: ReportContext, soon: readonly PlannedFix[]): Text[] {
  const { survey, messages } = context;
  const { summary } = messages;
  const top = (soon.length > 0 ? soon : survey.fixes).reduce<PlannedFix | null>(
    (best, planned) => ((planned.epss ?? -1) > (best?.epss ?? -1) ? planned : best),
    null,
  );
  return [
    ...whyExploited(context),
    survey.ransomware === 0 ? '' : summary.whyRansomware(messages.findings(survey.ransomware)),
    top?.epss == null ? '' : summary.whyEpss(messages.fix(top.fix), percent(top.epss, messages)),
    summary.whyBod,
  ]
    .filter((text) => text !== '')
    .map((text) => line(text));
}

/** What is not known is no reassurance. */
function whyExploited({ survey, messages }: ReportContext): string[] {
  const { summary } = messages;
  const { exploited, listingUnread } = survey;
  const known = exploited > 0 ? [summary.whyExploited(messages.findings(exploited))] : [];
  const unread = listingUnread > 0 ? [summary.whyUnread(messages.findings(listingUnread))] : [];
  return known.length + unread.length > 0 ? [...known, ...unread] : [summary.whyNone];
}

function whatIfNot({ head, survey, messages }: ReportContext): Text[] {
  const { summary } = messages;
  const { portfolio } = head;
  const techniques = survey.techniques.filter(({ tactic }) => tactic === 'impact').slice(0, 3);
  return [
    survey.totalImpact === 0 ? summary.ifPartial : summary.ifTotal(messages.findings(survey.totalImpact)),
    survey.ransomware === 0 ? '' : summary.ifRansomware,
    techniques.length === 0
      ? ''
      : summary.ifTechniques(techniques.map(({ techniqueId, name }) => `${name} (${techniqueId})`).join(', ')),
    portfolio === null
      ? summary.ifNoMoney
      : summary.ifMoney(
          usd(portfolio.ale, messages),
          usd(portfolio.standardError, messages),
          usd(portfolio.var95, messages),
        ),
    portfolio === null || portfolio.findings >= survey.findings
      ? ''
      : summary.moneyPart(messages.findings(portfolio.findings), survey.findings - portfolio.findings),
  ]
    .filter((text) => text !== '')
    .map((text) => line(text));
}

function actions({ head, messages }: ReportContext): Block[] {
  const named = head.summary.actions.slice(0, 3);
  if (named.length === 0) return [];
  return [
    paragraph([strong(messages.summary.actions)], 'plain'),
    {
      kind: 'list',
      isOrdered: true,
      items: named.map((action) => line(messages.translate('prose', action) ?? action, 400)),
    },
  ];
}

function changeLine({ previous, messages }: ReportContext): Text {
  const { summary } = messages;
  const title: Run = strong(`${summary.changed}:`);
  if (previous === null) return [title, { text: ` ${summary.noPrevious}` }];
  const { added, removed, unchanged } = previous.diff;
  const { worse, better, same } = byDirection(previous.diff);
  const counts = {
    added: added.length,
    removed: removed.length,
    worse: worse.length,
    better: better.length,
    same: same.length,
    unchanged,
  };
  const [most] = worse.length > 0 ? worse : better;
  const cause =
    most === undefined
      ? ''
      : ` ${summary.changeCause(worse.length > 0 ? 'worse' : 'better', plainText(most.vulnerabilityId, 60), causeWords(most, messages))}`;
  return [title, { text: ` ${summary.changeLine(dayOf(previous.createdAt), counts)}${cause}` }];
}
