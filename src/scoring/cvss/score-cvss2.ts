import type { CvssVector } from '../../domain/cvss/cvss-vector.ts';

/** The three scores of a v2.0 vector; metrics that are absent count as ND. */
export interface Cvss2Scores {
  readonly base: number;
  readonly temporal: number;
  readonly environmental: number;
}

// A complete guide to CVSS v2.0, sections 3.2.1 to 3.2.3: the weight of each value.
const WEIGHTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { L: 0.395, A: 0.646, N: 1 },
  AC: { H: 0.35, M: 0.61, L: 0.71 },
  Au: { M: 0.45, S: 0.56, N: 0.704 },
  C: { N: 0, P: 0.275, C: 0.66 },
  I: { N: 0, P: 0.275, C: 0.66 },
  A: { N: 0, P: 0.275, C: 0.66 },
  E: { U: 0.85, POC: 0.9, F: 0.95, H: 1, ND: 1 },
  RL: { OF: 0.87, TF: 0.9, W: 0.95, U: 1, ND: 1 },
  RC: { UC: 0.9, UR: 0.95, C: 1, ND: 1 },
  CDP: { N: 0, L: 0.1, LM: 0.3, MH: 0.4, H: 0.5, ND: 0 },
  TD: { N: 0, L: 0.25, M: 0.75, H: 1, ND: 1 },
  CR: { L: 0.5, M: 1, H: 1.51, ND: 1 },
  IR: { L: 0.5, M: 1, H: 1.51, ND: 1 },
  AR: { L: 0.5, M: 1, H: 1.51, ND: 1 },
};

/**
 * Scores a valid v2.0 vector, each 0.0 to 10.0 with one decimal, by the equations of the CVSS v2.0 guide, section 3.2.
 * Written out here because the library that scores the other versions leaves out the rounding of the intermediate
 * scores, which every equation of the guide asks for, and is 0.1 off on one environmental score in six.
 */
export function scoreCvss2({ metrics }: CvssVector): Cvss2Scores {
  const weight = (name: string) => WEIGHTS[name]?.[metrics[name] ?? 'ND'] ?? 0;
  const exploitability = 20 * weight('AV') * weight('AC') * weight('Au');
  const impact = (requirement: (name: string) => number) =>
    10.41 *
    (1 -
      (1 - weight('C') * requirement('CR')) *
        (1 - weight('I') * requirement('IR')) *
        (1 - weight('A') * requirement('AR')));
  const baseOf = (impactScore: number) =>
    round((0.6 * impactScore + 0.4 * exploitability - 1.5) * (impactScore === 0 ? 0 : 1.176));
  const temporalOf = (baseScore: number) => round(baseScore * weight('E') * weight('RL') * weight('RC'));

  const base = baseOf(impact(() => 1));
  const adjustedTemporal = temporalOf(baseOf(Math.min(10, impact(weight))));
  const environmental = round((adjustedTemporal + (10 - adjustedTemporal) * weight('CDP')) * weight('TD'));
  return { base, temporal: temporalOf(base), environmental };
}

/** One decimal, halves up. The millionth undoes binary fractions: 9.0 × 0.95 is 8.55 and not a little less. */
function round(score: number): number {
  return Math.floor(score * 10 + 0.5 + 1e-6) / 10;
}
