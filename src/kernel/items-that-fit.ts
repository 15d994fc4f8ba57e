import { z } from 'zod';

/** An array of which the items that fit `item` are kept; what is missing or no array at all counts as empty. */
export function itemsThatFit<Item extends z.ZodType>(item: Item) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((values) =>
      values.flatMap((value): z.output<Item>[] => {
        const parsed = item.safeParse(value);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}
