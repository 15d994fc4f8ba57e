import { z } from 'zod';

/** An array of which the items that fit `item` are kept; what is missing or no array at all counts as empty. */
export function itemsThatFit<Item extends z.ZodType>(item: Item) {
  const list = z.array(item);
  return z
    .unknown()
    .optional()
    .transform((values): z.output<Item>[] => {
      if (!Array.isArray(values)) return [];
      // Nearly every list fits as a whole, which is read far faster than item by item.
      const whole = list.safeParse(values);
      if (whole.success) return whole.data;
      return values.flatMap((value: unknown): z.output<Item>[] => {
        const parsed = item.safeParse(value);
        return parsed.success ? [parsed.data] : [];
      });
    });
}
