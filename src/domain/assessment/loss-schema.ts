import { z } from 'zod';

/** Loss in money of an assessment: USD, a year; absent is `null`. The method is FAIR's, seeded from the input. */

const Exceedance = z.object({
  loss: z.number().nonnegative(),
  probability: z.number().min(0).max(1).describe('of losing at least that much in a year'),
});

/** What a simulation of a year's losses comes to. */
const Distribution = z.object({
  ale: z.number().nonnegative().describe('annualized loss expectancy: the mean loss of a year'),
  standardError: z.number().nonnegative().describe('of `ale`, from the number of iterations'),
  p50: z.number().nonnegative(),
  p90: z.number().nonnegative(),
  p95: z.number().nonnegative(),
  var95: z.number().nonnegative().describe('value at risk: what 95 of 100 years stay below'),
  es95: z.number().nonnegative().describe('expected shortfall: the mean of the worst 5 of 100 years'),
  lossExceedance: z.array(Exceedance),
  iterations: z.int().positive(),
  seed: z.int().nonnegative(),
  assumptions: z.array(z.string()),
});

/** What a vulnerability on an asset may cost. */
export const Loss = Distribution.extend({
  frequencyPerYear: z.number().nonnegative().describe('attempts a year'),
  susceptibility: z.number().min(0).max(1).describe('share of the attempts that come to a loss'),
  magnitude: z.object({ distribution: z.enum(['lognormal', 'pert']), p5: z.number(), p95: z.number() }),
});
export type Loss = z.infer<typeof Loss>;

/** What all findings with a loss may cost together, where they share assets; and what each fix takes away. */
export const Portfolio = Distribution.extend({
  findings: z.int().positive().describe('findings that have a loss'),
  assets: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullable(),
      findings: z.int().positive(),
      ale: z.number().nonnegative(),
      var95: z.number().nonnegative(),
      es95: z.number().nonnegative(),
    }),
  ),
  fixes: z
    .array(
      z.object({
        fix: z.string(),
        vulnerabilityIds: z.array(z.string()),
        assetIds: z.array(z.string()),
        findings: z.int().positive(),
        aleRemoved: z.number().nonnegative().describe('with the fixes before it made'),
        cumulativeShare: z.number().min(0).max(1).describe('of the whole loss expectancy, with the fixes before it'),
      }),
    )
    .describe('by what they take away, most first'),
});
export type Portfolio = z.infer<typeof Portfolio>;
