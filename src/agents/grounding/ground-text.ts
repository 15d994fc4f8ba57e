import { formOf } from '../../knowledge/words-in.ts';
import { strangeDecidingWord } from './deciding-words.ts';
import { isDenial } from './denials.ts';
import { reversedDirectionIn, strangeUnitIn } from './directions.ts';
import { mixedClauseIn } from './mixed-clauses.ts';
import { mixedUpIn } from './mixed-sentences.ts';
import { type TextTokens, tokensOf } from './tokens-of-text.ts';
import { unknownNameIn } from './unknown-names.ts';
import { impurityOfAnswerIn, splitSentences } from './untrusted-text.ts';
import { strangeTokenIn } from './whole-tokens.ts';
import { isTurnedRound } from './word-order.ts';

/** Share of a sentence's telling words that the passages which it cites must have. */
const LEAST_SHARE = 0.6;
/** The same of their own text, without headings. */
const LEAST_OWN_SHARE = 0.5;
const STEM = 5;

/**
 * What a sentence says that the text of documents does not: every id, date, version, number and name in it must stand there, most of its words
 * too, in no order that says something else; and it may deny only what they deny. Null where it holds. `own`: the documents' own text, without titles and headings: a "not" of a
 * heading denies nothing that is said below it.
 */
export function violationAgainstText(text: string, cited: string, own = cited): string | null {
  if (cited === '') return 'a sentence without a passage';
  return violationIn(setVersionsApart(text), setVersionsApart(cited), setVersionsApart(own));
}

/** A name and its version are the same with a hyphen between them, or a space: `log4j-2.17.1`. */
function setVersionsApart(text: string): string {
  return text.replace(JOINED_VERSION, '$1 ');
}

const JOINED_VERSION =
  /(?<![\p{L}\p{N}._@:-])(\p{L}[\p{L}\p{N}_+-]*)-(?=v?\p{N}+(?:\.\p{N}+)+(?![\p{L}\p{N}_]|\.\p{L}))/gu;

function violationIn(text: string, cited: string, own: string): string | null {
  return (
    impurityOfAnswerIn(text, cited) ??
    missingToken(text, cited) ??
    unknownNameIn(text, [{ id: 'P', topic: 'description', source: '', text: cited }]) ??
    strangeWords(text, cited) ??
    saidByHeadings(text, own) ??
    strangeDenial(text, own) ??
    rearranged(text, own)
  );
}

/** A heading names what is spoken of; what is said of it stands below. */
function saidByHeadings(text: string, own: string): string | null {
  const stems = stemsOf(own);
  const words = [...stemsOf(text)];
  const shared = words.filter((word) => stems.has(word)).length;
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
  const sentences = own.split('\n').flatMap(splitSentences);
  if (sentences.includes(text)) return null;
  const mixed = mixedUpIn(text, sentences) ?? mixedClausesIn(text, sentences);
  if (mixed !== null) return `"${mixed}", which is said of something else`;
  for (const sentence of splitSentences(text)) {
    if (isTurnedRound(sentence, sentences)) return 'the words of the passage the other way round';
    const other = strangeDecidingWord(sentence, sentences) ?? reversedDirectionIn(sentence, sentences);
    if (other !== null) return `"${other}", which the passage does not say of it`;
  }
  const measure = strangeUnitIn(text, own);
  return measure === null ? null : `the measure ${measure}`;
}

function mixedClausesIn(text: string, sentences: readonly string[]): string | null {
  for (const sentence of splitSentences(text)) {
    const mixed = mixedClauseIn(sentence, sentences);
    if (mixed !== null) return mixed;
  }
  return null;
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

function strangeWords(text: string, cited: string): string | null {
  const stems = stemsOf(cited);
  const words = stemsOf(text);
  const shared = [...words].filter((word) => stems.has(word)).length;
  return shared >= LEAST_SHARE * words.size ? null : 'words that no passage has';
}

/** What is said of a thing and what is said against it have the same words: the sentence of the passage that is nearest decides. */
function strangeDenial(text: string, own: string): string | null {
  const words = stemsOf(text);
  const overlap = (sentence: string) => [...stemsOf(sentence)].filter((word) => words.has(word)).length;
  const [nearest] = splitSentences(own).toSorted((left, right) => overlap(right) - overlap(left));
  return nearest !== undefined && isDenial(nearest) !== isDenial(text)
    ? 'a denial or an assertion that is not the passage’s'
    : null;
}

function stemsOf(text: string): ReadonlySet<string> {
  return new Set((text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []).map((word) => formOf(word).slice(0, STEM)));
}
