import { isSourceName, SOURCE_TITLES } from '../../../domain/source/source-titles.ts';
import { plainText } from '../../words.ts';
import type { Block, TableBlock } from '../document.ts';
import { firstFew } from '../names.ts';
import type { ReportContext } from '../report-context.ts';
import { cell, line, paragraph, strong } from '../text.ts';
import { nameOf } from './name-of.ts';

/** Distinct reasons that are listed. */
const MOST_ROWS = 50;

/** What could not be read, what is not known and what it decides, and what was assumed. */
export function gapsSection(context: ReportContext): Block[] {
  const { head, survey, messages } = context;
  const { gaps } = messages;
  const assumptions = head.portfolio?.assumptions ?? [];
  return [
    ...(head.gaps.length === 0 ? [paragraph(gaps.none)] : [gapTable(context)]),
    ...(survey.unknowns.length === 0 ? [paragraph(gaps.unknownsNone)] : [unknownsTable(context)]),
    ...listOf(
      gaps.assumptions,
      assumptions.map((text) => messages.translate('assumption', text) ?? text),
    ),
    ...listOf(gaps.warnings, head.warnings),
  ];
}

function gapTable({ head, messages }: ReportContext): TableBlock {
  const { gaps } = messages;
  const groups = new Map<string, { source: string; reason: string; count: number; ids: string[] }>();
  for (const { source, reason, cveId } of head.gaps) {
    const key = JSON.stringify([source, reason]);
    const group = groups.get(key) ?? { source, reason, count: 0, ids: [] };
    group.count += 1;
    if (cveId !== null && group.ids.length < 6) group.ids.push(plainText(cveId, 60));
    groups.set(key, group);
  }
  const ordered = [...groups.values()].sort((one, other) => other.count - one.count);
  return {
    kind: 'table',
    caption: gaps.caption,
    columns: [
      { title: gaps.source, weight: 2 },
      { title: gaps.reason, weight: 5 },
      { title: gaps.count, weight: 1.5, align: 'end' },
      { title: gaps.which, weight: 4 },
    ],
    rows: ordered
      .slice(0, MOST_ROWS)
      .map(({ source, reason, count, ids }) => [
        cell(isSourceName(source) ? SOURCE_TITLES[source] : line(source, 120)),
        cell(line(messages.translate('gap', reason) ?? reason, 300)),
        cell(count.toLocaleString(messages.locale), count),
        cell(ids.length === 0 ? '–' : firstFew(ids, messages, count)),
      ]),
    isRowHeaded: true,
    note: ordered.length > MOST_ROWS ? messages.more(ordered.length - MOST_ROWS) : null,
  };
}

function unknownsTable({ survey, messages }: ReportContext): TableBlock {
  const { gaps } = messages;
  return {
    kind: 'table',
    caption: gaps.unknownsCaption,
    columns: [
      { title: gaps.name, weight: 3 },
      { title: gaps.decides, weight: 4 },
      { title: gaps.findings, weight: 2, align: 'end' },
      { title: gaps.outcome, weight: 2, align: 'end' },
    ],
    rows: survey.unknowns.map(({ name, affects, count, decides }) => [
      cell(nameOf(name, messages)),
      cell(nameOf(affects, messages)),
      cell(count.toLocaleString(messages.locale), count),
      cell(decides.toLocaleString(messages.locale), decides),
    ]),
    isRowHeaded: true,
    note: null,
  };
}

function listOf(title: string, texts: readonly string[]): Block[] {
  if (texts.length === 0) return [];
  return [
    paragraph([strong(title)]),
    { kind: 'list', isOrdered: false, items: texts.slice(0, MOST_ROWS).map((text) => line(text, 400)) },
  ];
}
