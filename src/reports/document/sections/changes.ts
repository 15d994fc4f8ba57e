import {
  byDirection,
  type ChangedFinding,
  causesOf,
  type Direction,
  type FieldChange,
} from '../../../domain/assessment/diff.ts';
import { RISK_LEVELS } from '../../../domain/assessment/finding-schema.ts';
import type { FindingState } from '../../../domain/assessment/finding-state.ts';
import { lossRange } from '../../loss-words.ts';
import { plainText } from '../../words.ts';
import type { Block, Cell, TableBlock } from '../document.ts';
import type { Messages } from '../messages/messages.ts';
import { dayOf, decimal, percent, score, usd } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { cell, idRun, levelRun, paragraph } from '../text.ts';
import { outcomeOf } from './name-of.ts';

/** Rows of each table: past them the reader looks at `eras diff`. */
const MOST_ROWS = 50;

/** What changed since an earlier assessment, and the counts over all of them; empty where neither is given. */
export function changesSection(context: ReportContext): Block[] {
  const { previous, messages } = context;
  const trend = trendFigure(context);
  if (previous === null) return trend;
  const { changes } = messages;
  const { added, removed } = previous.diff;
  const moved = byDirection(previous.diff);
  return [
    paragraph(changes.from(plainText(previous.id, 60), dayOf(previous.createdAt))),
    ...trend,
    ...(added.length === 0 ? [] : [stateTable(changes.added, added, messages)]),
    ...(removed.length === 0 ? [] : [stateTable(changes.removed, removed, messages)]),
    ...(['worse', 'better', 'same'] as const).flatMap((direction) =>
      moved[direction].length === 0 ? [] : [movedTable(direction, moved[direction], messages)],
    ),
  ];
}

function movedTable(direction: Direction, findings: readonly ChangedFinding[], messages: Messages): TableBlock {
  const { changes, register } = messages;
  const rows = findings.slice(0, MOST_ROWS).map((finding): Cell[] => {
    return [
      cell([idRun(finding.vulnerabilityId)]),
      cell(plainText(finding.asset ?? '', 120)),
      cell(finding.changes.map((change) => inWords(change, messages)).join('; ')),
      cell(causeWords(finding, messages)),
    ];
  });
  const titles = [register.columns.id, register.columns.where, changes.what, changes.because];
  return tableOf(changes[direction], titles, [3, 3, 6, 4], rows, findings.length, messages);
}

/** Who says what the outcome moved with. */
export function causeWords(finding: ChangedFinding, messages: Messages): string {
  const causes = causesOf(finding);
  return causes.length === 0
    ? messages.changes.noCause
    : plainText(causes.map((cause) => messages.translate('source', cause) ?? cause).join('; '), 300);
}

function stateTable(caption: string, states: readonly FindingState[], messages: Messages): TableBlock {
  const { columns } = messages.register;
  const rows = states.slice(0, MOST_ROWS).map((state): Cell[] => {
    const level = RISK_LEVELS.find((one) => one === state.level);
    return [
      cell([idRun(state.vulnerabilityId)]),
      cell(plainText(state.asset ?? '', 120)),
      cell(level === undefined ? '–' : [levelRun(level, messages.levels[level])]),
      cell(state.dueDate ?? '–'),
    ];
  });
  return tableOf(
    caption,
    [columns.id, columns.where, columns.level, columns.due],
    [3, 4, 2, 2],
    rows,
    states.length,
    messages,
  );
}

function tableOf(
  caption: string,
  titles: readonly string[],
  weights: readonly number[],
  rows: readonly (readonly Cell[])[],
  total: number,
  messages: Messages,
): TableBlock {
  return {
    kind: 'table',
    caption,
    columns: titles.map((title, index) => ({ title, weight: weights[index] ?? 1 })),
    rows,
    isRowHeaded: true,
    note: total > rows.length ? messages.more(total - rows.length) : null,
  };
}

function inWords({ field, from, to }: FieldChange, messages: Messages): string {
  const say = (value: string | number | null) => (value === null ? '–' : valueWords(field, value, messages));
  return `${messages.changes.fields[field] ?? field}: ${say(from)} → ${say(to)}`;
}

function valueWords(field: FieldChange['field'], value: string | number, messages: Messages): string {
  if (typeof value === 'number') {
    if (field === 'ale') return usd(value, messages);
    if (field === 'epss') return percent(value, messages);
    return field === 'cvss' ? score(value, messages) : decimal(value, messages);
  }
  const [low, high] = lossRange(value) ?? [];
  if (low === undefined || high === undefined) return outcomeOf(value, messages);
  return messages.changes.range(usd(low, messages), usd(high, messages));
}

function trendFigure({ history, messages }: ReportContext): Block[] {
  if (history.length < 2) return [];
  const { changes, levels, heatMap, cover } = messages;
  return [
    {
      kind: 'figure',
      chart: {
        name: 'trend',
        words: {
          title: changes.trend,
          x: cover.assessedAt,
          y: messages.threat.count,
          legend: heatMap.legend,
          levels,
          more: {},
        },
        points: history,
      },
      alt: changes.trend,
      table: {
        kind: 'table',
        caption: changes.trend,
        columns: [
          { title: cover.assessedAt, weight: 2 },
          ...RISK_LEVELS.map((level) => ({ title: levels[level], weight: 1, align: 'end' as const })),
        ],
        rows: history.map(({ createdAt, counts }) => [
          cell(createdAt.slice(0, 16).replace('T', ' '), createdAt),
          ...RISK_LEVELS.map((level) => cell(counts[level].toLocaleString(messages.locale), counts[level])),
        ]),
        isRowHeaded: true,
        note: null,
      },
    },
  ];
}
