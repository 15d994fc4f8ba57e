import { many } from './counting.ts';

/** English words of the action plan and money. */
export const EN_PLAN = {
  plan: {
    intro:
      'What one person does once, for all that it mends: the earliest due date first. Dates: CISA BOD 26-04, from the day ERAS first saw the finding. Urgency: SSVC.',
    nothing: 'Nothing is to be done.',
    due: 'Due',
    fix: 'Fix',
    mends: 'Mends',
    owner: 'Owner',
    urgency: 'Urgency (SSVC)',
    why: 'Why',
    where: 'Where',
    group: (timeline: string, fixes: string) => `Within ${timeline}: ${fixes}`,
    groupNext: (fixes: string) => `At the next upgrade: ${fixes}`,
    exploited: (count: number) => `${count} exploited`,
    ransomware: (count: number) => `${count} used by ransomware`,
    epss: (value: string) => `EPSS up to ${value}`,
    left: (count: number, due: number, date: string) =>
      `${many(count, 'more fix', 'more fixes')}: not shown${due === 0 ? '' : `, ${due.toLocaleString('en-US')} of them due by ${date}`}; the JSON and CSV formats have all findings with their dates.`,
    noDate: 'next upgrade',
    timeline: 'Findings by due date',
    timelineX: 'Due date',
    timelineY: 'Findings',
    timelineAlt: (first: string, findings: string, days: number) =>
      `Bars by due date: the first is ${first} with ${findings}; ${many(days, 'due date', 'due dates')} in all.`,
  },
  money: {
    none: 'No finding has a loss: no asset states what an event costs (loss_low_usd, loss_high_usd).',
    ale: 'Expected loss a year (ALE)',
    plusMinus: (value: string, error: string) => `${value} ± ${error} (standard error)`,
    var95: 'Value at risk, 95 %',
    es95: 'Expected shortfall, 95 %',
    median: 'Median year',
    p90: 'One year in ten exceeds',
    covers: 'Covers',
    curve: 'Loss exceedance',
    curveX: 'Loss in a year (USD)',
    curveY: 'Chance of losing at least as much',
    curveAlt: (half: string, ten: string, five: string) =>
      `Curve that falls from left to right: half of the years exceed ${half}, one in ten ${ten}, one in twenty ${five}.`,
    loss: 'Loss of at least',
    probability: 'Chance',
    fixes: 'Fixes that take away most, each after those above it',
    fixesLead: (count: number, share: string) =>
      `${count === 1 ? 'The first fix takes' : `The first ${count} fixes together take`} away ${share} of the expected loss.`,
    fixesOrder:
      'Each line is the fix that takes away most once those above it are made. A later one may take away more than an earlier one: where an asset has several ways in, the last that is closed counts most.',
    fix: 'Fix',
    removed: 'Takes away a year, after those above',
    share: 'Gone by then, of the whole',
    cost: 'Cost of the fix',
    returns: 'Return on it (ROSI)',
    findings: 'Findings',
    assets: 'Loss by asset',
    asset: 'Asset',
    simulation: (iterations: string, seed: string) =>
      `FAIR: loss event frequency × loss magnitude; ${iterations} simulated years, seed ${seed}.`,
    aleMark: 'ALE',
    varMark: 'VaR 95',
  },
};
