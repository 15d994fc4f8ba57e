import type { RankedPassage } from '../../knowledge/retrieve.ts';
import { violationAgainstText } from '../grounding/ground-text.ts';

/** A passage as a prompt numbers it. */
export interface NumberedPassage {
  /** `P1`, `P2`, … */
  readonly id: string;
  readonly passage: RankedPassage;
  /** What the model was shown of it: where it stands, and its own text. */
  readonly text: string;
  /** Of that its own text. */
  readonly own: string;
}

/** A sentence of an answer that passages carry, or why it does not stand. */
export type GroundedAnswer =
  | { readonly ok: true; readonly text: string; readonly citedBy: readonly NumberedPassage[] }
  | { readonly ok: false; readonly violation: string };

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
  const own = citedBy.map((one) => one.own).join('\n');
  const place = citedBy.map((one) => one.text.slice(0, Math.max(0, one.text.length - one.own.length))).join('\n');
  const violation = text === '' ? 'an empty sentence' : violationAgainstText(text, cited, own, place);
  return violation === null ? { ok: true, text, citedBy } : { ok: false, violation };
}
