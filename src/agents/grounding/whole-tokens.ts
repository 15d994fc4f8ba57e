import { formOf, wordsIn } from '../../knowledge/words-in.ts';
import { bareVersion, tokensOf } from './tokens-of-text.ts';

/** A run of what names of hosts, addresses, versions and mailboxes are made of. */
const TOKEN = /[\p{L}\p{N}](?:[\p{L}\p{N}._@:/+-]*[\p{L}\p{N}])?/gu;
const IS_DAY = /^\d{4}-\d{2}-\d{2}(?:t[\d:.]+z?)?$/;
const IS_NETWORK = /^[\p{N}.:a-f]+\/\p{N}+$/u;
const ABBREVIATIONS = new Set(['e.g', 'i.e', 'a.m', 'p.m', 'u.s', 'u.k']);
const ORDINAL = /^\p{N}+(?:st|nd|rd|th)$/u;
const UNIT = /^(?:second|minute|hour|day|week|month|year|fold|step|factor)s?$/;

/**
 * A name with a digit, a dot, an `@` or a single letter at its end (`db-99`, `10.20.30.4`, `ops@corp.example`, `kiosk-x`), in whatever case, that the text
 * does not have as a whole: "10.20.30.4" is not in "10.20.30.40". Null where there is none.
 */
export function strangeTokenIn(text: string, cited: string): string | null {
  const known = knownTokens(cited);
  const has = wordsIn(cited);
  return namesOf(text).find((token) => !isKnown(token, known, has)) ?? null;
}

function isKnown(token: string, known: ReadonlySet<string>, has: (word: string) => boolean): boolean {
  if (known.has(token) || known.has(joined(token)) || known.has(bareVersion(token))) return true;
  if (IS_NETWORK.test(token)) return false;
  const parts = token.split('/');
  if (parts.length > 1) return parts.every((part) => !isName(part) || isKnown(part, known, has));
  // Numbers are held against numbers: "a 14-day deadline".
  const [, word = ''] = /^\p{N}+-(\p{L}+)$/u.exec(token) ?? [];
  return word !== '' && (UNIT.test(word) || has(formOf(word)) || has(word));
}

/** A letter and a digit are said with a hyphen, and without: `SHA-256`. */
const joined = (token: string) => token.replace(/(?<=\p{L})-(?=\p{N})/gu, '');

function namesOf(text: string): string[] {
  return tokensIn(text).filter(isName);
}

function isName(token: string): boolean {
  if (IS_DAY.test(token) || ORDINAL.test(token) || ABBREVIATIONS.has(token) || /^t\d{4}(?:\.\d{3})?$/.test(token))
    return false;
  if (/^\p{N}+$/u.test(token)) return false;
  return /\p{N}|@|\p{L}\.\p{L}|\p{L}{2,}-\p{L}$/u.test(token);
}

function tokensIn(text: string): string[] {
  return [...text.normalize('NFC').toLowerCase().matchAll(TOKEN)].map(([token]) => token);
}

/** The tokens of a text, their parts between `/`, `:` and `@`, the first name of an address, and versions that stand in names. */
function knownTokens(text: string): ReadonlySet<string> {
  const known = new Set(tokensOf(text).versions);
  for (const token of tokensIn(text)) {
    for (const part of [token, ...token.split(/[/@]/), ...token.split(/[/:@]/)]) {
      known.add(part).add(joined(part)).add(bareVersion(part));
      if (/\.\p{L}/u.test(part)) known.add(part.split('.')[0] ?? '');
    }
  }
  return known;
}
