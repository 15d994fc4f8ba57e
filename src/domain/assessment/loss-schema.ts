import { z } from 'zod';

/** Loss in money of an assessment: USD, a year; absent is `null`. The method is FAIR's, seeded from the input. */

const Exceedance = z.object({
  loss: z.number().nonnegative(),
  probability: z.number().min(0).max(1).describe('of losing at least that much in a year'),
});

/** What a simulation of a year's losses comes to. */
const Distribution = z.object({
  ale: z.number().nonnegative().describe('annualized loss expectancy: the mean loss of a year'),
  standardError: z.number().nonnegative().describe('of `ale`, from the number of iterations and its rounding'),
  p50: z.number().nonnegative(),
  p90: z.number().nonnegative(),
  p95: z.number().nonnegative(),
  var95: z.number().nonnegative().describe('value at risk: what 95 of 100 years stay below'),
  es95: z.number().nonnegative().describe('expected shortfall: the mean of the worst 5 of 100 years'),
  lossExceedance: z.array(Exceedance),
  iterations: z.int().positive().describe('simulated years with at least one event; how many have none is computed'),
  seed: z.int().nonnegative(),
  assumptions: z.array(z.string()),
});

/** What one event costs. */
const Magnitude = z.object({
  distribution: z.enum(['lognormal', 'pert']),
  p5: z.number().describe('of a PERT distribution, its least'),
  p95: z.number().describe('of a PERT distribution, its most'),
  mode: z.number().nullable().describe('the likeliest, of a PERT distribution; else null'),
});

/** What a vulnerability on an asset may cost. */
export const Loss = Distribution.extend({
  frequencyPerYear: z.number().nonnegative().describe('attempts a year, not rounded for readers'),
  susceptibility: z.number().min(0).max(1).describe('share of the attempts that come to a loss'),
  magnitude: Magnitude,
  secondary: Magnitude.extend({ probability: z.number().min(0).max(1).describe('share of the events it follows on') })
    .nullable()
    .describe('what others do because of an event, beside `magnitude`; null where that holds all'),
});
export type Loss = z.infer<typeof Loss>;

/** What all findings with a loss may cost together, where they share assets; and what each fix takes away. */
export const Portfolio = Distribution.extend({
  findings: z.int().positive().describe('findings that have a loss'),
  assetCount: z.int().positive().describe('assets with such a finding; `assets` lists the costliest of them'),
  assets: z
    .array(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        findings: z.int().positive(),
        eventsPerYear: z.number().nonnegative(),
        ale: z.number().nonnegative(),
        standardError: z.number().nonnegative(),
        var95: z.number().nonnegative(),
        es95: z.number().nonnegative(),
        lossExceedance: z.array(Exceedance),
      }),
    )
    .describe('by what they may cost, most first'),
  fixCount: z.int().positive().describe('fixes of these findings; `fixes` lists the first of them'),
  fixes: z
    .array(
      z.object({
        fix: z.string(),
        vulnerabilityIds: z.array(z.string()).describe('the first 100'),
        assetIds: z.array(z.string()).describe('the first 100'),
        findings: z.int().positive(),
        assets: z.int().positive(),
        aleRemoved: z.number().nonnegative().describe('with the fixes before it made'),
        cumulativeShare: z.number().min(0).max(1).describe('of the whole loss expectancy, with the fixes before it'),
        cost: z.number().nonnegative().nullable().describe('what making it costs, where the configuration says so'),
        returnOnInvestment: z.number().nullable().describe('(aleRemoved − cost) / cost'),
      }),
    )
    .describe('by what they take away, most first'),
});
export type Portfolio = z.infer<typeof Portfolio>;
