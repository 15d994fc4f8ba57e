import type { ChangeCounts } from '../change-counts.ts';
import type { Messages } from '../messages.ts';
import { many, zahl } from './counting.ts';

/** German words of page one. */
export const DE_SUMMARY: Pick<Messages, 'summary'> = {
  summary: {
    headlineDue: (fixes: string, date: string, overdue: number, exploited: string) =>
      `${fixes} fällig bis ${date}${overdue === 0 ? '' : `, davon ${zahl(overdue)} überfällig`}; ${exploited}.`,
    headlineNothingDue: (exploited: string) => `In den nächsten sieben Tagen ist nichts fällig; ${exploited}.`,
    exploited: (count: number, all: number, unread: number) =>
      count === 0
        ? unread === 0
          ? `von ${many(all, 'Befund', 'Befunden')} wird nach heutigem Wissen keiner ausgenutzt`
          : `bei ${zahl(unread)} von ${many(all, 'Befund', 'Befunden')} war nicht lesbar, ob sie ausgenutzt werden`
        : `${zahl(count)} von ${many(all, 'Befund', 'Befunden')} ${count === 1 ? 'wird' : 'werden'} nachweislich ausgenutzt`,
    empty: 'Es gab nichts zu bewerten.',
    what: (date: string) => `Was ist in den nächsten sieben Tagen zu tun, bis ${date}?`,
    nothing: 'In diesen Tagen ist nichts fällig.',
    nextDue: (date: string) => `Die nächste Frist ist ${date}.`,
    overdue: 'überfällig',
    atWorst: 'Daten fehlen',
    acceptancesEnded: (count: number) =>
      `${many(count, 'akzeptiertes Risiko ist', 'akzeptierte Risiken sind')} abgelaufen oder zu überprüfen: neu entscheiden.`,
    acceptancesEnding: (count: number) =>
      `${many(count, 'akzeptiertes Risiko läuft', 'akzeptierte Risiken laufen')} in diesen Tagen ab: neu entscheiden.`,
    contested: (count: number) =>
      `${many(count, 'Aussage', 'Aussagen')} „nicht betroffen“ oder „behoben“ ${count === 1 ? 'betrifft' : 'betreffen'}, was CISA als ausgenutzt listet oder listen kann: zu überprüfen; bis dahin gilt die Frist.`,
    restInPlan: (count: number, names: string) =>
      `${many(count, 'weitere Maßnahme', 'weitere Maßnahmen')} (siehe Maßnahmenplan): ${names}${count > 6 ? '; …' : ''}`,
    forensics: 'mit Forensik',
    onAsset: (name: string, isOneOfMany: boolean) => `auf ${name}${isOneOfMany ? ' und anderen' : ''}`,
    ownerOf: (owners: string) => `zuständig: ${owners}`,
    noOwner: 'Zuständigkeit unbekannt',
    why: 'Warum?',
    whyExploited: (findings: string) => `Angreifer nutzen bereits aus: ${findings} (CISA KEV oder andere Belege).`,
    whyRansomware: (findings: string) => `Aus Ransomware-Kampagnen bekannt: ${findings}.`,
    whyEpss: (name: string, epss: string) =>
      `Die höchste Prognose einer Ausnutzung binnen 30 Tagen (EPSS) ist ${epss} (behoben durch: ${name}).`,
    whyBod:
      'Die Fristen sind die der CISA BOD 26-04: nach Erreichbarkeit, Ausnutzung, Automatisierbarkeit und technischer Auswirkung.',
    whyNone: 'Von keinem Befund ist eine Ausnutzung bekannt; die Reihenfolge folgt Prognose und Auswirkung.',
    whyUnread: (findings: string) =>
      `Nicht lesbar war, ob CISA sie als ausgenutzt listet: ${findings}. Sie können heute ausgenutzt werden.`,
    whatIf: 'Was passiert sonst?',
    ifTotal: (findings: string) =>
      `${findings}: Ein erfolgreicher Angreifer hat die volle Kontrolle über die Software oder alle ihre Daten.`,
    ifPartial:
      'Von keinem Befund ist bekannt, dass er einem Angreifer volle Kontrolle über die Software gibt; wo die Auswirkung nicht bekannt ist, kann er es.',
    ifRansomware: 'Wo Ransomware sie nutzt, ist mit Ausfall und Erpressung zu rechnen.',
    ifMoney: (ale: string, error: string, value: string) =>
      `Erwarteter Schaden im Jahr: ${ale} (± ${error}); in 95 von 100 Jahren bleibt er unter ${value}.`,
    moneyPart: (findings: string, all: number) =>
      `Das gilt für ${findings}; der Schaden der übrigen ${zahl(all)} ist nicht bekannt.`,
    ifNoMoney: 'Was es kosten würde, ist nicht bekannt: Zu keinem System ist angegeben, was ein Vorfall kostet.',
    ifTechniques: (names: string) => `Angreifer würden danach (ATT&CK): ${names}.`,
    howSure: 'Wie sicher ist das?',
    sureAll: (findings: string) => `Die Daten aller Quellen lagen vor (${findings}).`,
    sureIncomplete: (count: number, all: string) =>
      `Bei ${zahl(count)} (insgesamt: ${all}) war eine Quelle nicht lesbar; was fehlt, ist mit dem schlimmsten Wert angesetzt.`,
    sureUnknown: (name: string, findings: string) =>
      `Am meisten hängt ab von: ${name}. Wäre das bekannt, könnten sich Stufe, Dringlichkeit oder Frist ändern (${findings}).`,
    sureDates: (dates: string) => `Stand: ${dates}.`,
    sureStale: (sources: string) =>
      `Bei der Erstellung mehr als eine Woche alt: ${sources}. Was sich seither geändert hat, fehlt hier.`,
    sureModel: 'Stufen und Fristen sind aus veröffentlichten Tabellen berechnet; kein Modell entscheidet.',
    counts: 'Befunde nach Stufe',
    actions: 'Die ersten drei Maßnahmen',
    inShort: 'Kurz gefasst',
    changed: 'Seit der letzten Bewertung',
    noPrevious: 'Es wurde keine frühere Bewertung zum Vergleich angegeben.',
    changeLine: (date: string, { added, removed, worse, better, same, unchanged }: ChangeCounts) =>
      `(${date}) ${zahl(added)} neu, ${zahl(removed)} weggefallen, ${zahl(worse)} schlechter, ${zahl(better)} besser, ${zahl(same)} mit gleichem Ergebnis aus anderen Gründen, ${zahl(unchanged)} unverändert.`,
    changeCause: (direction: 'worse' | 'better', id: string, because: string) =>
      `${direction === 'worse' ? 'Am stärksten verschlechtert' : 'Am stärksten verbessert'}: ${id} (${because}).`,
  },
};
