import { z } from 'zod';

/** A cent, and ten times what the world produces in a year. */
const Amount = z.number().min(0.01).max(1e15);

const WRONG_ORDER = 'low must not be above high, and mostLikely must be between them';

const Band = z.strictObject({ low: Amount, high: Amount, mostLikely: Amount.optional() });

/** What the config file may say of losses, USD. */
export const LossFile = z.strictObject({
  bands: z
    .strictObject({
      1: Band.refine(isOrdered, WRONG_ORDER).optional(),
      2: Band.refine(isOrdered, WRONG_ORDER).optional(),
      3: Band.refine(isOrdered, WRONG_ORDER).optional(),
      4: Band.refine(isOrdered, WRONG_ORDER).optional(),
      5: Band.refine(isOrdered, WRONG_ORDER).optional(),
    })
    .optional(),
  distribution: z.enum(['lognormal', 'pert']).optional(),
  susceptibility: z.number().min(0).max(1).optional(),
  iterations: z.int().min(10_000).max(100_000).optional(),
  secondary: Band.extend({ probability: z.number().min(0).max(1) })
    .refine(isOrdered, WRONG_ORDER)
    .optional(),
  fixCost: z.strictObject({ perFix: z.number().min(0).max(1e15), perAsset: z.number().min(0).max(1e15) }).optional(),
});
export type LossConfig = z.infer<typeof LossFile>;

function isOrdered({ low, high, mostLikely = low }: z.infer<typeof Band>): boolean {
  return low <= mostLikely && mostLikely <= high;
}
