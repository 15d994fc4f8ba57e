import type { ScorePoint, TechniqueCell } from '../../charts/chart.ts';
import type { Block, FigureBlock } from '../document.ts';
import { percent, score } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { cell, levelRun, paragraph } from '../text.ts';
import { tacticName, tacticOrder } from './tactics.ts';

/** Techniques that the matrix draws a tactic: more cannot be read on a page. */
const PER_TACTIC = 5;
/** Points in the table under the scatter. */
const MOST_POINTS = 15;

/** How attackers come in and what they do then: techniques by tactic, and forecast against severity. */
export function threatSection(context: ReportContext): Block[] {
  const { survey, messages } = context;
  const { threat } = messages;
  return [
    ...(survey.techniques.length === 0 ? [paragraph(threat.none)] : [paragraph(threat.intro), ...matrix(context)]),
    ...(survey.points.length === 0 ? [] : [scatter(context), ...notDrawn(context)]),
  ];
}

function matrix({ survey, messages }: ReportContext): Block[] {
  const { threat, levels } = messages;
  const drawn = perTactic(survey.techniques);
  const top = survey.techniques.slice(0, 3).map(({ name, techniqueId, count }) => `${name} (${techniqueId}): ${count}`);
  const ordered = [...survey.techniques].sort(
    (one, other) => tacticOrder(one.tactic) - tacticOrder(other.tactic) || other.count - one.count,
  );
  const left = survey.techniques.length - drawn.length;
  return [
    {
      kind: 'figure',
      chart: {
        name: 'attack-matrix',
        words: { title: threat.matrix, x: threat.tactic, y: '', legend: threat.count, levels, more: {} },
        cells: drawn.map((one) => ({ ...one, tactic: tacticName(one.tactic) })),
      },
      alt: threat.alt(top.join('; ')),
      table: {
        kind: 'table',
        caption: threat.matrix,
        columns: [
          { title: threat.tactic, weight: 3 },
          { title: threat.technique, weight: 5 },
          { title: threat.groups, weight: 4 },
          { title: threat.count, weight: 1, align: 'end' },
        ],
        rows: ordered.map(({ tactic, techniqueId, name, groups, count }) => [
          cell(tacticName(tactic), tacticOrder(tactic)),
          cell(`${techniqueId} ${name}`),
          cell(groups == null ? '–' : groupWords(groups, messages), groups?.count ?? 0),
          cell(count.toLocaleString(messages.locale), count),
        ]),
        isRowHeaded: true,
        note: threat.groupsNote,
      },
    },
    ...(left > 0 ? [paragraph(threat.others(left), 'note')] : []),
  ];
}

function groupWords(
  { names, count }: NonNullable<TechniqueCell['groups']>,
  messages: ReportContext['messages'],
): string {
  return count > names.length ? `${names.join(', ')} ${messages.more(count - names.length)}` : names.join(', ');
}

/** The most frequent techniques of each tactic, tactics in kill-chain order. */
function perTactic(cells: readonly TechniqueCell[]): TechniqueCell[] {
  const tactics = [...new Set(cells.map(({ tactic }) => tactic))].sort(
    (one, other) => tacticOrder(one) - tacticOrder(other),
  );
  return tactics.flatMap((tactic) => cells.filter((one) => one.tactic === tactic).slice(0, PER_TACTIC));
}

/** How many findings have no place in the scatter. */
function notDrawn({ survey, messages }: ReportContext): Block[] {
  const left = survey.findings - sum(survey.points);
  return left === 0 ? [] : [paragraph(messages.threat.scatterLeft(left), 'note')];
}

function scatter({ survey, messages }: ReportContext): FigureBlock {
  const { threat, levels, heatMap } = messages;
  const total = sum(survey.points);
  const high = sum(survey.points.filter(({ cvss, epss }) => cvss >= 7 && epss >= 0.1));
  const most = Math.max(...survey.points.map(({ count }) => count));
  const highest = [...survey.points]
    .sort((one, other) => other.epss - one.epss || other.cvss - one.cvss)
    .slice(0, MOST_POINTS);
  return {
    kind: 'figure',
    chart: {
      name: 'epss-cvss',
      words: {
        title: threat.scatter,
        x: threat.scatterX,
        y: threat.scatterY,
        legend: heatMap.legend,
        levels,
        more: {
          exploited: threat.exploited,
          notExploited: threat.notExploited,
          size: most === 1 ? '' : threat.scatterSize(most),
        },
      },
      points: survey.points,
    },
    alt: threat.scatterAlt(messages.findings(total), messages.findings(high)),
    table: {
      kind: 'table',
      caption: threat.scatterTable,
      columns: [
        { title: 'EPSS', weight: 1, align: 'end' },
        { title: 'CVSS', weight: 1, align: 'end' },
        { title: heatMap.legend, weight: 2 },
        { title: messages.finding.kev, weight: 2 },
        { title: threat.count, weight: 1, align: 'end' },
      ],
      rows: highest.map(({ epss, cvss, level, isExploited, count }) => [
        cell(percent(epss, messages), epss),
        cell(score(cvss, messages), cvss),
        cell([levelRun(level, levels[level])]),
        cell(isExploited ? threat.exploited : threat.notExploited),
        cell(count.toLocaleString(messages.locale), count),
      ]),
      isRowHeaded: false,
      note: null,
    },
  };
}

function sum(points: readonly ScorePoint[]): number {
  return points.reduce((total, { count }) => total + count, 0);
}
