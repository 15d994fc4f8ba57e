import { randomBeta, randomNormal, randomPoisson } from 'd3-random';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random numbers of one simulation: the same seed gives the same ones, everywhere. */
export interface Random {
  /** From 0 up to 1, without 1. */
  readonly uniform: () => number;
  /** Mean 0, standard deviation 1. */
  readonly normal: () => number;
  readonly beta: (alpha: number, beta: number) => () => number;
  readonly poisson: (mean: number) => () => number;
}

/** Steps of a uniform number: 32 bits, for which the generator is asked once; losses are told to three digits. */
const STEP = 2 ** -32;

/** Random numbers from a seed of 32 bits: xoroshiro128+ (Blackman and Vigna), and d3's transformations of it. */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed | 0);
  const uniform = () => (generator.next() >>> 0) * STEP;
  return {
    uniform,
    normal: randomNormal.source(uniform)(),
    beta: (alpha, beta) => randomBeta.source(uniform)(alpha, beta),
    poisson: (mean) => randomPoisson.source(uniform)(mean),
  };
}
