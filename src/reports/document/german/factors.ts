import type { SentencePair } from './translate-by.ts';

/** What factors do (src/scoring/finding). */
export const EFFECTS: readonly SentencePair[] = [
  // exploitation
  [
    'likelihood starts at 5 of 5 (now {1#}): known exploitation beats any forecast',
    'Wahrscheinlichkeit beginnt bei 5 von 5 (jetzt {1}): bekannte Ausnutzung wiegt mehr als jede Prognose',
  ],
  ['taken at its worst', 'mit dem schlimmsten Wert angesetzt'],
  ['likelihood at least 2 of 5', 'Wahrscheinlichkeit mindestens 2 von 5'],
  ['likelihood follows the forecast', 'Wahrscheinlichkeit folgt der Prognose'],
  [
    'does not change the score; used in ransomware campaigns, so expect loss of availability and extortion',
    'ändert die Punktzahl nicht; aus Ransomware-Kampagnen bekannt, also ist mit Ausfall und Erpressung zu rechnen',
  ],
  // EPSS
  ['not known; exploitation is, which counts more', 'nicht bekannt; bekannt ist eine Ausnutzung, und die wiegt mehr'],
  [
    'not known; taken at its worst for the level and at its expected value for the ranking',
    'nicht bekannt; für die Stufe mit dem schlimmsten, für die Reihenfolge mit dem erwarteten Wert angesetzt',
  ],
  [
    'does not change likelihood: exploitation is known',
    'ändert die Wahrscheinlichkeit nicht: eine Ausnutzung ist bekannt',
  ],
  [
    'sets the forecast band of likelihood (from 0.5: 4, from 0.1: 3, from 0.01: 2, below: 1)',
    'bestimmt die Wahrscheinlichkeit nach Prognose (ab 0,5: 4, ab 0,1: 3, ab 0,01: 2, darunter: 1)',
  ],
  // automatable
  [
    'decides the remediation timeline; likelihood starts at 5 already',
    'entscheidet über die Frist; die Wahrscheinlichkeit beginnt schon bei 5',
  ],
  ['no change', 'keine Änderung'],
  ['+1 likelihood', '+1 Wahrscheinlichkeit'],
  ['not known, taken as yes: +1 likelihood', 'nicht bekannt, als ja angesetzt: +1 Wahrscheinlichkeit'],
  // impact
  ['impact at least 4 of 5', 'Auswirkung mindestens 4 von 5'],
  [
    'not known, taken as total: impact at least 4 of 5',
    'nicht bekannt, als vollständig angesetzt: Auswirkung mindestens 4 von 5',
  ],
  [
    "nobody has scored it; from its reporter's word, impact is {1#} of 5",
    'von niemandem bewertet; nach dem Wort des Melders ist die Auswirkung {1} von 5',
  ],
  [
    "no score could be read; its reporter's word may be mild, and impact is {1#} of 5",
    'kein Wert war lesbar; das Wort des Melders kann zu milde sein, und die Auswirkung ist {1} von 5',
  ],
  [
    'no score could be read; impact is taken at its worst',
    'kein Wert war lesbar; die Auswirkung ist mit dem schlimmsten Wert angesetzt',
  ],
  [
    'nobody has scored it; impact is taken at its worst',
    'von niemandem bewertet; die Auswirkung ist mit dem schlimmsten Wert angesetzt',
  ],
  // What is long stands before what it begins with.
  ['{1}; the vector is not valid', '{1!}; der Vektor ist nicht gültig'],
  ['{1}; the record states {2#}, the vector gives {3#}', '{1!}; im Datensatz steht {2}, der Vektor ergibt {3}'],
  [
    'a source that could not be read may carry a worse one, so impact is {1#} of 5',
    'eine nicht lesbare Quelle kann einen schlimmeren haben, daher ist die Auswirkung {1} von 5',
  ],
  [
    'what v2.0 calls partial may be high, so impact is {1#} of 5',
    'was v2.0 partial nennt, kann hoch sein, daher ist die Auswirkung {1} von 5',
  ],
  [
    "from the vector's impact metrics, impact is {1#} of 5",
    'nach den Auswirkungsmaßen des Vektors ist die Auswirkung {1} von 5',
  ],
  // the asset
  ['no reduction', 'keine Minderung'],
  ['−1 likelihood', '−1 Wahrscheinlichkeit'],
  ['−2 likelihood', '−2 Wahrscheinlichkeit'],
  ['−1 impact', '−1 Auswirkung'],
  ['not known, taken as open', 'nicht bekannt, als offen angesetzt'],
  ['not known, taken as critical', 'nicht bekannt, als kritisch angesetzt'],
  [
    'no change: it does not stand in the path of this vulnerability',
    'keine Änderung: sie steht dieser Schwachstelle nicht im Weg',
  ],
  [
    '−1 likelihood in all: {1} mitigates {2}, by which it is exploited',
    '−1 Wahrscheinlichkeit insgesamt: {1} wirkt gegen {2}, womit sie ausgenutzt wird',
  ],
  [
    '−1 likelihood in all: {1} mitigates {2}, by which it is probably exploited (derived, confidence {3#})',
    '−1 Wahrscheinlichkeit insgesamt: {1} wirkt gegen {2}, womit sie vermutlich ausgenutzt wird (abgeleitet, Vertrauen {3})',
  ],
  [
    'environmental score {1#} ({2.}): ranks where EPSS is not known',
    'Umgebungswert {1} ({2}): ordnet, wo EPSS nicht bekannt ist',
  ],
  // VEX and decisions
  ['the product is mended: there is nothing to remediate', 'das Produkt ist repariert: es ist nichts zu beheben'],
  [
    'the product is not affected: there is nothing to remediate',
    'das Produkt ist nicht betroffen: es ist nichts zu beheben',
  ],
  ['no change: it gives no reason', 'keine Änderung: es ist kein Grund angegeben'],
  [
    'does not lower the level: CISA lists it as exploited, so the statement is to be reviewed',
    'senkt die Stufe nicht: CISA führt sie als ausgenutzt, die Aussage ist also zu überprüfen',
  ],
  [
    'does not lower the level while whether CISA lists it as exploited could not be read',
    'senkt die Stufe nicht, solange nicht lesbar war, ob CISA sie als ausgenutzt führt',
  ],
  ['lived with until {1.}; level and dates stay', 'wird bis {1} in Kauf genommen; Stufe und Fristen bleiben'],
  ['no longer in force since {1.}: to be decided again', 'seit {1} nicht mehr in Kraft: neu zu entscheiden'],
  [
    'CISA listed it as exploited after the decision: to be reviewed',
    'CISA führt sie seit nach der Entscheidung als ausgenutzt: zu überprüfen',
  ],
  // ids
  [
    'NVD and the CVE Program do not have this id yet: what its reporters say counts',
    'NVD und CVE-Programm haben diese Kennung noch nicht: es zählt, was ihre Melder sagen',
  ],
  [
    'no record of NVD or the CVE Program could be read: what its reporters say stands in, and may be mild',
    'kein Datensatz von NVD oder CVE-Programm war lesbar: an seiner Stelle steht, was ihre Melder sagen, und das kann zu milde sein',
  ],
  [
    'the CVE was withdrawn: there is nothing to remediate',
    'die CVE-Kennung wurde zurückgezogen: es ist nichts zu beheben',
  ],
  [
    'the advisory was withdrawn: there is nothing to remediate',
    'der Sicherheitshinweis wurde zurückgezogen: es ist nichts zu beheben',
  ],
  ['NVD and the CVE Program do not know this id', 'NVD und CVE-Programm kennen diese Kennung nicht'],
  [
    'the database that gathers such ids does not know it',
    'die Datenbank, die solche Kennungen sammelt, kennt sie nicht',
  ],
  [
    'whether the component is affected is not decided: {1}; judged as if it were',
    'ob die Komponente betroffen ist, ist nicht entschieden: {1}; beurteilt, als wäre sie es',
  ],
];

/** Values of factors and of what changed. */
export const VALUES: readonly SentencePair[] = [
  ['active', 'aktiv'],
  ['public_poc', 'öffentlicher Nachweis (public_poc)'],
  ['none', 'keine'],
  ['unknown', 'unbekannt'],
  ['unknown ({1.} or {2.} or {3.})', 'unbekannt ({1!}, {2!} oder {3!})'],
  ['unknown ({1.} or {2.})', 'unbekannt ({1!} oder {2!})'],
  ['yes', 'ja'],
  ['no', 'nein'],
  ['total', 'vollständig (total)'],
  ['partial', 'teilweise (partial)'],
  ['open', 'offen'],
  ['controlled', 'kontrolliert'],
  ['small', 'klein'],
  ['low', 'niedrig'],
  ['medium', 'mittel'],
  ['high', 'hoch'],
  ['critical', 'kritisch'],
  ['very_high', 'sehr hoch'],
  ['Known', 'bekannt'],
  ['Unknown', 'unbekannt'],
  ['listed', 'gelistet'],
  ['not_listed', 'nicht gelistet'],
  ['reported', 'gemeldet'],
  ['assessed', 'bewertet'],
  ['incomplete', 'unvollständig'],
  ['not_found', 'nicht gefunden'],
  ['rejected', 'zurückgezogen'],
  ['accepted', 'akzeptiert'],
  ['false_positive', 'Fehlalarm'],
  ['affected', 'betroffen'],
  ['not_affected', 'nicht betroffen'],
  ['fixed', 'behoben'],
  ['under_investigation', 'wird untersucht'],
  ['{1.} ({2.})', '{1!} ({2!})'],
  ['component_not_present', 'Komponente nicht vorhanden'],
  ['vulnerable_code_not_present', 'verwundbarer Code nicht vorhanden'],
  ['vulnerable_code_not_in_execute_path', 'verwundbarer Code wird nicht ausgeführt'],
  ['vulnerable_code_cannot_be_controlled_by_adversary', 'verwundbarer Code für Angreifer nicht steuerbar'],
  ['inline_mitigations_already_exist', 'eingebaute Gegenmaßnahmen vorhanden'],
];

/** Where factors come from. */
export const SOURCES: readonly SentencePair[] = [
  ['references tagged as exploit', 'als Exploit gekennzeichnete Verweise'],
  ['CVSS exploit maturity', 'Exploit-Reife nach CVSS'],
  ['CISA KEV, CISA SSVC and references', 'CISA KEV, CISA SSVC und Verweise'],
  ['derived from the CVSS {1.} vector', 'aus dem CVSS-{1}-Vektor abgeleitet'],
  ["its reporter's word for how bad it is", 'das Wort des Melders'],
  ['what reports it', 'was sie meldet'],
  ['no source gives it', 'keine Quelle nennt es'],
  ['no asset given', 'kein System angegeben'],
  ['asset', 'System'],
  ['VEX by {1}', 'VEX von {1}'],
  ['the asset, by {1}', 'das System, laut {1}'],
  ['the command line', 'die Befehlszeile'],
  ['the CVSS vector of {1}', 'der CVSS-Vektor von {1}'],
  ['a VEX document', 'ein VEX-Dokument'],
  ['a VEX document, {1.}', 'ein VEX-Dokument, {1}'],
  ['{1}, approved by {2}', '{1}, genehmigt von {2}'],
];
