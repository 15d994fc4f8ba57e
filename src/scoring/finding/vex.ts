import type { RiskFactor } from '../../domain/assessment/finding-schema.ts';
import type { CveFacts } from '../../domain/finding/cve-facts.ts';
import type { VexStatement } from '../../domain/finding/sighting.ts';

/**
 * Why a VEX statement leaves nothing to judge: this product is not affected, or is mended. Null where it leaves something, or where CISA lists the
 * vulnerability as exploited, or may: a statement does not hide that.
 */
export function clearedBy(facts: CveFacts, vex: VexStatement | null): RiskFactor | null {
  if (vex === null || !isClearing(vex) || facts.kev.kind !== 'absent') return null;
  const effect =
    vex.status === 'fixed'
      ? 'the product is mended: there is nothing to remediate'
      : 'the product is not affected: there is nothing to remediate';
  return toFactor(vex, effect);
}

/** What a VEX statement does to a finding that is judged: it is shown, and changes nothing. */
export function vexFactors(facts: CveFacts, vex: VexStatement | null): RiskFactor[] {
  if (vex === null) return [];
  const isExploited = facts.kev.kind === 'found';
  const effect = !isClearing(vex)
    ? vex.status === 'not_affected'
      ? 'no change: it gives no reason'
      : 'no change'
    : isExploited
      ? 'does not lower the level: CISA lists it as exploited, so the statement is to be reviewed'
      : 'does not lower the level while whether CISA lists it as exploited could not be read';
  return [toFactor(vex, effect)];
}

/** That a product is not affected needs a reason (OpenVEX 0.2.0: a justification or an impact statement must be given; CSAF 2.0, section 4.5). */
function isClearing({ status, justification, detail }: VexStatement): boolean {
  return status === 'fixed' || (status === 'not_affected' && (justification !== null || detail !== null));
}

function toFactor({ status, justification, author, at }: VexStatement, effect: string): RiskFactor {
  const value = justification === null ? status : `${status} (${justification})`;
  return { name: 'vex', value, effect, source: author === null ? 'VEX' : `VEX by ${author}`, asOf: at };
}
