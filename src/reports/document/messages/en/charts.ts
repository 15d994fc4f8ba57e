import { many } from './counting.ts';

/** English words of the matrix and the threat view. */
export const EN_CHARTS = {
  heatMap: {
    title: 'Findings by likelihood and impact',
    x: 'Impact (1 to 5)',
    y: 'Likelihood (1 to 5)',
    intro:
      'Score = likelihood × impact. Each cell has its number of findings and the worst level among them; what is not known is taken at its worst.',
    alt: (most: string) => `Matrix of likelihood (up) against impact (right). Most findings: ${most}.`,
    cell: (likelihood: number, impact: number, findings: string) =>
      `likelihood ${likelihood}, impact ${impact}: ${findings}`,
    likelihood: 'Likelihood',
    impact: (value: number) => `Impact ${value}`,
    legend: 'Level',
    unplaced: (findings: string) =>
      `${findings} without a place in the matrix: rejected, not found, or cleared by VEX.`,
  },
  threat: {
    intro:
      'Techniques of MITRE ATT&CK that the findings are mapped to, by tactic: from published mappings, from the weakness, or predicted, as each finding says.',
    none: 'No finding is mapped to a technique of ATT&CK.',
    matrix: 'ATT&CK techniques by tactic',
    tactic: 'Tactic',
    groups: 'Groups',
    groupsNote: 'Groups that ATT&CK has seen using the technique, whatever the vulnerability.',
    technique: 'Technique',
    count: 'Findings',
    alt: (top: string) => `Heat of ATT&CK techniques in the rows of their tactics. Most often: ${top}.`,
    others: (count: number) =>
      `${many(count, 'rarer technique is', 'rarer techniques are')} not drawn; the table has all.`,
    scatter: 'Exploitation forecast against severity',
    scatterX: 'CVSS base score',
    scatterY: 'EPSS: exploitation in 30 days',
    scatterAlt: (count: string, high: string) =>
      `Points by CVSS (right) and EPSS (up) for ${count}; ${high} with CVSS of at least 7 and EPSS of at least 10 %.`,
    scatterLeft: (count: number) =>
      `${many(count, 'finding has', 'findings have')} no place here: without a CVSS score, an EPSS forecast or a level.`,
    scatterSize: (most: number) =>
      `The larger, the more findings with these scores: 1 to ${most.toLocaleString('en-US')}`,
    scatterTable: 'The highest forecasts',
    exploited: 'exploited',
    notExploited: 'not known to be exploited',
    vulnerability: 'Vulnerability',
  },
};
