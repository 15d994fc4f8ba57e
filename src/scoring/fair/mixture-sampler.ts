import type { AssetExposure } from './asset-exposure.ts';
import { createLossSampler } from './magnitude.ts';
import type { Random } from './random.ts';

/**
 * Draws what an event anywhere costs: an asset by its share of the events, then the loss on it. The asset is found by a guide table (Chen and Asau
 * 1974; Devroye 1986, III.2.4), in a step or two however many there are.
 */
export function createMixtureSampler(exposures: readonly AssetExposure[], random: Random): () => number {
  const draws = exposures.map(({ event }) => createLossSampler(event, random));
  const [only] = draws;
  if (only !== undefined && draws.length === 1) return only;
  const upTo = new Float64Array(exposures.length);
  let sum = 0;
  for (const [place, { eventsPerYear }] of exposures.entries()) {
    sum += eventsPerYear;
    upTo[place] = sum;
  }
  const guide = toGuide(upTo);
  const last = upTo.length - 1;
  return () => {
    const uniform = random.uniform();
    const value = uniform * sum;
    let place = guide[Math.floor(uniform * guide.length)] ?? 0;
    while (place < last && (upTo[place] ?? 0) <= value) place += 1;
    return draws[place]?.() ?? 0;
  };
}

/** For each of equal parts of the whole the first place that reaches into it. */
function toGuide(upTo: Float64Array): Int32Array {
  const sum = upTo.at(-1) ?? 0;
  const guide = new Int32Array(upTo.length);
  let place = 0;
  for (let part = 0; part < guide.length; part += 1) {
    while (place < upTo.length - 1 && (upTo[place] ?? 0) <= (part / guide.length) * sum) place += 1;
    guide[part] = place;
  }
  return guide;
}
