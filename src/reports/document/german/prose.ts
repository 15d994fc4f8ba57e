import type { SentencePair } from './translate-by.ts';

/** Sentences that rules write of a finding (src/agents/vulnerability/write-rules.ts, src/agents/threat/write-rules.ts). */
export const PROSE: readonly SentencePair[] = [
  // what it is
  ['OSV was read and does not know {1.}.', 'OSV wurde gelesen und kennt {1} nicht.'],
  [
    'NVD and the CVE Program were read and do not know {1.}.',
    'NVD und CVE-Programm wurden gelesen und kennen {1} nicht.',
  ],
  ['{1.} was rejected: it is no vulnerability.', '{1} wurde zurückgezogen: es ist keine Schwachstelle.'],
  [
    '{1.} ({2}) is rated {3.}: likelihood {4#} of 5, impact {5#} of 5.',
    '{1} ({2}) ist {3!} eingestuft: Wahrscheinlichkeit {4} von 5, Auswirkung {5} von 5.',
  ],
  [
    '{1.} is rated {2.}: likelihood {3#} of 5, impact {4#} of 5.',
    '{1} ist {2!} eingestuft: Wahrscheinlichkeit {3} von 5, Auswirkung {4} von 5.',
  ],
  ['none', 'kein Schweregrad'],
  ['critical', 'kritisch'],
  ['high', 'hoch'],
  ['medium', 'mittel'],
  ['low', 'niedrig'],
  ['Critical', 'kritisch'],
  ['High', 'hoch'],
  ['Medium', 'mittel'],
  ['Low', 'niedrig'],
  ['Its CVSS {1.} base score is {2#} ({3.}).', 'Der CVSS-{1}-Basiswert ist {2} ({3!}).'],
  ['No CVSS score could be read.', 'Kein CVSS-Wert war lesbar.'],
  ['Nobody has published a CVSS score.', 'Niemand hat einen CVSS-Wert veröffentlicht.'],
  [
    'Not every source could be read: what is missing is taken at its worst.',
    'Nicht jede Quelle war lesbar: was fehlt, ist mit dem schlimmsten Wert angesetzt.',
  ],
  ['{1.} ({2}) is mended in this product, says {3}.', '{1} ({2}) ist in diesem Produkt behoben, sagt {3}.'],
  ['{1.} ({2}) does not affect this product, says {3}.', '{1} ({2}) betrifft dieses Produkt nicht, sagt {3}.'],
  ['{1.} is mended in this product, says {2}.', '{1} ist in diesem Produkt behoben, sagt {2}.'],
  ['{1.} does not affect this product, says {2}.', '{1} betrifft dieses Produkt nicht, sagt {2}.'],
  // what to do
  [
    'Check the id; a reserved id may be published later.',
    'Kennung prüfen; eine reservierte kann später veröffentlicht werden.',
  ],
  ['Nothing is to be done.', 'Es ist nichts zu tun.'],
  ['Remediate {1}, by {2.} (CISA BOD 26-04, row {3#}).', 'Beheben {1!}, bis {2} (CISA BOD 26-04, Zeile {3}).'],
  ['Remediate {1} (CISA BOD 26-04, row {2#}).', 'Beheben {1!} (CISA BOD 26-04, Zeile {2}).'],
  [
    'Look for signs of compromise before and after the fix.',
    'Vor und nach der Behebung nach Spuren eines Einbruchs suchen.',
  ],
  ['Upgrade {1} from {2.} to {3.}.', '{1} von {2} auf {3} aktualisieren.'],
  ['Upgrade {1} to {2.}.', '{1} auf {2} aktualisieren.'],
  ['Which versions are affected could not be read.', 'Welche Versionen betroffen sind, war nicht lesbar.'],
  [
    'The records name no affected versions: ask the vendor.',
    'Die Datensätze nennen keine betroffenen Versionen: den Hersteller fragen.',
  ],
  [
    'Affected: {1} and others; upgrade to a version outside.',
    'Betroffen: {1} und andere; auf eine Version außerhalb aktualisieren.',
  ],
  ['Affected: {1}; upgrade to a version outside.', 'Betroffen: {1}; auf eine Version außerhalb aktualisieren.'],
  ['Affected: {1} and others: ask the vendor.', 'Betroffen: {1} und andere: den Hersteller fragen.'],
  ['Affected: {1}: ask the vendor.', 'Betroffen: {1}: den Hersteller fragen.'],
  // what is at stake
  ['None known.', 'Keine bekannt.'],
  [
    'An attacker gains total control of the software or full access to its data.',
    'Ein Angreifer erlangt die volle Kontrolle über die Software oder vollen Zugriff auf ihre Daten.',
  ],
  [
    'An attacker gains limited control or access.',
    'Ein Angreifer erlangt begrenzte Kontrolle oder begrenzten Zugriff.',
  ],
  ['How much an attacker gains is not known.', 'Wie viel ein Angreifer erlangt, ist nicht bekannt.'],
  [
    'It is used in ransomware campaigns: expect outage and extortion.',
    'Sie wird in Ransomware-Kampagnen benutzt: Mit Ausfall und Erpressung ist zu rechnen.',
  ],
  [
    'Not known of the asset, and taken at its worst: {1}.',
    'Zum System nicht bekannt und mit dem schlimmsten Wert angesetzt: {1!}.',
  ],
  ['exposure, human impact and mission impact', 'Erreichbarkeit, Auswirkung auf Menschen und auf den Auftrag'],
  ['exposure and human impact', 'Erreichbarkeit und Auswirkung auf Menschen'],
  ['exposure and mission impact', 'Erreichbarkeit und Auswirkung auf den Auftrag'],
  ['human impact and mission impact', 'Auswirkung auf Menschen und auf den Auftrag'],
  ['exposure', 'Erreichbarkeit'],
  ['human impact', 'Auswirkung auf Menschen'],
  ['mission impact', 'Auswirkung auf den Auftrag'],
  ['Your documents speak of it: {1}.', 'Ihre Dokumente nennen sie: {1}.'],
  // who and how
  ['There is no threat: the id was withdrawn.', 'Es gibt keine Bedrohung: Die Kennung wurde zurückgezogen.'],
  ['Nothing is known of a threat.', 'Von einer Bedrohung ist nichts bekannt.'],
  ['CISA has listed it as exploited since {1.}.', 'CISA führt sie seit {1} als ausgenutzt.'],
  ['CISA has listed it as exploited.', 'CISA führt sie als ausgenutzt.'],
  ['CISA reports active exploitation.', 'CISA meldet aktive Ausnutzung.'],
  ['A proof of concept is public.', 'Ein Nachweis der Ausnutzbarkeit ist öffentlich.'],
  [
    'No exploitation and no public proof of concept is known.',
    'Weder eine Ausnutzung noch ein öffentlicher Nachweis ist bekannt.',
  ],
  ['Whether it is exploited could not be read.', 'Ob sie ausgenutzt wird, war nicht lesbar.'],
  ['Whether CISA lists it could not be read.', 'Ob CISA sie führt, war nicht lesbar.'],
  ['EPSS could not be read.', 'EPSS war nicht lesbar.'],
  ['EPSS has no forecast for it.', 'EPSS hat keine Prognose für sie.'],
  [
    'EPSS expects exploitation activity within 30 days with a probability of {1}.',
    'EPSS erwartet Ausnutzung binnen 30 Tagen mit einer Wahrscheinlichkeit von {1!}.',
  ],
  ['more than {1#} %', 'mehr als {1} %'],
  ['less than {1#} %', 'weniger als {1} %'],
  ['In ATT&CK terms (inferred): {1}.', 'In Begriffen von ATT&CK (abgeleitet): {1!}.'],
  ['In ATT&CK terms: {1}.', 'In Begriffen von ATT&CK: {1!}.'],
];
