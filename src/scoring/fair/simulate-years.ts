import type { Random } from './random.ts';

/** From this rate on a year without an event is rarer than one in 10¹², and the events of a year need not be counted one by one. */
const MANY_EVENTS = 30;

/**
 * Losses of simulated years that have at least one event: a compound Poisson process, conditional on that. Years without events are not
 * simulated: their share, e^−rate, is known exactly, and simulating them would leave nothing to estimate a rare loss from.
 * @param rate events a year, above 0
 */
export function simulateYears(rate: number, draw: () => number, iterations: number, random: Random): Float64Array {
  const countEvents = rate < MANY_EVENTS ? countFew(rate, random) : countMany(rate, random);
  const years = new Float64Array(iterations);
  for (let year = 0; year < iterations; year += 1) {
    let loss = 0;
    for (let left = countEvents(); left > 0; left -= 1) loss += draw();
    years[year] = loss;
  }
  return years;
}

/**
 * A Poisson number that is not 0, by inversion with sequential search (Devroye, Non-Uniform Random Variate Generation, 1986, X.3.2), begun at 1.
 */
function countFew(rate: number, { uniform }: Random): () => number {
  const atOne = rate / Math.expm1(rate);
  return () => {
    let left = uniform();
    let probability = atOne;
    let events = 1;
    // Beyond 10 standard deviations rounding may leave a rest that no probability takes away.
    while (left >= probability && events < 200) {
      left -= probability;
      events += 1;
      probability *= rate / events;
    }
    return events;
  };
}

function countMany(rate: number, { poisson }: Random): () => number {
  const count = poisson(rate);
  return () => Math.max(1, count());
}
