import { type Evidence, type EvidenceTopic, factsOf } from '../evidence.ts';
import { contradictionIn } from './contradictions.ts';
import { violationAgainstText } from './ground-text.ts';
import { COMMON_WORDS, isAboutEvidence, looseWordIn, strangeObjectIn } from './loose-words.ts';
import { isStrange } from './plain-words.ts';
import { repeatsPrompt } from './prompt-leak.ts';
import { isTrueBound } from './share-bounds.ts';
import { bareVersion, type NumberToken, type TextTokens, tokensOf } from './tokens-of-text.ts';
import { knownWords, unknownNameIn } from './unknown-names.ts';
import { impurityIn } from './untrusted-text.ts';

/** A sentence that a model wrote, and the evidence that it names for it. */
export interface ClaimedSentence {
  readonly text: string;
  readonly evidence: readonly string[];
}

/** A sentence that evidence carries, with what carries it; or what it claims without evidence. */
export type Grounding =
  | { readonly ok: true; readonly text: string; readonly citedBy: readonly Evidence[] }
  | { readonly ok: false; readonly violation: string };

/**
 * Checks a model's sentence against the numbered evidence of its finding: it must cite, and every id, date, version, number and name in it
 * must stand in the evidence; a number in the field that the sentence speaks of. Judgements that contradict the decided ones fail too, and
 * so does anything that is no plain prose.
 */
export function groundSentence({ text, evidence: cited }: ClaimedSentence, pieces: readonly Evidence[]): Grounding {
  const sentence = text
    .replace(/\s*\[E\d+(?:\s*,\s*E?\d+)*\]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (sentence === '') return { ok: false, violation: 'an empty sentence' };
  const named = new Set([...cited, ...[...text.matchAll(/E\d+/g)].map(([id]) => id)]);
  const evidence = factsOf(pieces);
  const citedPieces = evidence.filter(({ id }) => named.has(id));
  const documents = citedPieces.length > 0 ? [] : pieces.filter(({ id }) => named.has(id));
  if (documents.length > 0) return groundInDocuments(sentence, documents, evidence);
  const problem = impurityIn(sentence);
  if (problem !== null) return { ok: false, violation: problem };
  if (repeatsPrompt(sentence)) return { ok: false, violation: 'the words of the prompt' };
  if (citedPieces.length === 0) return { ok: false, violation: 'a sentence without evidence' };
  const tokens = tokensOf(sentence);
  const support = new Set(citedPieces);
  const violation =
    missingId([...tokens.cveIds, ...tokens.cweIds, ...tokens.techniqueIds, ...tokens.otherIds], evidence, support) ??
    missingDate(tokens.dates, sentence, evidence, support) ??
    missingVersion(tokens.versions, evidence, support) ??
    missingNumber(tokens.numbers, sentence, evidence, support) ??
    unknownNameIn(sentence, evidence) ??
    contradictionIn(sentence, evidence) ??
    looseWordIn(sentence, evidence) ??
    strangeObjectIn(sentence, knownWords(evidence)) ??
    strangerIn(sentence, evidence);
  if (violation !== null) return { ok: false, violation };
  return { ok: true, text: sentence, citedBy: evidence.filter((piece) => support.has(piece)) };
}

/** What the company's documents say is held against them alone; it may not contradict what is decided. */
function groundInDocuments(sentence: string, citedBy: readonly Evidence[], facts: readonly Evidence[]): Grounding {
  if (repeatsPrompt(sentence)) return { ok: false, violation: 'the words of the prompt' };
  const text = citedBy.map((piece) => piece.text).join('\n');
  const violation = violationAgainstText(sentence, text) ?? contradictionIn(sentence, facts);
  return violation === null ? { ok: true, text: sentence, citedBy } : { ok: false, violation };
}

/** What is in another language or about something else. */
function strangerIn(sentence: string, evidence: readonly Evidence[]): string | null {
  if (isStrange(sentence, (word) => COMMON_WORDS.has(word) || knownWords(evidence).has(word)))
    return 'words that are not English';
  return isAboutEvidence(sentence, evidence) ? null : 'a sentence that no evidence is about';
}

const TOKENS_OF = new WeakMap<Evidence, TextTokens>();

/** The tokens of a piece of evidence, which many sentences are held against. */
function tokensOfPiece(piece: Evidence): TextTokens {
  const tokens = TOKENS_OF.get(piece) ?? tokensOf(piece.text);
  TOKENS_OF.set(piece, tokens);
  return tokens;
}

/** Adds the pieces that carry a claim to those cited; false where none does. */
function carry(
  isCarrier: (piece: Evidence) => boolean,
  evidence: readonly Evidence[],
  support: Set<Evidence>,
): boolean {
  if ([...support].some(isCarrier)) return true;
  const carrier = evidence.find(isCarrier);
  if (carrier !== undefined) support.add(carrier);
  return carrier !== undefined;
}

function missingId(ids: readonly string[], evidence: readonly Evidence[], support: Set<Evidence>): string | null {
  const missing = ids.find((id) => {
    const form = new RegExp(`(?<![\\w.-])${id.replace(/[.#]/g, '\\$&')}(?![\\w-]|\\.\\d)`, 'i');
    return !carry(({ text }) => form.test(text), evidence, support);
  });
  return missing === undefined ? null : `the id ${missing}`;
}

/** Which field a date is of, by the words before it. */
const DATE_FIELDS: readonly { readonly words: RegExp; readonly topics: readonly EvidenceTopic[] }[] = [
  {
    words: /\b(?:due|deadline|last day|no later than|remediat\w*|fix\w*|patch\w*|by|before|until|within)\b/i,
    topics: ['bod2604'],
  },
  { words: /\b(?:listed|added|KEV|catalog\w*|exploited since)\b/i, topics: ['kev'] },
  { words: /\bEPSS|probability|forecast/i, topics: ['epss'] },
];

function missingDate(
  dates: readonly string[],
  sentence: string,
  evidence: readonly Evidence[],
  support: Set<Evidence>,
): string | null {
  // A sentence may speak of two dates; each is then of one of the fields that it names.
  const spoken = DATE_FIELDS.filter(({ words }) => words.test(sentence)).flatMap(({ topics }) => topics);
  for (const date of dates) {
    const holds = (piece: Evidence) =>
      datesOf(piece).some(
        (known) =>
          known.startsWith(date) ||
          (date.startsWith('-') && (known.endsWith(date) || (date.endsWith('-') && known.includes(date)))),
      );
    const isOfField = (piece: Evidence) => spoken.length === 0 || spoken.includes(piece.topic);
    if (!carry((piece) => holds(piece) && isOfField(piece), evidence, support)) return `the date ${date}`;
  }
  return null;
}

/** Of a timeline the due date: the day that it is counted from is no date to tell anybody. */
function datesOf(piece: Evidence): readonly string[] {
  if (piece.topic !== 'bod2604') return tokensOfPiece(piece).dates;
  return [...piece.text.matchAll(/\bdue (\S+)/g)].map(([, date = '']) => date);
}

function missingVersion(
  versions: readonly string[],
  evidence: readonly Evidence[],
  support: Set<Evidence>,
): string | null {
  const missing = versions.find((version) => {
    const form = new RegExp(`(?<![\\w.])v?${version.replace(/[.+]/g, '\\$&')}(?![\\w]|\\.\\d)`, 'i');
    return !carry(({ text, topic }) => VERSION_TOPICS.includes(topic) && form.test(text), evidence, support);
  });
  return missing === undefined ? null : `the version ${missing}`;
}

const VERSION_TOPICS: readonly EvidenceTopic[] = ['affected', 'description', 'record'];

/** How far a word may stand from the number whose field it names, characters. */
const FIELD_REACH = 60;
/** Which field a number is of, by the nearest of these words. */
const NUMBER_FIELDS: readonly { readonly words: RegExp; readonly topics: readonly EvidenceTopic[] }[] = [
  { words: /\b(?:CVSS|base score|severity score|scor(?:e|es|ed))\b/gi, topics: ['cvss'] },
  { words: /\b(?:EPSS|probability|chance|forecast\w*|percentile)\b/gi, topics: ['epss'] },
  { words: /\b(?:likelihood|impact)\b/gi, topics: ['risk'] },
  { words: /\b(?:row|BOD|timeline|deadline)\b/gi, topics: ['bod2604'] },
  { words: /\b(?:versions?|releases?|upgrade\w*|update\w*|through|prior|before|earlier)\b/gi, topics: VERSION_TOPICS },
];

function missingNumber(
  numbers: readonly NumberToken[],
  sentence: string,
  evidence: readonly Evidence[],
  support: Set<Evidence>,
): string | null {
  for (const number of numbers) {
    const field = fieldOf(number, sentence);
    const isCarrier = (piece: Evidence) =>
      (field === null ? UNNAMED_TOPICS : field).includes(piece.topic) && holdsNumber(piece, number, sentence, evidence);
    if (!carry(isCarrier, evidence, support))
      return `the number ${number.value}${number.unit === 'percent' ? ' %' : ''}`;
  }
  return null;
}

/** Where a number may come from that no field's name stands near: what is said of a flaw in words. */
const UNNAMED_TOPICS: readonly EvidenceTopic[] = [
  'description',
  'affected',
  'record',
  'attack',
  'kev',
  'risk',
  'bod2604',
];

function fieldOf({ at, unit }: NumberToken, sentence: string): readonly EvidenceTopic[] | null {
  if (unit === 'percent') return ['epss'];
  if (unit === 'time') return /EPSS|probability|forecast|chance/i.test(sentence) ? ['epss', 'bod2604'] : ['bod2604'];
  const candidates = NUMBER_FIELDS.flatMap(({ words, topics }) =>
    [...sentence.matchAll(words)].map((match) => ({ topics, distance: distanceFrom(match, at) })),
  );
  const [nearest] = candidates.toSorted((left, right) => left.distance - right.distance);
  return nearest === undefined || nearest.distance > FIELD_REACH ? null : nearest.topics;
}

/** What stands before a number names it more often than what follows. */
function distanceFrom(match: RegExpExecArray, at: number): number {
  const end = match.index + match[0].length;
  return end <= at ? at - end : 2 * (match.index - at);
}

/** EPSS speaks of the 30 days after its date: https://www.first.org/epss/model. */
const EPSS_DAYS = 30;
const TIMELINE_DAYS = /(\d+)_days/;

function holdsNumber(piece: Evidence, number: NumberToken, sentence: string, evidence: readonly Evidence[]): boolean {
  const { value, decimals, unit, days } = number;
  const { topic, text } = piece;
  if (topic === 'bod2604' && unit === 'time') return Number(TIMELINE_DAYS.exec(text)?.[1]) === days;
  if (topic === 'epss' && unit === 'time') return days === EPSS_DAYS;
  if (topic === 'epss' && unit === 'percent' && isTrueBound(sentence, evidence)) return true;
  if (topic === 'cvss') return holdsScore(text, number, sentence);
  if (topic === 'risk' && /likelihood/.test(text)) return holdsRisk(text, number, sentence);
  // Of one finding the row is no count; of an assessment "2 of 4 findings" is.
  if (topic === 'bod2604' && !/findings/.test(text) && !/\brow\b/i.test(sentence)) return false;
  // There is no percentile in the evidence.
  if (topic === 'epss' && /percentile/i.test(sentence)) return false;
  const known = tokensOfPiece(piece);
  if (VERSION_TOPICS.includes(topic) && known.versions.includes(bareVersion(String(value)))) return true;
  return known.numbers.some((one) =>
    isSameNumber(one.value, value, decimals, unit === 'percent' && one.unit !== 'percent'),
  );
}

/** What stands before the end of a scale: "9.8 out of", "five of"; not "a score of". */
const SCALE = /\bout of\s*$|(?:\d|\b(?:one|two|three|four|five|nine|ten))\s+of\s*$/i;

/** The base score; the version only where it is spoken of as one. */
function holdsScore(text: string, { value, at }: NumberToken, sentence: string): boolean {
  const [, version, score] = /CVSS (\S+) (\S+)/.exec(text) ?? [];
  const isVersion = /\b(?:CVSS|version)[\s:]*v?(?:ersion )?$/i.test(sentence.slice(0, at));
  if (SCALE.test(sentence.slice(0, at))) return value === 10;
  return value === Number(score) || (isVersion && value === Number(version));
}

/** Likelihood and impact, each under its own name; "of 5" is their scale. */
function holdsRisk(text: string, { value, at }: NumberToken, sentence: string): boolean {
  const before = sentence.slice(0, at);
  if (SCALE.test(before)) return value === 5;
  const [, name = ''] =
    /.*\b(likelihood|impact)\b/is.exec(before) ?? /\b(likelihood|impact)\b/i.exec(sentence.slice(at)) ?? [];
  return Number(new RegExp(`${name.toLowerCase()} (\\d)`).exec(text)?.[1]) === value;
}

/** Whether a number is another one, as exactly as it is said; a share may be said in per cent. */
function isSameNumber(known: number, said: number, decimals: number, isPercent: boolean): boolean {
  const scaled = isPercent ? known * 100 : known;
  if (Math.abs(scaled - said) < 1e-9) return true;
  return decimals >= (isPercent ? 0 : 2) && Math.abs(scaled - said) <= 0.5 * 10 ** -decimals + 1e-9;
}
