import type { SentencePair } from './translate-by.ts';

/** Assumptions of losses (src/scoring/fair). Amounts are written as USD and a number. */
export const LOSSES: readonly SentencePair[] = [
  [
    '{1#} attempts a year = −ln(1 − p) × 365/30, p = {2.}: {3}',
    '{1} Versuche im Jahr = −ln(1 − p) × 365/30, p = {2#}: {3!}',
  ],
  ['EPSS not known, taken as 0', 'EPSS nicht bekannt, als 0 angesetzt'],
  ['EPSS {1#} of {2.}', 'EPSS {1} vom {2}'],
  [
    'raised for CISA KEV by {1#} of what is left to 1 (assumption)',
    'wegen CISA KEV erhöht um {1} dessen, was an 1 fehlt (Annahme)',
  ],
  ['whether CISA lists it could not be read, taken as no', 'ob CISA sie führt, war nicht lesbar, als nein angesetzt'],
  ['exposure unknown, taken as open', 'Erreichbarkeit unbekannt, als offen angesetzt'],
  ['× {1#} for exposure {2.} (assumption)', '× {1} wegen Erreichbarkeit {2!} (Annahme)'],
  ['at most {1#}', 'höchstens {1}'],
  ["susceptibility {1#}: the asset's own", 'Anfälligkeit {1}: am System angegeben'],
  ['susceptibility {1#}: {2}', 'Anfälligkeit {1}: {2!}'],
  [
    'our default, an assumption: the asset does not say its own',
    'unser Vorgabewert, eine Annahme: am System ist keine angegeben',
  ],
  ['the configuration', 'die Konfiguration'],
  [
    '× {1#} for each control in its path (assumption): {2}',
    '× {1} für jede Schutzmaßnahme in ihrem Weg (Annahme): {2}',
  ],
  ['one event costs {1} to {2} ({3}), {4}', 'ein Vorfall kostet {1} bis {2} ({3!}), {4!}'],
  ["the asset's own", 'am System angegeben'],
  ["the configuration's band for criticality {1.}", 'Bereich der Konfiguration für Kritikalität {1}'],
  ['its 5th and 95th percentiles, lognormal', 'als 5. und 95. Perzentil, lognormal'],
  ['taken as its least and its most, PERT', 'als Mindest- und Höchstwert, PERT'],
  ['primary and secondary loss are in that amount together', 'Primär- und Folgeschaden sind darin zusammen enthalten'],
  [
    'secondary loss beside it in {1.} of the events, {2} to {3} (configuration)',
    'Folgeschaden daneben bei einem Anteil von {1#} der Vorfälle, {2} bis {3} (Konfiguration)',
  ],
  [
    'that range is so wide that one event costs {1} on average, more than its 95th percentile: the figures hang on events too rare to be simulated; a narrower range tells more',
    'dieser Bereich ist so weit, dass ein Vorfall im Mittel {1} kostet, mehr als sein 95. Perzentil: die Zahlen hängen an Vorfällen, die zu selten zum Simulieren sind; ein engerer Bereich sagt mehr',
  ],
  [
    '{1#} simulated years with at least one event, fewer than the usual because so many are simulated in this run; how many years have none is computed, not simulated',
    '{1} simulierte Jahre mit mindestens einem Vorfall, weniger als üblich, weil in diesem Lauf so viele simuliert werden; wie viele Jahre keinen haben, ist berechnet, nicht simuliert',
  ],
  [
    '{1#} simulated years with at least one event; how many years have none is computed, not simulated',
    '{1} simulierte Jahre mit mindestens einem Vorfall; wie viele Jahre keinen haben, ist berechnet, nicht simuliert',
  ],
  [
    'attempts on an asset are those on its most attacked vulnerability; every other one is tried in its own share of them, and an attempt that comes through several costs once: the whole is less than the sum of the findings',
    'die Versuche an einem System sind die an seiner am meisten angegriffenen Schwachstelle; jede andere wird in ihrem Anteil davon versucht, und ein Versuch, der durch mehrere kommt, kostet einmal: das Ganze ist weniger als die Summe der Befunde',
  ],
  ['assets are independent of each other', 'Systeme sind voneinander unabhängig'],
  [
    'what fixes take away is computed in closed form, each with those before it made; attempts stay as many',
    'was Maßnahmen verringern, ist geschlossen berechnet, jede nach denen vor ihr; die Zahl der Versuche bleibt',
  ],
  [
    'what a fix costs is not known: fixes are ranked by what they take away',
    'was eine Maßnahme kostet, ist nicht bekannt: geordnet ist nach dem, was sie verringern',
  ],
  ['a fix costs {1} and {2} an asset (configuration)', 'eine Maßnahme kostet {1} und {2} je System (Konfiguration)'],
  [
    'loss ranges of more than 50,000 to 1: {1}; what is expected there hangs on events too rare to be simulated',
    'Schadensbereiche von mehr als 50.000 zu 1: {1}; was dort zu erwarten ist, hängt an Vorfällen, die zu selten zum Simulieren sind',
  ],
  // Lists, after all that hold a semicolon of their own.
  ['{1}; {2}', '{1!}; {2!}'],
  ['{1#}, {2}', '{1}, {2!}'],
];
