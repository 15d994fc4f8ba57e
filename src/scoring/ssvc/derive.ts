import type { Automatable, TechnicalImpact } from '../../domain/ssvc/decision-points.ts';
import type { MetricsView } from '../cvss/metrics-view.ts';

/**
 * SSVC Automatable 2.0.0 from a vector: yes if steps 1 to 4 of the kill chain need nothing that a program lacks, which is
 * AV:N, AC:L (v4.0: and AT:N), PR:N, UI:N. Null (unknown) without a vector. Agreement with CISA's analysts is measured in
 * `test/quality/ssvc-derived.test.ts`.
 */
export function deriveAutomatable(view: MetricsView | null): Automatable | null {
  if (view === null) return null;
  const needsNothing =
    view.attackVector === 'network' &&
    view.attackComplexityLow &&
    view.privilegesRequired === 'none' &&
    !view.userInteraction;
  return needsNothing ? 'yes' : 'no';
}

/**
 * SSVC Technical Impact 1.0.0 from a vector: total if the attacker gains the data and the behaviour of the vulnerable
 * system, which is C:H and I:H (v4.0: VC and VI); availability makes no difference to CISA's choices. Null (unknown)
 * without a vector, and where v2.0 says of one that its loss is partial and of the other that it is lost, too: that may be
 * high or low. Agreement with CISA's analysts is measured in `test/quality/ssvc-derived.test.ts`, that of v2.0 with v3.x in
 * `test/quality/cvss-v2.test.ts`.
 */
export function deriveTechnicalImpact(view: MetricsView | null): TechnicalImpact | null {
  if (view === null) return null;
  const losses = [view.confidentiality, view.integrity];
  if (losses.some((loss) => loss === 'none' || loss === 'low')) return 'partial';
  return losses.includes('partial') ? null : 'total';
}
