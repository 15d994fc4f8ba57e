import type { Messages } from '../messages.ts';
import { many, zahl } from './counting.ts';

/** German words of the action plan and money. */
export const DE_PLAN: Pick<Messages, 'plan' | 'money'> = {
  plan: {
    intro:
      'Was eine Person einmal tut, für alles, was es behebt; die früheste Frist zuerst. Fristen: CISA BOD 26-04, ab dem Tag, an dem ERAS den Befund zuerst sah. Dringlichkeit: SSVC.',
    nothing: 'Es ist nichts zu tun.',
    due: 'Frist',
    fix: 'Maßnahme',
    mends: 'Behebt',
    owner: 'Zuständig',
    urgency: 'Dringlichkeit (SSVC)',
    why: 'Warum',
    where: 'Wo',
    group: (timeline: string, fixes: string) => `Frist ${timeline}: ${fixes}`,
    groupNext: (fixes: string) => `Beim nächsten Upgrade: ${fixes}`,
    exploited: (count: number) => `${zahl(count)} ausgenutzt`,
    ransomware: (count: number) => `${zahl(count)} von Ransomware genutzt`,
    epss: (value: string) => `EPSS bis ${value}`,
    left: (count: number, due: number, date: string) =>
      `${many(count, 'weitere Maßnahme', 'weitere Maßnahmen')}: nicht aufgeführt${due === 0 ? '' : `, davon ${zahl(due)} fällig bis ${date}`}; JSON und CSV enthalten alle Befunde mit ihren Fristen.`,
    noDate: 'nächstes Upgrade',
    timeline: 'Befunde nach Frist',
    timelineX: 'Frist',
    timelineY: 'Befunde',
    timelineAlt: (first: string, findings: string, days: number) =>
      `Balken je Frist: die erste ist ${first} mit ${findings}; insgesamt ${many(days, 'Frist', 'Fristen')}.`,
  },
  money: {
    none: 'Kein Befund hat einen Schaden: Zu keinem System ist angegeben, was ein Vorfall kostet (loss_low_usd, loss_high_usd).',
    ale: 'Erwarteter Schaden im Jahr (ALE)',
    plusMinus: (value: string, error: string) => `${value} ± ${error} (Standardfehler)`,
    var95: 'Value at Risk, 95 %',
    es95: 'Expected Shortfall, 95 %',
    median: 'Mittleres Jahr (Median)',
    p90: 'In einem von zehn Jahren mehr als',
    covers: 'Umfasst',
    curve: 'Überschreitungskurve des Schadens',
    curveX: 'Schaden in einem Jahr (USD)',
    curveY: 'Chance auf mindestens so viel',
    curveAlt: (half: string, ten: string, five: string) =>
      `Von links nach rechts fallende Kurve: Die Hälfte der Jahre übersteigt ${half}, eines von zehn ${ten}, eines von zwanzig ${five}.`,
    loss: 'Schaden von mindestens',
    probability: 'Wahrscheinlichkeit',
    fixes: 'Maßnahmen mit der größten Wirkung, jede nach den darüber stehenden',
    fixesLead: (count: number, share: string) =>
      `${count === 1 ? 'Die erste Maßnahme verringert' : `Die ersten ${zahl(count)} Maßnahmen verringern zusammen`} den erwarteten Schaden um ${share}.`,
    fixesOrder:
      'Jede Zeile ist die Maßnahme, die am meisten bewirkt, wenn die darüber stehenden getroffen sind. Eine spätere kann mehr bewirken als eine frühere: Wo ein System mehrere Zugänge hat, zählt der letzte, der geschlossen wird, am meisten.',
    fix: 'Maßnahme',
    removed: 'Verringert im Jahr um, nach den darüber stehenden',
    share: 'Bis dahin vermieden, vom Ganzen',
    cost: 'Kosten der Maßnahme',
    returns: 'Ertrag daraus (ROSI)',
    findings: 'Befunde',
    assets: 'Schaden nach System',
    asset: 'System',
    simulation: (iterations: string, seed: string) =>
      `FAIR: Häufigkeit von Schadensereignissen × Schadenshöhe; ${iterations} simulierte Jahre, Startwert ${seed}.`,
    aleMark: 'ALE',
    varMark: 'VaR 95',
  },
};
