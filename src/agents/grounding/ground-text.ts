import { splitSentences } from '../../kernel/split-sentences.ts';
import { formOf } from '../../knowledge/words-in.ts';
import { uncarriedIn } from './carried.ts';
import { strangeUnitIn } from './directions.ts';
import { withIsoDates } from './iso-dates.ts';
import { mixedClauseIn } from './mixed-clauses.ts';
import { statementsOf } from './statements.ts';
import { synonymsOf } from './synonyms.ts';
import { type TextTokens, tokensOf } from './tokens-of-text.ts';
import { unknownNameIn } from './unknown-names.ts';
import { impurityOfAnswerIn } from './untrusted-text.ts';
import { strangeTokenIn } from './whole-tokens.ts';

/** Share of a sentence's telling words that the passages which it cites must have in their own text, without headings. */
const LEAST_OWN_SHARE = 0.5;

/**
 * What a sentence says that the text of documents does not: every id, date, version, number and name in it must stand there, and one statement of their own text must carry it, unless it stands
 * there as it is. Null where it holds. `own`: that text, without titles and headings; `place`: these, which name what is spoken of and say nothing of it.
 */
export function violationAgainstText(text: string, cited: string, own = cited, place = ''): string | null {
  if (cited === '') return 'a sentence without a passage';
  return violationIn(plainForm(text), plainForm(cited), plainForm(own), plainForm(place));
}

/** A name and its version are the same with a hyphen between them, or a space: `log4j-2.17.1`; and so is what is counted in other words. */
function plainForm(text: string): string {
  return withIsoDates(text)
    .replace(JOINED_VERSION, '$1 ')
    .replace(/\btwo times\b/gi, 'twice')
    .replace(/\bhalf an hour\b/gi, '30 minutes')
    .replace(/\bbetween (\S*\d\S*) and (?=\S*\d)/gi, 'from $1 to ')
    .replace(LATEST, '$1 of');
}

/** "No later than 72 hours after" is within them. */
const LATEST = /\b(not? later than [\w-]+ (?:minute|hour|day|week|month|year)s?) (?:after|from)\b/gi;
const JOINED_VERSION =
  /(?<![\p{L}\p{N}._@:-])(\p{L}[\p{L}\p{N}_+-]*)-(?=v?\p{N}+(?:\.\p{N}+)+(?![\p{L}\p{N}_]|\.\p{L}))/gu;

function violationIn(text: string, cited: string, own: string, place: string): string | null {
  const impurity = impurityOfAnswerIn(text, cited);
  if (impurity !== null || standsIn(text, own)) return impurity;
  return (
    missingToken(text, cited) ??
    unknownNameIn(text, [{ id: 'P', topic: 'description', source: '', text: cited }]) ??
    saidByHeadings(text, own) ??
    uncarried(text, own, place) ??
    rearranged(text, own)
  );
}

/** Whether a text stands in another as it is, from the beginning of a sentence to the end of one. */
function standsIn(text: string, own: string): boolean {
  const whole = own.replace(/\s+/g, ' ');
  const at = whole.indexOf(text);
  if (at === -1) return false;
  const [before, after] = [whole.slice(0, at).trimEnd(), whole.slice(at + text.length).trimStart()];
  return /(?:^|[.!?:•])$/.test(before) && (/[.!?]$/.test(text) || after === '');
}

/** A heading names what is spoken of; what is said of it stands below. */
function saidByHeadings(text: string, own: string): string | null {
  const stems = stemsOf(own);
  const words = [...stemsOf(text)];
  const shared = words.filter((word) => stems.has(word) || [...synonymsOf(word)].some((one) => stems.has(one))).length;
  if (shared < LEAST_OWN_SHARE * words.length) return 'what only a heading says';
  const known = tokensOf(own).numbers;
  const number = tokensOf(text).numbers.find(
    ({ unit, value, days }) =>
      unit !== null &&
      !known.some((one) => one.unit === unit && (unit === 'time' ? one.days === days : one.value === value)),
  );
  return number === undefined ? null : `the number ${number.value} of a heading`;
}

/** The words of the text, to say something else. */
function rearranged(text: string, own: string): string | null {
  const sentences = statementsOf(own).flatMap((one) => (one.columns.length > 0 ? [] : [one.text]));
  if (sentences.includes(text)) return null;
  for (const sentence of splitSentences(text)) {
    const mixed = mixedClauseIn(sentence, sentences);
    if (mixed !== null) return `"${mixed}", which is said of something else`;
  }
  const measure = strangeUnitIn(text, own);
  return measure === null ? null : `the measure ${measure}`;
}

function missingToken(text: string, cited: string): string | null {
  const said = tokensOf(text);
  const known = tokensOf(cited);
  const ids = new Set(idsOf(known).map((one) => one.toLowerCase()));
  const id = idsOf(said).find((one) => !ids.has(one.toLowerCase()) && !isParent(one, known.techniqueIds));
  if (id !== undefined) return `"${id}"`;
  const name = strangeTokenIn(text, cited);
  if (name !== null) return `"${name.slice(0, LONGEST_SHOWN)}"`;
  const date = said.dates.find((one) => !known.dates.some((other) => other.startsWith(one) || other.endsWith(one)));
  if (date !== undefined) return `the date ${date}`;
  const number = said.numbers.find(
    ({ value, unit, days }) =>
      !known.numbers.some(
        (other) => other.unit === unit && (unit === 'time' ? other.days === days : other.value === value),
      ),
  );
  return number === undefined ? null : `the number ${number.value}`;
}

const LONGEST_SHOWN = 60;

function idsOf({ cveIds, cweIds, techniqueIds, otherIds }: TextTokens): string[] {
  return [...cveIds, ...cweIds, ...techniqueIds, ...otherIds];
}

/** Who names a sub-technique names its technique. */
function isParent(id: string, techniqueIds: readonly string[]): boolean {
  return techniqueIds.some((one) => one.startsWith(`${id}.`));
}

function uncarried(text: string, own: string, place: string): string | null {
  const what = uncarriedIn(text, own, place);
  return what === null ? null : `"${what.slice(0, LONGEST_SHOWN)}", which no sentence of the passage says of it`;
}

function stemsOf(text: string): ReadonlySet<string> {
  return new Set((text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []).map(formOf));
}
