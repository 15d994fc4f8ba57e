import { RISK_LEVELS } from '../../../domain/assessment/finding-schema.ts';
import { BOD_TIMELINE } from '../../../domain/ssvc/decision-points.ts';
import type { Block, Cell, TableBlock } from '../document.ts';
import { fixName, type PlannedFix } from '../fix-plan.ts';
import type { Messages } from '../messages/messages.ts';
import { keptNames } from '../names.ts';
import { dayOf, percent } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { cell, levelRun, line, paragraph, strong } from '../text.ts';

/** The action plan: fixes by due date, each with its owner and its reason. */
export function planSection(context: ReportContext): Block[] {
  const { survey, messages, limits } = context;
  const { plan } = messages;
  if (survey.fixes.length === 0) return [paragraph(plan.nothing)];
  const shown = survey.fixes.slice(0, limits.fixes);
  const left = survey.fixes.slice(shown.length);
  const date = shown.at(-1)?.dueDate ?? '';
  const due = left.filter(({ dueDate }) => dueDate !== null && dueDate <= date).length;
  return [
    paragraph(plan.intro),
    ...timelineFigure(context),
    ...BOD_TIMELINE.toReversed().flatMap((timeline) => {
      const fixes = shown.filter((planned) => planned.timeline === timeline);
      return fixes.length === 0 ? [] : [fixTable(timeline, fixes, context)];
    }),
    ...(left.length === 0 ? [] : [paragraph(plan.left(left.length, due, date), 'note')]),
  ];
}

function fixTable(timeline: PlannedFix['timeline'], fixes: readonly PlannedFix[], context: ReportContext): TableBlock {
  const { messages } = context;
  const { plan, timelines } = messages;
  const count = messages.fixes(fixes.length);
  return {
    kind: 'table',
    caption: timeline === 'next_upgrade' ? plan.groupNext(count) : plan.group(timelines[timeline], count),
    columns: [
      { title: plan.fix, weight: 5 },
      { title: plan.due, weight: 2 },
      { title: plan.owner, weight: 3 },
      { title: plan.mends, weight: 4 },
      { title: plan.urgency, weight: 2 },
      { title: plan.why, weight: 4 },
    ],
    rows: fixes.map((planned) => fixRow(planned, context)),
    isRowHeaded: true,
    note: null,
  };
}

function fixRow(planned: PlannedFix, { head, messages }: ReportContext): Cell[] {
  const { plan, summary } = messages;
  const { level, assets, owners, vulnerabilityIds } = planned;
  const where = keptNames(assets, messages);
  const ownerNames = keptNames(owners, messages);
  return [
    cell([
      ...line(fixName(planned, messages), 160),
      { text: ' ' },
      levelRun(level, messages.levels[level]),
      ...(where === '' ? [] : [{ text: ` ${plan.where}: ${where}`, style: 'muted' as const }]),
    ]),
    cell(
      planned.dueDate === null
        ? plan.noDate
        : [
            { text: planned.dueDate },
            ...(planned.dueDate < dayOf(head.createdAt) ? [{ text: ' ' }, strong(summary.overdue)] : []),
          ],
      planned.dueDate ?? '9999',
    ),
    cell(ownerNames === '' ? summary.noOwner : ownerNames),
    cell(`${messages.findings(planned.findings)}: ${keptNames(vulnerabilityIds, messages)}`, planned.findings),
    cell(messages.deployer[planned.deployer]),
    cell(whyOf(planned, messages)),
  ];
}

function whyOf({ exploited, ransomware, epss }: PlannedFix, messages: Messages): string {
  const { plan } = messages;
  return [
    exploited === 0 ? '' : plan.exploited(exploited),
    ransomware === 0 ? '' : plan.ransomware(ransomware),
    epss === null ? '' : plan.epss(percent(epss, messages)),
  ]
    .filter((word) => word !== '')
    .join(', ');
}

function timelineFigure({ survey, messages }: ReportContext): Block[] {
  const { plan, heatMap, levels } = messages;
  const [first] = survey.days;
  if (first === undefined) return [];
  const dates = [...new Set(survey.days.map(({ date }) => date))];
  const countOf = (date: string, level: string) =>
    survey.days.find((day) => day.date === date && day.level === level)?.count ?? 0;
  const onFirst = RISK_LEVELS.reduce((sum, level) => sum + countOf(first.date, level), 0);
  return [
    {
      kind: 'figure',
      chart: {
        name: 'due-dates',
        words: { title: plan.timeline, x: plan.timelineX, y: plan.timelineY, legend: heatMap.legend, levels, more: {} },
        days: survey.days,
      },
      alt: plan.timelineAlt(first.date, messages.findings(onFirst), dates.length),
      table: {
        kind: 'table',
        caption: plan.timeline,
        columns: [
          { title: plan.timelineX, weight: 2 },
          ...RISK_LEVELS.map((level) => ({ title: levels[level], weight: 1, align: 'end' as const })),
        ],
        rows: dates.map((date) => [
          cell(date),
          ...RISK_LEVELS.map((level) =>
            cell(countOf(date, level).toLocaleString(messages.locale), countOf(date, level)),
          ),
        ]),
        isRowHeaded: true,
        note: null,
      },
    },
  ];
}
