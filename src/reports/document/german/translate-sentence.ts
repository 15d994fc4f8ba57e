import { EFFECTS, SOURCES, VALUES } from './factors.ts';
import { FIXES, SUMMARY } from './fixes.ts';
import { GAPS } from './gaps.ts';
import { LOSSES } from './losses.ts';
import { PROSE } from './prose.ts';
import { translateBy } from './translate-by.ts';

/** Where a sentence stands: the same word may mean another thing elsewhere. */
export type SentenceKind = 'effect' | 'value' | 'source' | 'prose' | 'gap' | 'assumption' | 'fix';

const TRANSLATORS: Readonly<Record<SentenceKind, (text: string) => string | null>> = {
  effect: translateBy(EFFECTS),
  value: translateBy(VALUES),
  source: translateBy(SOURCES),
  prose: bySentence(translateBy([...SUMMARY, ...PROSE])),
  gap: translateBy(GAPS),
  assumption: translateBy(LOSSES),
  fix: translateBy(FIXES),
};

/** What our rules wrote in English, in German; null for what others wrote (decision record 24). Names in it stay as they are; numbers are written the German way. */
export function translateSentence(kind: SentenceKind, text: string): string | null {
  return TRANSLATORS[kind](text);
}

/** Several sentences that are told as one: all of them, or none. */
function bySentence(translate: (text: string) => string | null): (text: string) => string | null {
  return (text) => {
    const whole = translate(text);
    if (whole !== null) return translateRoles(whole);
    const parts = text.split(/(?<=\.)\s+(?=[\p{Lu}\d])/u);
    if (parts.length < 2) return null;
    const translated = parts.map(translate);
    return translated.every((part) => part !== null) ? translated.map(translateRoles).join(' ') : null;
  };
}

/** How rules name what a technique has to do with a vulnerability. */
const ROLES: Readonly<Record<string, string>> = {
  'exploited by': 'ausgenutzt mit',
  'leads to': 'führt zu',
  'may enable': 'kann ermöglichen',
  'related to': 'verwandt mit',
};

function translateRoles(text: string): string {
  return text.replace(
    /(: |, | and )(exploited by|leads to|may enable|related to) (?=T\d)/g,
    (_, start: string, role: string) => `${start === ' and ' ? ' und ' : start}${ROLES[role] ?? role} `,
  );
}
