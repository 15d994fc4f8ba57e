import { CONTROLS, type Control } from '../../domain/asset/control.ts';
import type { AttackMapping } from '../../domain/attack/attack.ts';
import type { MetricsView } from '../cvss/metrics-view.ts';

/** A control of an asset, and whether it stands between an attacker and this vulnerability. */
export interface ControlInPath {
  readonly control: Control;
  /** The mitigation of ATT&CK that it is. */
  readonly mitigation: string;
  /** The technique of exploitation that it mitigates here; null where it is not in the path. */
  readonly technique: string | null;
  /** How sure it is that it is exploited by that technique, 0 to 1; null where somebody has published it, or no technique counts. */
  readonly confidence: number | null;
}

interface Reach {
  /** Techniques that the control's mitigation mitigates (ATT&CK, relationships "mitigates", of techniques by which vulnerabilities are exploited). */
  readonly techniques: readonly string[];
  /** Whether attacks of such a vector pass it at all. */
  readonly isPassed: (view: MetricsView) => boolean;
}

/** A derived technique below this is more likely wrong than right: what is not known protects nobody. */
const LIKELY = 0.5;

const EXPLOITED = ['T1068', 'T1189', 'T1190', 'T1203', 'T1210', 'T1211', 'T1212'] as const;
const always = () => true;
const byNetwork = ({ attackVector }: MetricsView) => attackVector === 'network';
const byUser = ({ userInteraction }: MetricsView) => userInteraction;
const onTheSystem = (view: MetricsView) => view.attackVector === 'local' || view.userInteraction;

/** What each control can stop. A web application firewall sees what comes to a server by the network; a second factor, attacks that need an account. */
export const REACHES: Readonly<Record<Control, Reach>> = {
  waf: { techniques: ['T1190'], isPassed: byNetwork },
  exploit_protection: { techniques: EXPLOITED, isPassed: always },
  sandboxing: { techniques: EXPLOITED, isPassed: always },
  network_segmentation: {
    techniques: ['T1133', 'T1190', 'T1210'],
    isPassed: ({ attackVector }) => attackVector === 'network' || attackVector === 'adjacent',
  },
  network_filtering: { techniques: ['T1190', 'T1499'], isPassed: byNetwork },
  intrusion_prevention: { techniques: ['T1204', 'T1566'], isPassed: byUser },
  web_content_filtering: { techniques: ['T1059', 'T1133', 'T1189', 'T1204', 'T1566'], isPassed: byUser },
  mfa: { techniques: ['T1021', 'T1078', 'T1133'], isPassed: ({ privilegesRequired }) => privilegesRequired !== 'none' },
  execution_prevention: { techniques: ['T1059', 'T1068', 'T1204'], isPassed: onTheSystem },
  edr: { techniques: ['T1059', 'T1204'], isPassed: onTheSystem },
  antivirus: { techniques: ['T1059', 'T1566'], isPassed: onTheSystem },
};

/**
 * Which of an asset's controls stand in the path of a vulnerability: those whose mitigation is of a technique by which it is exploited, and that its
 * vector passes. Without a vector nothing is known of the path, and none counts.
 */
export function controlsInPath(
  controls: readonly Control[],
  view: MetricsView | null,
  attack: readonly Pick<AttackMapping, 'techniqueId' | 'role' | 'source' | 'confidence'>[],
): ControlInPath[] {
  // What is published counts before what is derived, the likelier before the less likely.
  const mappings = attack
    .filter((mapping) => mapping.role === 'exploitation' && (!isDerived(mapping) || mapping.confidence >= LIKELY))
    .sort((one, other) => Number(isDerived(one)) - Number(isDerived(other)) || other.confidence - one.confidence);
  return controls.map((control) => {
    const { techniques: mitigated, isPassed } = REACHES[control];
    const isInPath = view !== null && isPassed(view);
    const stopped = isInPath
      ? mappings.find(({ techniqueId: id }) => mitigated.includes(id.split('.')[0] ?? id))
      : undefined;
    return {
      control,
      mitigation: CONTROLS[control],
      technique: stopped?.techniqueId ?? null,
      confidence: stopped !== undefined && isDerived(stopped) ? stopped.confidence : null,
    };
  });
}

function isDerived({ source }: Pick<AttackMapping, 'source'>): boolean {
  return source !== 'mapping';
}
