import type { RankedPassage } from '../../knowledge/retrieve.ts';
import { isDenial } from '../grounding/denials.ts';
import { tokensOf } from '../grounding/tokens-of-text.ts';
import { unknownNameIn } from '../grounding/unknown-names.ts';
import { impurityOfAnswerIn, splitSentences } from '../grounding/untrusted-text.ts';

/** A passage as a prompt numbers it. */
export interface NumberedPassage {
  /** `P1`, `P2`, … */
  readonly id: string;
  readonly passage: RankedPassage;
  /** What the model was shown of it. */
  readonly text: string;
}

/** A sentence of an answer that passages carry, or why it does not stand. */
export type GroundedAnswer =
  | { readonly ok: true; readonly text: string; readonly citedBy: readonly NumberedPassage[] }
  | { readonly ok: false; readonly violation: string };

/** Share of a sentence's telling words that the passages which it cites must have. */
const LEAST_SHARE = 0.6;
const STEM = 5;

/**
 * Checks a model's sentence against the passages that it names: it must name one; every id, date, version, number and name in it must
 * stand there, most of its words too; and it may deny only what they deny.
 */
export function groundAnswer(
  claimed: { readonly text: string; readonly evidence: readonly string[] },
  passages: readonly NumberedPassage[],
): GroundedAnswer {
  const text = claimed.text
    .replace(/\s*\[P\d+(?:\s*,\s*P?\d+)*\]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const citedBy = passages.filter(({ id }) => claimed.evidence.includes(id) || claimed.text.includes(`[${id}]`));
  const cited = citedBy.map(({ text: shown }) => shown).join('\n');
  const violation = text === '' ? 'an empty sentence' : violationIn(text, cited);
  return violation === null ? { ok: true, text, citedBy } : { ok: false, violation };
}

function violationIn(text: string, cited: string): string | null {
  if (cited === '') return 'a sentence without a passage';
  return (
    impurityOfAnswerIn(text, cited) ??
    missingToken(text, cited) ??
    unknownNameIn(text, [{ id: 'P', topic: 'description', source: '', text: cited }]) ??
    strangeWords(text, cited) ??
    strangeDenial(text, cited)
  );
}

function missingToken(text: string, cited: string): string | null {
  const said = tokensOf(text);
  const known = tokensOf(cited);
  const lower = cited.toLowerCase();
  const ids = [...said.cveIds, ...said.cweIds, ...said.techniqueIds, ...said.otherIds, ...said.versions];
  const id = ids.find((one) => !lower.includes(one.toLowerCase()));
  if (id !== undefined) return `"${id}"`;
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

function strangeWords(text: string, cited: string): string | null {
  const stems = stemsOf(cited);
  const words = stemsOf(text);
  const shared = [...words].filter((word) => stems.has(word)).length;
  return shared >= LEAST_SHARE * words.size ? null : 'words that no passage has';
}

/** What is said of a thing and what is said against it have the same words: the sentence of the passage that is nearest decides. */
function strangeDenial(text: string, cited: string): string | null {
  const words = stemsOf(text);
  const overlap = (sentence: string) => [...stemsOf(sentence)].filter((word) => words.has(word)).length;
  const [nearest] = splitSentences(cited).toSorted((left, right) => overlap(right) - overlap(left));
  return nearest !== undefined && isDenial(nearest) !== isDenial(text)
    ? 'a denial or an assertion that is not the passage’s'
    : null;
}

function stemsOf(text: string): ReadonlySet<string> {
  return new Set((text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []).map((word) => word.slice(0, STEM)));
}
