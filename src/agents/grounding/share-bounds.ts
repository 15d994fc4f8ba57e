import type { Evidence } from '../evidence.ts';
import { type Decided, decidedOf } from './decided.ts';

const BOUND =
  /\b(below|under|beneath|less than|at most|more than|above|over|at least)\s+(?:about\s+)?(\d+(?:\.\d+)?)\s*(?:%|per ?cent\b)/i;
const UPPER = /below|under|beneath|less|most/i;
/** A bound that lies farther off, percentage points, says something else than the number does. */
const TIGHT = 1;

/** Whether a sentence bounds EPSS' probability in per cent, truly and tightly: "more than 99 percent" of 0.995. */
export function isTrueBound(sentence: string, evidence: readonly Evidence[]): boolean {
  const { probability }: Decided = decidedOf(evidence);
  const [, words = '', value = ''] = BOUND.exec(sentence) ?? [];
  if (probability === null || value === '') return false;
  const room = (Number(value) - probability * 100) * (UPPER.test(words) ? 1 : -1);
  return room >= 0 && room <= TIGHT;
}
