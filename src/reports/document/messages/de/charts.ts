import type { Messages } from '../messages.ts';
import { many, zahl } from './counting.ts';

/** German words of the matrix and the threat view. */
export const DE_CHARTS: Pick<Messages, 'heatMap' | 'threat'> = {
  heatMap: {
    title: 'Befunde nach Wahrscheinlichkeit und Auswirkung',
    x: 'Auswirkung (1 bis 5)',
    y: 'Wahrscheinlichkeit (1 bis 5)',
    intro:
      'Punktzahl = Wahrscheinlichkeit × Auswirkung. Jedes Feld zeigt die Zahl seiner Befunde und die höchste Stufe darunter; Unbekanntes ist mit dem schlimmsten Wert angesetzt.',
    alt: (most: string) =>
      `Matrix der Wahrscheinlichkeit (nach oben) gegen die Auswirkung (nach rechts). Die meisten Befunde: ${most}.`,
    cell: (likelihood: number, impact: number, findings: string) =>
      `Wahrscheinlichkeit ${likelihood}, Auswirkung ${impact}: ${findings}`,
    likelihood: 'Wahrscheinlichkeit',
    impact: (value: number) => `Auswirkung ${value}`,
    legend: 'Stufe',
    unplaced: (findings: string) =>
      `Ohne Platz in der Matrix: ${findings} (zurückgezogen, nicht gefunden oder durch VEX entkräftet).`,
  },
  threat: {
    intro:
      'Techniken aus MITRE ATT&CK, denen die Befunde zugeordnet sind, nach Taktik: aus veröffentlichten Zuordnungen, aus der Schwäche abgeleitet oder vorhergesagt, wie bei jedem Befund angegeben.',
    none: 'Kein Befund ist einer Technik aus ATT&CK zugeordnet.',
    matrix: 'ATT&CK-Techniken nach Taktik',
    tactic: 'Taktik',
    groups: 'Gruppen',
    groupsNote: 'Gruppen, bei denen ATT&CK die Technik gesehen hat, gleich mit welcher Schwachstelle.',
    technique: 'Technik',
    count: 'Befunde',
    alt: (top: string) => `Häufigkeit der ATT&CK-Techniken in den Zeilen ihrer Taktiken. Am häufigsten: ${top}.`,
    others: (count: number) =>
      `${many(count, 'seltenere Technik ist', 'seltenere Techniken sind')} nicht gezeichnet; in der Tabelle stehen alle.`,
    scatter: 'Prognose der Ausnutzung gegen Schweregrad',
    scatterX: 'CVSS-Basiswert',
    scatterY: 'EPSS: Ausnutzung in 30 Tagen',
    scatterAlt: (count: string, high: string) =>
      `Punkte nach CVSS (rechts) und EPSS (oben) für ${count}; mit CVSS ab 7 und EPSS ab 10 %: ${high}.`,
    scatterLeft: (count: number) =>
      `${many(count, 'Befund hat', 'Befunde haben')} hier keinen Platz: ohne CVSS-Wert, EPSS-Prognose oder Stufe.`,
    scatterSize: (most: number) => `Je größer, desto mehr Befunde mit diesen Werten: 1 bis ${zahl(most)}`,
    scatterTable: 'Die höchsten Prognosen',
    exploited: 'ausgenutzt',
    notExploited: 'keine Ausnutzung bekannt',
    vulnerability: 'Schwachstelle',
  },
};
