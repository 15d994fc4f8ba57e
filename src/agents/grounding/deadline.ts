import { type Evidence, textOn } from '../evidence.ts';

/** What would change a deadline: nobody does, and no evidence ever says so. */
const CHANGED =
  /\b(?:extend(?:s|ed|ing)?|postpon\w*|flexib\w*|more time|convenien\w*|relax\w*|waiv\w*|suspend\w*|grace|reschedul\w*)\b|\b(?:date|deadline|timeline)s?\b[^.;]{0,20}\b(?:mov(?:e|es|ed|ing)|shift\w*|chang\w*|push\w*|lift\w*)\b|\bdelay(?:s|ed|ing)? (?:the |this )?(?:patch|fix|update|upgrade|remediation)\w*\b|\b(?:when|if) (?:time|resources) (?:allow|permit)s?\b/i;
const WITH_UPGRADE = /\b(?:with|at|until|during) the next (?:system )?upgrade\b/i;
const AT_ONCE = /\b(?:immediately|at once|right away|without delay|instantly)\b/i;
const TO_DO = /\b(?:remediat|patch|fix|updat|upgrad|appl|install|replac|unplug|disconnect)\w*/i;
/** A condition sets no deadline: "if it cannot be patched at once, …". */
const CONDITION = /\b(?:if|unless|until|where|when)\b[^,.;]*/gi;

/** What a sentence says of when to act, and the decided timeline does not; null: nothing. */
export function deadlineContradiction(sentence: string, evidence: readonly Evidence[]): string | null {
  const timeline = textOn(evidence, 'bod2604');
  const changed = CHANGED.exec(sentence)?.[0];
  if (changed !== undefined && !evidence.some(({ text }) => text.toLowerCase().includes(changed.toLowerCase())))
    return `the deadline by "${changed}"`;
  if (WITH_UPGRADE.test(sentence) && !/next_upgrade/.test(timeline)) return 'another deadline';
  const outright = sentence.replace(CONDITION, ' ');
  const isHurried = AT_ONCE.test(outright) && TO_DO.test(outright);
  const mayHurry = /3_days/.test(timeline) || /deployer immediate/.test(textOn(evidence, 'ssvc'));
  return isHurried && !mayHurry ? 'a nearer deadline' : null;
}
