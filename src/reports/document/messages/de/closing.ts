import type { Messages } from '../messages.ts';
import { many, zahl } from './counting.ts';

/** German words of the register and what stands at the end. */
export const DE_CLOSING: Pick<Messages, 'register' | 'accepted' | 'gaps' | 'method'> = {
  register: {
    caption: 'Alle Befunde, die dringendsten zuerst',
    columns: {
      level: 'Stufe',
      id: 'Kennung',
      title: 'Was',
      where: 'Wo',
      cvss: 'CVSS',
      epss: 'EPSS',
      kev: 'KEV',
      due: 'Frist',
    },
    left: (count: number) =>
      `${many(count, 'weiterer Befund', 'weitere Befunde')}: nicht aufgeführt; JSON und CSV enthalten alle.`,
    accepted: 'akzeptiert',
    uncertain: 'eine Quelle war nicht lesbar: schlimmster Wert',
  },
  accepted: {
    none: 'Es ist kein Risiko akzeptiert.',
    caption: 'Akzeptierte Risiken; jedes endet an seinem Tag',
    risk: 'Risiko',
    owner: 'Zuständig',
    approver: 'Genehmigt von',
    reason: 'Grund',
    expires: 'Läuft ab',
    state: 'Stand',
    states: { active: 'in Kraft', expired: 'abgelaufen', to_review: 'zu überprüfen' },
    overruled: 'in Kraft, aber CISA listet es als ausgenutzt oder kann es listen: die Frist bleibt',
    left: (count: number) => `${many(count, 'weiteres ist', 'weitere sind')} nicht aufgeführt.`,
  },
  gaps: {
    caption: 'Was nicht gelesen werden konnte',
    none: 'Es gibt keine Lücken: Jede Quelle hat zu jeder Schwachstelle geantwortet.',
    source: 'Quelle',
    reason: 'Grund',
    count: 'Schwachstellen',
    which: 'Welche',
    unknownsCaption: 'Unbekannte Eingaben; jede ist für Stufe und Frist mit dem schlimmsten Wert angesetzt',
    unknownsNone: 'Alle Eingaben der Entscheidungen sind bekannt.',
    name: 'Unbekannt',
    decides: 'Betrifft',
    findings: 'Befunde',
    outcome: 'Ergebnis hängt davon ab',
    assumptions: 'Annahmen der Schadensschätzung',
    warnings: 'Warnungen',
  },
  method: {
    intro:
      'Stufen, Fristen und Prioritäten sind aus den Daten nach veröffentlichten Tabellen und den genannten Konstanten berechnet; gleiche Daten geben gleiche Ergebnisse. Ein Sprachmodell, wo eines verwendet wird, schreibt nur Sätze; jeder wird gegen die Belege geprüft, die er nennt.',
    versions: 'Versionen',
    eras: 'ERAS',
    schema: 'Schema der Bewertung',
    assessment: 'Bewertung',
    models: 'Sprachmodelle',
    noModel: 'keine',
    options: 'Optionen',
    constants: 'Tabellen und Konstanten',
    name: 'Was',
    value: 'Wert',
    source: 'Quelle',
    levels: 'Stufe nach Punktzahl (Wahrscheinlichkeit × Auswirkung)',
    levelsValue: (critical: number, high: number, medium: number) =>
      `Kritisch ab ${critical}, Hoch ab ${high}, Mittel ab ${medium}, sonst Niedrig`,
    levelsSource: 'Konfiguration beim Erstellen dieses Berichts',
    limits: 'Umfang dieses Berichts',
    limitsValue: (explained: number, listed: number) =>
      `höchstens ${zahl(explained)} Schwachstellen im Einzelnen erklärt, ${zahl(listed)} Befunde aufgeführt`,
  },
};
