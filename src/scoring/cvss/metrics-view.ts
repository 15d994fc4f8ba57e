import type { CvssVector } from '../../domain/cvss/cvss-vector.ts';

/** What a CVSS vector says about exploiting a vulnerability and its impact, in the same terms for every version. */
export interface MetricsView {
  readonly attackVector: 'network' | 'adjacent' | 'local' | 'physical';
  /** Whether an attack needs neither special effort nor conditions that the attacker cannot bring about. */
  readonly attackComplexityLow: boolean;
  readonly privilegesRequired: 'none' | 'low' | 'high';
  /** Whether someone other than the attacker has to take part. */
  readonly userInteraction: boolean;
  readonly confidentiality: StatedImpact;
  readonly integrity: StatedImpact;
  readonly availability: StatedImpact;
  /**
   * The worst loss on any system: v4.0 keeps the vulnerable system's (VC, VI, VA) and subsequent systems' (SC, SI, SA) apart, where v2.0 and v3.x
   * state that of the impacted one.
   */
  readonly anySystem: Losses<StatedImpact>;
  /** Whether systems beyond the vulnerable one are affected. */
  readonly scopeChanged: boolean;
  /** `null` where the vector does not say. */
  readonly exploitMaturity: ExploitMaturity | null;
}

/** Loss of confidentiality, integrity or availability, as v3.x and v4.0 grade it. */
export type ImpactLevel = 'none' | 'low' | 'high';

/** `partial`: v2.0's value for all between nothing and everything (section 2.1.4 to 2.1.6), which later versions call low or high. */
export type StatedImpact = ImpactLevel | 'partial';

/** What is lost of each of the three. */
export interface Losses<Level> {
  readonly confidentiality: Level;
  readonly integrity: Level;
  readonly availability: Level;
}

/** CVSS v4.0, section 3.1: exploitation was reported; a proof of concept is public; nothing is known. */
export type ExploitMaturity = 'attacked' | 'poc' | 'unreported';

const ATTACK_VECTOR: Readonly<Record<string, MetricsView['attackVector']>> = {
  N: 'network',
  A: 'adjacent',
  L: 'local',
  P: 'physical',
};

// v2.0 asks how often an attacker authenticates: multiple times is as hard to come by as high privileges.
const PRIVILEGES: Readonly<Record<string, MetricsView['privilegesRequired']>> = {
  N: 'none',
  S: 'low',
  L: 'low',
  M: 'high',
  H: 'high',
};

const IMPACT: Readonly<Record<string, StatedImpact>> = { N: 'none', L: 'low', H: 'high', P: 'partial', C: 'high' };

// v2.0 (section 2.2.1) and v3.x (section 3.1) name the state of exploit code, not its use: even "high" means working code
// or none needed, so that only v4.0 can say that attacks were reported.
const MATURITY: Readonly<Record<string, ExploitMaturity>> = {
  U: 'unreported',
  POC: 'poc',
  P: 'poc',
  F: 'poc',
  H: 'poc',
  A: 'attacked',
};

/** Reads a vector's base metrics and exploit maturity uniformly; environmental metrics are the asset's and do not count. */
export function viewMetrics(vector: CvssVector): MetricsView {
  const { version, metrics } = vector;
  const value = (name: string) => metrics[name] ?? '';
  const impact = (name: string) => IMPACT[value(version === '4.0' ? `V${name}` : name)] ?? 'none';
  return {
    attackVector: ATTACK_VECTOR[value('AV')] ?? 'network',
    // v4.0 split v3's attack complexity: conditions of the target went into AT (v4.0, section 2.1.3).
    attackComplexityLow: value('AC') === 'L' && (version !== '4.0' || value('AT') === 'N'),
    privilegesRequired: PRIVILEGES[value(version === '2.0' ? 'Au' : 'PR')] ?? 'none',
    userInteraction: version !== '2.0' && value('UI') !== 'N',
    confidentiality: impact('C'),
    integrity: impact('I'),
    availability: impact('A'),
    anySystem: {
      confidentiality: worseImpact(impact('C'), value('SC')),
      integrity: worseImpact(impact('I'), value('SI')),
      availability: worseImpact(impact('A'), value('SA')),
    },
    scopeChanged: isScopeChanged(vector),
    exploitMaturity: MATURITY[value('E')] ?? null,
  };
}

/** The losses with v2.0's `partial` read as one of the two that it may be. */
export function readPartialAs(level: 'low' | 'high', losses: Losses<StatedImpact>): Losses<ImpactLevel> {
  const read = (stated: StatedImpact) => (stated === 'partial' ? level : stated);
  return {
    confidentiality: read(losses.confidentiality),
    integrity: read(losses.integrity),
    availability: read(losses.availability),
  };
}

/** Whether a loss is v2.0's `partial`. */
export function hasPartial({ confidentiality, integrity, availability }: Losses<StatedImpact>): boolean {
  return [confidentiality, integrity, availability].includes('partial');
}

const IMPACT_ORDER: readonly StatedImpact[] = ['none', 'low', 'partial', 'high'];

/** The worse of an impact and a v4.0 metric for subsequent systems, which other versions do not have. */
function worseImpact(level: StatedImpact, subsequent: string): StatedImpact {
  // SI:S and SA:S (safety) occur in environmental groups only; they are worse than high.
  const other = subsequent === 'S' ? 'high' : (IMPACT[subsequent] ?? 'none');
  return IMPACT_ORDER.indexOf(other) > IMPACT_ORDER.indexOf(level) ? other : level;
}

/** v3.x: S:C; v4.0, which replaced scope, any impact on a subsequent system; v2.0 does not ask. */
function isScopeChanged({ version, metrics }: CvssVector): boolean {
  if (version === '2.0') return false;
  if (version === '4.0') return ['SC', 'SI', 'SA'].some((name) => metrics[name] !== 'N');
  return metrics['S'] === 'C';
}
