import type { ChangeCounts } from '../change-counts.ts';
import { many } from './counting.ts';

/** English words of page one. */
export const EN_SUMMARY = {
  summary: {
    headlineDue: (fixes: string, date: string, overdue: number, exploited: string) =>
      `${fixes} due by ${date}${overdue === 0 ? '' : `, ${overdue.toLocaleString('en-US')} of them overdue`}; ${exploited}.`,
    headlineNothingDue: (exploited: string) => `Nothing is due within seven days; ${exploited}.`,
    exploited: (count: number, all: number, unread: number) =>
      count === 0
        ? unread === 0
          ? `none of ${many(all, 'finding', 'findings')} is known to be exploited`
          : `for ${unread.toLocaleString('en-US')} of ${many(all, 'finding', 'findings')} it could not be read whether they are exploited`
        : `${count.toLocaleString('en-US')} of ${many(all, 'finding', 'findings')} ${count === 1 ? 'is' : 'are'} known to be exploited`,
    empty: 'Nothing was found to assess.',
    what: (date: string) => `What must be done in the next seven days, by ${date}?`,
    nothing: 'Nothing has a due date within these days.',
    nextDue: (date: string) => `The next due date is ${date}.`,
    overdue: 'overdue',
    atWorst: 'facts missing',
    acceptancesEnded: (count: number) =>
      `${many(count, 'accepted risk has', 'accepted risks have')} expired or must be reviewed: decide again.`,
    acceptancesEnding: (count: number) =>
      `${many(count, 'accepted risk ends', 'accepted risks end')} within these days: decide again.`,
    contested: (count: number) =>
      `${many(count, 'statement', 'statements')} of "not affected" or "fixed" ${count === 1 ? 'is' : 'are'} about what CISA lists as exploited, or may list: to be reviewed; until then the fix is due.`,
    restInPlan: (count: number, names: string) =>
      `${many(count, 'more fix', 'more fixes')} (see the action plan): ${names}${count > 6 ? '; …' : ''}`,
    forensics: 'with forensics',
    onAsset: (name: string, isOneOfMany: boolean) => `on ${name}${isOneOfMany ? ' and others' : ''}`,
    ownerOf: (owners: string) => `owner: ${owners}`,
    noOwner: 'no owner known',
    why: 'Why?',
    whyExploited: (findings: string) =>
      `Attackers already use them: ${findings} known to be exploited (CISA KEV or other evidence).`,
    whyRansomware: (findings: string) => `Ransomware campaigns are known to use ${findings}.`,
    whyEpss: (name: string, epss: string) =>
      `The highest forecast of exploitation within 30 days (EPSS) is ${epss} (what mends it: ${name}).`,
    whyBod: 'The dates are those of CISA BOD 26-04: by exposure, exploitation, automatability and technical impact.',
    whyNone: 'No finding is known to be exploited; the order follows forecast and impact.',
    whyUnread: (findings: string) =>
      `Whether CISA lists ${findings} as exploited could not be read: they may be exploited today.`,
    whatIf: 'What happens if not?',
    ifTotal: (findings: string) =>
      `${findings}: an attacker who succeeds has total control of the software, or all its data.`,
    ifPartial:
      'No finding is known to give an attacker total control of the software; where the impact is not known, it may.',
    ifRansomware: 'Where ransomware uses it, expect an outage and extortion.',
    ifMoney: (ale: string, error: string, value: string) =>
      `Expected loss of ${ale} (± ${error}) a year; in 95 of 100 years it stays below ${value}.`,
    moneyPart: (findings: string, all: number) =>
      `That is of ${findings}; the loss of the other ${all.toLocaleString('en-US')} is not known.`,
    ifNoMoney: 'What it would cost is not known: no asset states what an event costs.',
    ifTechniques: (names: string) => `Attackers would next (ATT&CK): ${names}.`,
    howSure: 'How sure is this?',
    sureAll: (findings: string) => `The facts of every source were at hand for ${findings}.`,
    sureIncomplete: (count: number, all: string) =>
      `For ${count.toLocaleString('en-US')} of ${all}, a source could not be read; what is missing is taken at its worst.`,
    sureUnknown: (name: string, findings: string) =>
      `Most hangs on ${name}: knowing it could change level, urgency or due date of ${findings}.`,
    sureDates: (dates: string) => `As of: ${dates}.`,
    sureStale: (sources: string) =>
      `More than a week old when this was made: ${sources}. What has changed since is not in here.`,
    sureModel: 'Levels and dates are computed from published tables; no model decides.',
    counts: 'Findings by level',
    actions: 'First three actions',
    inShort: 'In short',
    changed: 'Since the last assessment',
    noPrevious: 'No earlier assessment was given to compare with.',
    changeLine: (date: string, counts: ChangeCounts) =>
      `(${date}) ${counts.added} new, ${counts.removed} gone, ${counts.worse} worse, ${counts.better} better, ${counts.same} with the same outcome on other grounds, ${counts.unchanged} as before.`,
    changeCause: (direction: 'worse' | 'better', id: string, because: string) =>
      `${direction === 'worse' ? 'Worst of what got worse' : 'Best of what got better'}: ${id} (${because}).`,
  },
};
