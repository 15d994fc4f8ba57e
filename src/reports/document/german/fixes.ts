import type { SentencePair } from './translate-by.ts';

/** What is to be done (src/domain/ticket/describe-fix.ts) and the summary that rules write (src/agents/report/summarise-rules.ts). */
export const FIXES: readonly SentencePair[] = [
  ['Upgrade {1} to {2.}', '{1} auf {2} aktualisieren'],
  ['Update or mitigate {1}', '{1} aktualisieren oder absichern'],
  ['Mend {1.}', '{1} beheben'],
];

export const SUMMARY: readonly SentencePair[] = [
  ['None is listed by CISA as exploited.', 'Keiner der Befunde ist bei CISA als ausgenutzt gelistet.'],
  ['1 is listed by CISA as exploited.', 'Bei CISA als ausgenutzt gelistet: 1.'],
  ['{1#} are listed by CISA as exploited.', 'Bei CISA als ausgenutzt gelistet: {1}.'],
  [
    '1 is listed by CISA as exploited, also in ransomware campaigns.',
    'Bei CISA als ausgenutzt gelistet: 1, auch in Ransomware-Kampagnen.',
  ],
  [
    '{1#} are listed by CISA as exploited, {2#} of them in ransomware campaigns.',
    'Bei CISA als ausgenutzt gelistet: {1}, davon {2} in Ransomware-Kampagnen.',
  ],
  ['Of {1#} it could not be read whether CISA lists it.', 'Bei {1} war nicht lesbar, ob CISA sie listet.'],
  ['Of {1#} it could not be read whether CISA lists them.', 'Bei {1} war nicht lesbar, ob CISA sie listet.'],
  ['CISA BOD 26-04 gives 3 days for {1#}.', 'CISA BOD 26-04 lässt 3 Tage für {1}.'],
  [
    '{1#} accepted until some day, as a decision says: no action names them.',
    'Laut Entscheidung befristet akzeptiert: {1}; keine Maßnahme nennt sie.',
  ],
  [
    '{1#} could not be assessed from every source; what is missing is taken at its worst and listed as gaps.',
    'Für {1} war nicht jede Quelle lesbar; was fehlt, ist mit dem schlimmsten Wert angesetzt und steht unter den Lücken.',
  ],
  [
    'Without a level: {1#} not affected or fixed, as VEX or a decision says, {2#} not known to NVD or the CVE Program and {3#} rejected.',
    'Ohne Stufe: {1} nicht betroffen oder behoben (laut VEX oder Entscheidung), {2} dem NVD und dem CVE-Programm nicht bekannt und {3} zurückgezogen.',
  ],
  [
    'Without a level: {1#} not affected or fixed, as VEX or a decision says and {2#} not known to NVD or the CVE Program.',
    'Ohne Stufe: {1} nicht betroffen oder behoben (laut VEX oder Entscheidung) und {2} dem NVD und dem CVE-Programm nicht bekannt.',
  ],
  [
    'Without a level: {1#} not affected or fixed, as VEX or a decision says and {2#} rejected.',
    'Ohne Stufe: {1} nicht betroffen oder behoben (laut VEX oder Entscheidung) und {2} zurückgezogen.',
  ],
  [
    'Without a level: {1#} not known to NVD or the CVE Program and {2#} rejected.',
    'Ohne Stufe: {1} dem NVD und dem CVE-Programm nicht bekannt und {2} zurückgezogen.',
  ],
  [
    'Without a level: {1#} not affected or fixed, as VEX or a decision says.',
    'Ohne Stufe: {1} nicht betroffen oder behoben (laut VEX oder Entscheidung).',
  ],
  [
    'Without a level: {1#} not known to NVD or the CVE Program.',
    'Ohne Stufe: {1} dem NVD und dem CVE-Programm nicht bekannt.',
  ],
  ['Without a level: {1#} rejected.', 'Ohne Stufe: {1} zurückgezogen.'],
  ['Remediate {1} (by {2.}): {3} and {4#} more.', 'Beheben {1!} (bis {2}): {3} und {4} weitere.'],
  ['Remediate {1} (by {2.}): {3}.', 'Beheben {1!} (bis {2}): {3}.'],
  [
    'Remediate with the next system upgrade: {1} and {2#} more.',
    'Beheben mit dem nächsten Upgrade: {1} und {2} weitere.',
  ],
  ['Remediate with the next system upgrade: {1}.', 'Beheben mit dem nächsten Upgrade: {1}.'],
  ['within 3 days, with a forensic investigation', 'binnen 3 Tagen, mit forensischer Untersuchung'],
  ['within {1#} days', 'binnen {1} Tagen'],
  ['with the next system upgrade', 'mit dem nächsten Upgrade'],
];
