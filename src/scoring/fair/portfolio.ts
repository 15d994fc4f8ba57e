import type { Portfolio } from '../../domain/assessment/loss-schema.ts';
import type { LossPolicy } from '../../domain/fair/loss-policy.ts';
import type { LossShare } from '../../domain/fair/loss-share.ts';
import { clipLine } from '../../kernel/clip.ts';
import { fnv1a } from '../../kernel/fnv1a.ts';
import { type AssetExposure, toAssetExposure } from './asset-exposure.ts';
import { describeFixes } from './describe-fixes.ts';
import { iterationsFor, iterationsWords } from './iterations.ts';
import { createLossSampler, isTailHeavy } from './magnitude.ts';
import { createMixtureSampler } from './mixture-sampler.ts';
import { createRandom, type Random } from './random.ts';
import { threeDigits } from './significant-digits.ts';
import { simulateYears } from './simulate-years.ts';
import { summariseYears, type YearlyLoss } from './summarise-years.ts';
import { usd } from './words.ts';

/** Assets that the document lists; more would be read by nobody. */
const ASSETS_LISTED = 200;
/** How the assumption on loss ranges that are too wide begins. */
export const WIDE_RANGES = 'loss ranges of more than 50,000 to 1';
/** Parts of what a run can simulate: the whole takes one, the listed assets together another. */
const PARTS = 20;

/**
 * What all findings with a loss may cost together in a year; null where none has one. Findings on one asset share its events (see `AssetExposure`),
 * assets are independent of each other. All of them together are one compound Poisson process, whose event is first an asset and then its loss.
 */
export function estimatePortfolio(shares: readonly LossShare[], policy: LossPolicy): Portfolio | null {
  if (shares.length === 0) return null;
  const exposures = toExposures(shares);
  const rate = exposures.reduce((sum, { eventsPerYear }) => sum + eventsPerYear, 0);
  const [first] = exposures;
  const seed = first && exposures.length === 1 ? first.seed : fnv1a(JSON.stringify(exposures.map(({ id }) => id)));
  const iterations = iterationsFor(policy.iterations, rate, PARTS);
  const random = createRandom(seed);
  const whole = simulate(rate, mixtureOf(exposures, rate), createMixtureSampler(exposures, random), iterations, random);
  const costliest = [...exposures]
    .sort((one, other) => aleOf(other) - aleOf(one) || compare(one.id, other.id))
    .slice(0, ASSETS_LISTED);
  return {
    ...whole,
    iterations,
    seed,
    assumptions: [...assumptionsOf(iterations, policy), ...wideRangeWords(exposures)],
    findings: shares.length,
    assetCount: exposures.length,
    assets: costliest.map((exposure) => describeAsset(exposure, policy, costliest.length)),
    ...describeFixes(exposures, shares, policy),
  };
}

/** By id: the same whatever the order of the findings. */
function toExposures(shares: readonly LossShare[]): AssetExposure[] {
  const byAsset = new Map<string, LossShare[]>();
  for (const share of shares) {
    const known = byAsset.get(share.asset.id);
    if (known === undefined) byAsset.set(share.asset.id, [share]);
    else known.push(share);
  }
  return [...byAsset.values()].map(toAssetExposure).sort((one, other) => compare(one.id, other.id));
}

function describeAsset(exposure: AssetExposure, policy: LossPolicy, listed: number): Portfolio['assets'][number] {
  const { id, name, findings, event, moments, eventsPerYear, seed } = exposure;
  const random = createRandom(seed);
  const iterations = iterationsFor(policy.iterations, eventsPerYear, PARTS * listed);
  const draw = createLossSampler(event, random);
  const { ale, standardError, var95, es95, lossExceedance } = simulate(
    eventsPerYear,
    moments,
    draw,
    iterations,
    random,
  );
  return {
    id,
    name,
    findings,
    eventsPerYear: threeDigits(eventsPerYear),
    ale,
    standardError,
    var95,
    es95,
    lossExceedance,
  };
}

function simulate(
  rate: number,
  moments: AssetExposure['moments'],
  draw: () => number,
  iterations: number,
  random: Random,
): YearlyLoss {
  const years = rate === 0 ? new Float64Array() : simulateYears(rate, draw, iterations, random);
  return summariseYears(years, rate, moments);
}

/** The moments of an event anywhere. */
function mixtureOf(exposures: readonly AssetExposure[], rate: number): AssetExposure['moments'] {
  const mix = (key: 'mean' | 'meanSquare') =>
    exposures.reduce((sum, { eventsPerYear, moments }) => sum + (eventsPerYear / rate) * moments[key], 0);
  return { mean: mix('mean'), meanSquare: mix('meanSquare') };
}

function assumptionsOf(iterations: number, policy: LossPolicy): string[] {
  return [
    'attempts on an asset are those on its most attacked vulnerability; every other one is tried in its own share of them, and an attempt that comes through several costs once: the whole is less than the sum of the findings',
    'assets are independent of each other',
    iterationsWords(iterations, policy.iterations),
    'what fixes take away is computed in closed form, each with those before it made; attempts stay as many',
    policy.fixCost === null
      ? 'what a fix costs is not known: fixes are ranked by what they take away'
      : `a fix costs ${usd(policy.fixCost.perFix)} and ${usd(policy.fixCost.perAsset)} an asset (configuration)`,
  ];
}

/** Assets whose expected loss hangs on events that no simulation of some thousand years holds. */
function wideRangeWords(exposures: readonly AssetExposure[]): string[] {
  const wide = exposures.filter(({ event }) => isTailHeavy(event.primary));
  if (wide.length === 0) return [];
  const names = wide.slice(0, 3).map(({ id, name }) => clipLine(name ?? id, 60));
  const more = wide.length > names.length ? ` and ${wide.length - names.length} more` : '';
  return [
    `${WIDE_RANGES}: ${names.join(', ')}${more}; what is expected there hangs on events too rare to be simulated`,
  ];
}

function aleOf({ eventsPerYear, moments }: AssetExposure): number {
  return eventsPerYear * moments.mean;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
