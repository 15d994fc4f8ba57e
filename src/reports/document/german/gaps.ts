import type { SentencePair } from './translate-by.ts';

/** Reasons of gaps (src/agents, src/adapters, src/assessment, src/intake); what a server answered stays as it was. */
export const GAPS: readonly SentencePair[] = [
  [
    'offline: neither the mirror nor the bundled snapshot has it',
    'offline: weder der Spiegel noch der mitgelieferte Auszug hat es',
  ],
  ['offline: not looked up', 'offline: nicht nachgeschlagen'],
  ['the source gave no answer', 'die Quelle hat nicht geantwortet'],
  [
    '{1}; facts of the bundled snapshot ({2.}) stand in',
    '{1!}; ersatzweise gelten die Daten des mitgelieferten Auszugs ({2})',
  ],
  ['{1}; the bundled release stands in', '{1!}; ersatzweise gilt die mitgelieferte Ausgabe'],
  ['the bundled snapshot does not contain this {1}', 'der mitgelieferte Auszug enthält dies nicht ({1})'],
  ['GET {1.} failed: {2}', 'GET {1} schlug fehl: {2!}'],
  ['POST {1.} failed: {2}', 'POST {1} schlug fehl: {2!}'],
  ['no complete answer within {1}', 'keine vollständige Antwort binnen {1}'],
  ['nothing arrived for {1}', 'nichts kam an für {1}'],
  ['EPSS answered about other CVEs than those asked for', 'EPSS antwortete zu anderen CVEs als den gefragten'],
  [
    'the CVE Program answered with a record that cannot be read: {1}',
    'das CVE-Programm antwortete mit einem unlesbaren Datensatz: {1}',
  ],
  ["OSV's record {1.} cannot be read: {2}", 'der OSV-Datensatz {1} ist nicht lesbar: {2}'],
  [
    'what is left of the cost cap does not hold a call; rules wrote the text',
    'der Rest der Kostengrenze reicht für keinen Aufruf; den Text schrieben Regeln',
  ],
  ['whether {1} is affected is not decided: {2}', 'ob {1} betroffen ist, ist nicht entschieden: {2}'],
  [
    'whether components are affected is not decided for {1#} more findings, which say why',
    'bei {1} weiteren Befunden ist nicht entschieden, ob Komponenten betroffen sind; dort steht, warum',
  ],
  ['{1#} more entries are no vulnerability ids', '{1} weitere Einträge sind keine Kennungen von Schwachstellen'],
];
