import { findIdsIn } from './find-ids-in.ts';

/** How a sentence begins that speaks of what was named before it. */
const REFERS =
  /^(?:it|its|they|their|them|he|she|his|her|this|these|both|er|sie|es|ihre?[rnms]?|seine?[rnms]?|dies(?:e[rsmn]?)?|beide|dadurch|damit)(?!\p{L})/iu;

/** Whether a sentence goes on with the one before it. */
export function refersBack(sentence: string): boolean {
  return REFERS.test(sentence.replace(/^[^\p{L}\p{N}]+/u, ''));
}

/** Numbers of findings, risks and measures (`F-01`, `RA-2026-002`), which later sentences take up. */
const CODE = /(?<![\p{L}\p{N}_.-])\p{Lu}{1,8}-\d{1,6}(?:-\d{1,6})?(?![\p{L}\p{N}_-])/gu;

/** The numbers that a sentence gives things of its document; ids that the world knows are none. */
export function codesIn(sentence: string): string[] {
  return [...sentence.matchAll(CODE)].map(([code]) => code).filter((code) => findIdsIn(code).length === 0);
}
