import type { Block, Cell } from '../document.ts';
import { formatNumber } from '../number-format.ts';
import type { ReportContext } from '../report-context.ts';
import { cell, levelRun, paragraph } from '../text.ts';

const STEPS = [1, 2, 3, 4, 5] as const;

/** The 5×5 matrix of counts. */
export function heatMapSection({ survey, messages }: ReportContext): Block[] {
  const { heatMap, levels } = messages;
  const placed = survey.heat.reduce((sum, { count }) => sum + count, 0);
  const most = [...survey.heat].sort((one, other) => other.count - one.count).slice(0, 3);
  const alt = most.map(({ likelihood, impact, count }) => heatMap.cell(likelihood, impact, messages.findings(count)));
  return [
    paragraph(heatMap.intro),
    {
      kind: 'figure',
      chart: {
        name: 'heat-map',
        words: { title: heatMap.title, x: heatMap.x, y: heatMap.y, legend: heatMap.legend, levels, more: {} },
        cells: survey.heat.map((one) => ({ ...one, shown: formatNumber(one.count, messages.locale) })),
      },
      alt: heatMap.alt(alt.length === 0 ? messages.none : alt.join('; ')),
      table: {
        kind: 'table',
        caption: heatMap.title,
        columns: [
          { title: heatMap.likelihood, weight: 2 },
          ...STEPS.map((impact) => ({ title: heatMap.impact(impact), weight: 2, align: 'end' as const })),
        ],
        rows: STEPS.toReversed().map((likelihood) => [
          cell(String(likelihood), likelihood),
          ...STEPS.map((impact): Cell => {
            const found = survey.heat.find((one) => one.likelihood === likelihood && one.impact === impact);
            if (found === undefined) return cell('0', 0);
            const text = `${found.count.toLocaleString(messages.locale)} `;
            return cell([{ text }, levelRun(found.level, levels[found.level])], found.count);
          }),
        ]),
        isRowHeaded: true,
        note: null,
      },
    },
    ...(placed < survey.findings
      ? [paragraph(heatMap.unplaced(messages.findings(survey.findings - placed)), 'note')]
      : []),
  ];
}
