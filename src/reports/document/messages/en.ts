import { whatToDo } from '../../../domain/ticket/describe-fix.ts';
import type { Fix } from '../../../domain/ticket/fix.ts';
import type { Language } from '../document.ts';
import type { SentenceKind } from '../german/translate-sentence.ts';
import { EN_CHANGES } from './en/changes.ts';
import { EN_CHARTS } from './en/charts.ts';
import { EN_CLOSING } from './en/closing.ts';
import { many } from './en/counting.ts';
import { EN_FINDING } from './en/finding.ts';
import { EN_PLAN } from './en/plan.ts';
import { EN_SUMMARY } from './en/summary.ts';

/** All fixed words of a report, in English: the table that other languages translate. */
export const EN = {
  language: 'en' as Language,
  locale: 'en-US',
  title: 'Vulnerability risk assessment',
  sections: {
    summary: 'Executive summary',
    changes: 'What changed',
    'heat-map': 'Likelihood and impact',
    money: 'Expected loss',
    plan: 'Action plan',
    threat: 'Threat view',
    findings: 'Findings explained',
    register: 'All findings',
    accepted: 'Accepted risks',
    gaps: 'Gaps and assumptions',
    method: 'Method',
    attributions: 'Attributions',
  },
  format: {
    about: 'About this report',
    contents: 'Contents',
    skip: 'Skip to the summary',
    chartAsTable: 'The chart as a table',
    sortHint: 'sort by this column',
    page: 'Page',
    of: 'of',
  },
  levels: { Critical: 'Critical', High: 'High', Medium: 'Medium', Low: 'Low' },
  noLevel: {
    rejected: 'rejected',
    not_found: 'not found',
    fixed: 'fixed',
    not_affected: 'not affected',
    false_positive: 'false positive',
  },
  timelines: {
    '3_days_forensics': '3 days, with a forensic investigation',
    '3_days': '3 days',
    '14_days': '14 days',
    '60_days': '60 days',
    next_upgrade: 'at the next upgrade',
  },
  deployer: { defer: 'defer', scheduled: 'scheduled', out_of_cycle: 'out of cycle', immediate: 'immediate' },
  coordinator: { track: 'track', track_star: 'track*', attend: 'attend', act: 'act' },
  origins: {
    live: 'live',
    cache: 'cache',
    mirror: 'local mirror',
    snapshot: 'bundled snapshot',
    unavailable: 'in part unavailable',
  },
  kev: { listed: 'yes', not_listed: 'no', unknown: 'unknown' },
  unknown: 'unknown',
  none: 'none',
  place: (what: string, where: string) =>
    `${what}${what !== '' && where !== '' ? ' ' : ''}${where === '' ? '' : `on ${where}`}`,
  findings: (count: number) => many(count, 'finding', 'findings'),
  vulnerabilities: (count: number) => many(count, 'vulnerability', 'vulnerabilities'),
  assets: (count: number) => many(count, 'asset', 'assets'),
  fixes: (count: number) => many(count, 'fix', 'fixes'),
  more: (count: number) => `and ${count.toLocaleString('en-US')} more`,
  andMore: 'and more',
  fix: (fix: Fix) => whatToDo(fix),
  whenDue: (date: string) => `by ${date}`,
  usd: 'USD',
  /** What rules have written in English, in this language; null where it is no sentence of theirs. */
  translate: (_kind: SentenceKind, text: string): string | null => text,
  prose: {
    mark: 'AI',
    legend: (models: string) =>
      `Sentences marked “AI” were written by a language model${models === '' ? '' : ` (${models})`} and checked against the evidence that they cite (E1, E2, …). Levels, dates and numbers are computed, never written by a model.`,
    rulesLegend:
      'No language model wrote any of this: levels, dates and numbers are computed, and rules wrote the sentences.',
    byModel: 'written by a language model',
    byRules: 'written by rules',
    englishOnly: '',
  },
  cover: {
    scope: (findings: string, vulnerabilities: string) => `${findings} of ${vulnerabilities}`,
    organisation: 'Organisation',
    assessment: 'Assessment',
    assessedAt: 'Assessed at',
    targets: 'Assessed',
    product: 'Made with',
    asset: 'Assets',
    assetsKnown: (known: string, all: string) => `the asset is known of ${known} of ${all}`,
    classification: 'Classification',
    data: 'How old the facts are',
    source: 'Source',
    origin: 'Read from',
    notAsked: 'nothing to ask',
    at: 'As of (oldest)',
    leftOut: (names: string) => `Left out by the report's template: ${names}.`,
  },
  ...EN_SUMMARY,
  ...EN_CHANGES,
  ...EN_CHARTS,
  ...EN_PLAN,
  ...EN_FINDING,
  ...EN_CLOSING,
};

/** The shape of a language's table. */
export type Messages = typeof EN;
