import type { Block, Cell, Text } from '../document.ts';
import type { Messages } from '../messages/messages.ts';
import { percent, score } from '../numbers.ts';
import type { RegisterRow } from '../register-row.ts';
import type { ReportContext } from '../report-context.ts';
import { cell, idRun, levelRun, paragraph } from '../text.ts';

/** All findings, a line each, the most urgent first. */
export function registerSection({ survey, messages }: ReportContext): Block[] {
  const { caption, columns, left } = messages.register;
  if (survey.findings === 0) return [paragraph(messages.summary.empty)];
  const rest = survey.findings - survey.register.length;
  const targets = new Map(
    survey.explained.map(({ finding }, index) => [finding.vulnerabilityId, `finding-${index + 1}`]),
  );
  return [
    {
      kind: 'table',
      caption,
      columns: [
        { title: columns.id, weight: 3 },
        { title: columns.level, weight: 2 },
        { title: columns.title, weight: 5 },
        { title: columns.where, weight: 4 },
        { title: columns.cvss, weight: 1, align: 'end' },
        { title: columns.epss, weight: 1.2, align: 'end' },
        { title: columns.kev, weight: 1.2 },
        { title: columns.due, weight: 2 },
      ],
      rows: survey.register.map((row) => toCells(row, targets.get(row.vulnerabilityId), messages)),
      isRowHeaded: true,
      note: rest > 0 ? left(rest) : null,
    },
  ];
}

const LEVEL_ORDER = { Critical: 4, High: 3, Medium: 2, Low: 1 } as const;

function toCells(row: RegisterRow, target: string | undefined, messages: Messages): Cell[] {
  return [
    cell(target === undefined ? [idRun(row.vulnerabilityId)] : [{ text: row.vulnerabilityId, target }]),
    cell(levelText(row, messages), row.level === null ? 0 : LEVEL_ORDER[row.level]),
    cell([{ text: row.title }]),
    cell([{ text: row.place }]),
    cell(row.cvss === null ? '–' : score(row.cvss, messages), row.cvss ?? -1),
    cell(row.epss === null ? '–' : percent(row.epss, messages), row.epss ?? -1),
    cell(messages.kev[row.kevStatus]),
    cell(dueText(row, messages), row.dueDate ?? '9999'),
  ];
}

function levelText({ level, status, vexStatus }: RegisterRow, messages: Messages): Text {
  const { noLevel, levels } = messages;
  if (level !== null) return [levelRun(level, `${levels[level]}${status === 'incomplete' ? '?' : ''}`)];
  if (status === 'rejected' || status === 'not_found') return [{ text: noLevel[status] }];
  return [{ text: vexStatus === 'fixed' ? noLevel.fixed : noLevel.not_affected }];
}

function dueText({ dueDate, timeline, isAccepted }: RegisterRow, messages: Messages): string {
  if (isAccepted) return messages.register.accepted;
  return dueDate ?? (timeline === null ? '–' : messages.timelines[timeline]);
}
