import type { Chart, ChartWords } from '../../src/reports/charts/chart.ts';

const WORDS: ChartWords = {
  title: 'Title',
  x: 'x axis',
  y: 'y axis',
  legend: 'Level',
  levels: { Critical: 'Critical', High: 'High', Medium: 'Medium', Low: 'Low' },
  more: { ale: 'ALE', var95: 'VaR 95', exploited: 'exploited', notExploited: 'not known to be exploited' },
};
const TACTICS = ['Initial Access', 'Execution', 'Privilege Escalation', 'Command and Control', 'Impact'];

/** One of each chart, with enough in it to be looked at. */
export const EXAMPLE_CHARTS: readonly Chart[] = [
  {
    name: 'heat-map',
    words: WORDS,
    cells: [
      { likelihood: 5, impact: 5, count: 12, level: 'Critical' },
      { likelihood: 3, impact: 4, count: 240, level: 'High' },
      { likelihood: 3, impact: 3, count: 1234, level: 'Medium' },
      { likelihood: 1, impact: 2, count: 4, level: 'Low' },
    ],
  },
  {
    name: 'loss-exceedance',
    words: WORDS,
    points: [0.6, 0.5, 0.35, 0.2, 0.1, 0.05, 0.02, 0.01].map((probability, n) => ({
      loss: 1000 * 3 ** n,
      probability,
    })),
    ale: 40_000,
    var95: 243_000,
  },
  {
    name: 'due-dates',
    words: WORDS,
    days: [
      { date: '2026-03-04', level: 'Critical', count: 12 },
      { date: '2026-03-04', level: 'High', count: 7 },
      { date: '2026-03-15', level: 'High', count: 20 },
      { date: '2026-03-15', level: 'Low', count: 1 },
      { date: '2026-04-30', level: 'Medium', count: 9 },
    ],
  },
  {
    name: 'epss-cvss',
    words: WORDS,
    points: [
      { cvss: 9.8, epss: 0.97, level: 'Critical', isExploited: true, count: 3 },
      { cvss: 7.5, epss: 0.4, level: 'High', isExploited: false, count: 9 },
      { cvss: 5.3, epss: 0.05, level: 'Medium', isExploited: false, count: 1 },
      { cvss: 3.1, epss: 0.01, level: 'Low', isExploited: true, count: 1 },
    ],
  },
  {
    name: 'attack-matrix',
    words: WORDS,
    cells: TACTICS.flatMap((tactic, row) =>
      Array.from({ length: 5 - row }, (_, n) => ({
        tactic,
        techniqueId: `T1${row}0${n}`,
        name: n === 0 ? 'Exploitation of Remote Services and more' : 'Proxy',
        count: 20 - row * 3 - n * 4 + 4,
      })),
    ),
  },
  {
    name: 'trend',
    words: WORDS,
    points: [0, 1, 2].map((n) => ({
      assessmentId: `A${n}`,
      createdAt: `2026-0${n + 1}-01T10:00:00Z`,
      counts: { Critical: 5 - n, High: 9 + n, Medium: 20 - 3 * n, Low: 4 },
    })),
  },
];
