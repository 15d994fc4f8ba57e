import type { FieldChange, FindingState } from '../../../domain/assessment/diff.ts';
import { RISK_LEVELS } from '../../../domain/assessment/finding-schema.ts';
import { plainText } from '../../words.ts';
import type { Block, Cell, TableBlock } from '../document.ts';
import type { Messages } from '../messages/messages.ts';
import { dayOf } from '../numbers.ts';
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
  const { added, removed, changed } = previous.diff;
  return [
    paragraph(changes.from(plainText(previous.id, 60), dayOf(previous.createdAt))),
    ...trend,
    ...(added.length === 0 ? [] : [stateTable(changes.added, added, messages)]),
    ...(removed.length === 0 ? [] : [stateTable(changes.removed, removed, messages)]),
    ...(changed.length === 0
      ? []
      : [
          tableOf(
            changes.changed,
            [messages.register.columns.id, messages.register.columns.where, changes.what],
            [2, 3, 6],
            changed
              .slice(0, MOST_ROWS)
              .map((one) => [
                cell([idRun(one.vulnerabilityId)]),
                cell(plainText(one.asset ?? '', 120)),
                cell(one.changes.map((change) => inWords(change, messages)).join('; ')),
              ]),
            changed.length,
            messages,
          ),
        ]),
  ];
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
  const say = (value: string | number | null) => (value === null ? '–' : outcomeOf(String(value), messages));
  return `${messages.changes.fields[field] ?? field}: ${say(from)} → ${say(to)}`;
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
          y: messages.method.assessment,
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
          cell(dayOf(createdAt)),
          ...RISK_LEVELS.map((level) => cell(counts[level].toLocaleString(messages.locale), counts[level])),
        ]),
        isRowHeaded: true,
        note: null,
      },
    },
  ];
}
