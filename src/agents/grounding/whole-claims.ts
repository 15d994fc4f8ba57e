import type { Evidence } from '../evidence.ts';
import { tokensOf } from './tokens-of-text.ts';

const EVERY = /\b(?:all|every|each|both|any)\b/i;
const EXPLOITED = /\b(?:exploit(?:ed|ation)|under attack|listed|attacked|compromised)\b/i;
const TO_DO = /\b(?:remediat|fix|patch|due|deadline|updat|upgrad|address)\w*/i;

/** A timeline of an assessment, as its evidence tells it: until when, and of which findings by id and name. */
interface Group {
  readonly due: string;
  readonly names: readonly string[];
}

/** What a sentence says of a whole assessment, or of one of its findings, and the evidence of the whole does not; null: nothing. */
export function wholeContradiction(sentence: string, evidence: readonly Evidence[]): string | null {
  if (!evidence.some(({ topic, text }) => topic === 'record' && /^\d+ findings in all$/.test(text))) return null;
  const groups = groupsOf(evidence);
  return listingOfAll(sentence, evidence, groups) ?? dueOfAll(sentence, groups) ?? dueOfNamed(sentence, groups);
}

function groupsOf(evidence: readonly Evidence[]): Group[] {
  return evidence.flatMap(({ topic, text }) => {
    const [, due = '', rest = ''] = /\bdue (\d{4}-\d{2}-\d{2}): (.*)$/.exec(text) ?? [];
    if (topic !== 'bod2604' || due === '') return [];
    const names = rest.split('; ').flatMap((item) => {
      const [, id = '', name = ''] = /^(\S+)(?: \((.*)\))?$/.exec(item) ?? [];
      return [id, name].filter((one) => one.length > 2).map((one) => one.toLowerCase());
    });
    return [{ due, names }];
  });
}

/** How many are listed is counted; which of them is not said. */
function listingOfAll(sentence: string, evidence: readonly Evidence[], groups: readonly Group[]): string | null {
  if (!EXPLOITED.test(sentence)) return null;
  const [, listed, total] =
    evidence.map(({ text }) => /^(\d+) of (\d+) listed by CISA/.exec(text)).find((match) => match !== null) ?? [];
  if (listed !== undefined && listed === total) return null;
  if (EVERY.test(sentence)) return 'exploitation of all, which is not known';
  const named = groups.flatMap(({ names }) => names).find((name) => mentions(sentence, name));
  const isAsserted = /\b(?:is|are|was|were|being|been)\b[^.;,]{0,20}\b(?:exploited|attacked|compromised|listed)\b/i;
  return named !== undefined && isAsserted.test(sentence) ? `exploitation of ${named}, which is not said` : null;
}

function dueOfAll(sentence: string, groups: readonly Group[]): string | null {
  const dates = datesOf(sentence);
  const dues = new Set(groups.map(({ due }) => due));
  if (!EVERY.test(sentence) || !TO_DO.test(sentence) || dates.length === 0) return null;
  return dues.size > 1 && dates.length === 1 ? 'one date for all, which have several' : null;
}

/** Of each finding that is named with a date, its own date must be among them. */
function dueOfNamed(sentence: string, groups: readonly Group[]): string | null {
  const dates = datesOf(sentence);
  if (dates.length === 0 || !TO_DO.test(sentence)) return null;
  const wrong = groups.find(
    ({ due, names }) =>
      names.some((name) => mentions(sentence, name)) &&
      !dates.some((date) => due.startsWith(date) || due.endsWith(date)),
  );
  return wrong === undefined ? null : `another date than ${wrong.due}`;
}

function datesOf(sentence: string): readonly string[] {
  return tokensOf(sentence).dates.filter((date) => date.length >= 6);
}

function mentions(sentence: string, name: string): boolean {
  const form = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w-])${form}(?![\\w-])`, 'i').test(sentence);
}
