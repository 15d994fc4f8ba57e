import type { Fix } from '../../../domain/ticket/fix.ts';
import { translateSentence } from '../german/translate-sentence.ts';
import { DE_CHANGES } from './de/changes.ts';
import { DE_CHARTS } from './de/charts.ts';
import { DE_CLOSING } from './de/closing.ts';
import { many, zahl } from './de/counting.ts';
import { DE_FINDING } from './de/finding.ts';
import { DE_PLAN } from './de/plan.ts';
import { DE_SUMMARY } from './de/summary.ts';
import type { Messages } from './messages.ts';

/** All fixed words of a report, in German. Prose stays English, and the cover says so. */
export const DE: Messages = {
  language: 'de',
  locale: 'de-DE',
  title: 'Risikobewertung von Schwachstellen',
  sections: {
    summary: 'Zusammenfassung',
    changes: 'Änderungen',
    'heat-map': 'Wahrscheinlichkeit und Auswirkung',
    money: 'Erwarteter Schaden',
    plan: 'Maßnahmenplan',
    threat: 'Bedrohungslage',
    findings: 'Befunde im Einzelnen',
    register: 'Alle Befunde',
    accepted: 'Akzeptierte Risiken',
    gaps: 'Lücken und Annahmen',
    method: 'Methode',
    attributions: 'Quellenangaben',
  },
  format: {
    about: 'Zu diesem Bericht',
    contents: 'Inhalt',
    skip: 'Zur Zusammenfassung springen',
    chartAsTable: 'Das Diagramm als Tabelle',
    sortHint: 'nach dieser Spalte sortieren',
    page: 'Seite',
    of: 'von',
  },
  levels: { Critical: 'Kritisch', High: 'Hoch', Medium: 'Mittel', Low: 'Niedrig' },
  noLevel: {
    rejected: 'zurückgezogen',
    not_found: 'nicht gefunden',
    fixed: 'behoben',
    not_affected: 'nicht betroffen',
    false_positive: 'Fehlalarm',
  },
  timelines: {
    '3_days_forensics': '3 Tage, mit forensischer Untersuchung',
    '3_days': '3 Tage',
    '14_days': '14 Tage',
    '60_days': '60 Tage',
    next_upgrade: 'beim nächsten Upgrade',
  },
  deployer: {
    defer: 'aufschieben (defer)',
    scheduled: 'planmäßig (scheduled)',
    out_of_cycle: 'außerplanmäßig (out of cycle)',
    immediate: 'sofort (immediate)',
  },
  coordinator: { track: 'track', track_star: 'track*', attend: 'attend', act: 'act' },
  origins: {
    live: 'live',
    cache: 'Zwischenspeicher',
    mirror: 'lokaler Spiegel',
    snapshot: 'mitgelieferter Auszug',
    unavailable: 'teilweise nicht verfügbar',
  },
  kev: { listed: 'ja', not_listed: 'nein', unknown: 'unbekannt' },
  unknown: 'unbekannt',
  none: 'keine',
  place: (what: string, where: string) =>
    `${what}${what !== '' && where !== '' ? ' ' : ''}${where === '' ? '' : `auf ${where}`}`,
  findings: (count: number) => many(count, 'Befund', 'Befunde'),
  vulnerabilities: (count: number) => many(count, 'Schwachstelle', 'Schwachstellen'),
  assets: (count: number) => many(count, 'System', 'Systeme'),
  fixes: (count: number) => many(count, 'Maßnahme', 'Maßnahmen'),
  more: (count: number) => `und ${zahl(count)} weitere`,
  andMore: 'und weitere',
  fix: whatToDo,
  whenDue: (date: string) => `bis ${date}`,
  usd: 'USD',
  translate: translateSentence,
  prose: {
    mark: 'KI',
    legend: (models: string) =>
      `Mit „KI“ markierte Sätze hat ein Sprachmodell geschrieben${models === '' ? '' : ` (${models})`}; sie wurden gegen die angegebenen Belege (E1, E2, …) geprüft. Stufen, Fristen und Zahlen sind berechnet und stammen nie von einem Modell.`,
    rulesLegend:
      'Kein Sprachmodell war beteiligt: Stufen, Fristen und Zahlen sind berechnet, die Sätze nach Regeln geschrieben.',
    byModel: 'von einem Sprachmodell geschrieben',
    byRules: 'nach Regeln geschrieben',
    englishOnly:
      'Englisch bleibt, was Quellen, Sprachmodelle und Ihre eigenen Dokumente sagen: Titel, Beschreibungen, Sätze von Sprachmodellen, Belege, Antworten von Servern, Warnungen sowie Werte und Quellen der Methode.',
  },
  cover: {
    scope: (findings: string, vulnerabilities: string) => `${findings} zu ${vulnerabilities}`,
    organisation: 'Organisation',
    assessment: 'Bewertung',
    assessedAt: 'Bewertet am',
    targets: 'Bewertet wurde',
    product: 'Erstellt mit',
    asset: 'Systeme',
    assetsKnown: (known: string, all: string) => `System bekannt bei ${known} von ${all}`,
    classification: 'Einstufung',
    data: 'Stand der Daten',
    source: 'Quelle',
    origin: 'Gelesen aus',
    notAsked: 'nichts zu fragen',
    at: 'Stand (ältester)',
    leftOut: (names: string) => `Durch die Berichtsvorlage ausgelassen: ${names}.`,
  },
  ...DE_SUMMARY,
  ...DE_CHANGES,
  ...DE_CHARTS,
  ...DE_PLAN,
  ...DE_FINDING,
  ...DE_CLOSING,
};

function whatToDo(fix: Fix): string {
  switch (fix.kind) {
    case 'upgrade':
      return `${fix.component} auf ${fix.fixedVersion} aktualisieren`;
    case 'component':
      return `${fix.component} aktualisieren oder absichern`;
    case 'product':
      return `${fix.vendor} ${fix.product} aktualisieren oder absichern`;
    case 'vulnerability':
      return `${fix.vulnerabilityId} beheben`;
  }
}
