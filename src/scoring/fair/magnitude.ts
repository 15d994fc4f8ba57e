import type { EventLoss, Magnitude } from '../../domain/fair/magnitude.ts';
import type { Random } from './random.ts';

/** The 95th percentile of the standard normal distribution. */
const Z95 = 1.6448536269514722;

/** Weight of the likeliest value in PERT's mean: (least + 4 × likeliest + most) / 6 (Malcolm et al., Operations Research 7(5), 1959). */
const PERT_WEIGHT = 4;

/** Mean, and mean of the square, of what one event costs. */
export interface Moments {
  readonly mean: number;
  readonly meanSquare: number;
}

/** The lognormal whose 5th and 95th percentiles are given: mean and standard deviation of the logarithm. */
export function lognormalOf({ low, high }: Pick<Magnitude, 'low' | 'high'>): { mu: number; sigma: number } {
  return { mu: (Math.log(low) + Math.log(high)) / 2, sigma: (Math.log(high) - Math.log(low)) / (2 * Z95) };
}

/**
 * Whether the mean lies above the 95th percentile, where it says little: of a lognormal when exp(μ + σ²/2) > exp(μ + z₉₅σ), so σ > 2 z₉₅, a range of
 * more than exp(4 z₉₅²) ≈ 50,000 to 1.
 */
export function isTailHeavy(magnitude: Magnitude): boolean {
  return magnitude.distribution === 'lognormal' && lognormalOf(magnitude).sigma > 2 * Z95;
}

/** The moments of an event's loss, in closed form. */
export function momentsOf({ primary, secondary }: EventLoss): Moments {
  const first = momentsOfOne(primary);
  if (secondary === null) return first;
  const { probability } = secondary;
  const second = momentsOfOne(secondary.magnitude);
  return {
    mean: first.mean + probability * second.mean,
    meanSquare: first.meanSquare + probability * (2 * first.mean * second.mean + second.meanSquare),
  };
}

/** Draws what an event costs. */
export function createLossSampler({ primary, secondary }: EventLoss, random: Random): () => number {
  const first = samplerOfOne(primary, random);
  if (secondary === null) return first;
  const { probability } = secondary;
  const second = samplerOfOne(secondary.magnitude, random);
  return () => first() + (random.uniform() < probability ? second() : 0);
}

function momentsOfOne(magnitude: Magnitude): Moments {
  const { distribution, low, high } = magnitude;
  if (distribution === 'lognormal') {
    const { mu, sigma } = lognormalOf(magnitude);
    return { mean: Math.exp(mu + sigma ** 2 / 2), meanSquare: Math.exp(2 * mu + 2 * sigma ** 2) };
  }
  const mean = (low + PERT_WEIGHT * modeOf(magnitude) + high) / (PERT_WEIGHT + 2);
  const variance = ((mean - low) * (high - mean)) / (PERT_WEIGHT + 3);
  return { mean, meanSquare: mean ** 2 + variance };
}

function samplerOfOne(magnitude: Magnitude, random: Random): () => number {
  const { distribution, low, high } = magnitude;
  if (low === high) return () => low;
  if (distribution === 'lognormal') {
    const { mu, sigma } = lognormalOf(magnitude);
    const { normal } = random;
    return () => Math.exp(mu + sigma * normal());
  }
  const range = high - low;
  const mode = modeOf(magnitude);
  const share = random.beta(1 + (PERT_WEIGHT * (mode - low)) / range, 1 + (PERT_WEIGHT * (high - mode)) / range);
  return () => low + range * share();
}

/** The likeliest loss of a PERT magnitude. */
function modeOf({ low, high, mode }: Magnitude): number {
  return mode ?? Math.sqrt(low) * Math.sqrt(high);
}
