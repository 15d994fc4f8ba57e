import { z } from 'zod';

/** An array of which the items that fit `item` are kept; what is missing or no array at all counts as empty. */
export function itemsThatFit<Item extends z.ZodType>(item: Item) {
  return z
    .unknown()
    .optional()
    .transform((values): z.output<Item>[] => {
      if (!Array.isArray(values)) return [];
      return values.flatMap((value: unknown): z.output<Item>[] => {
        const parsed = item.safeParse(value);
        return parsed.success ? [parsed.data] : [];
      });
    });
}
