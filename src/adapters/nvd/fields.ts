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

/** A time of NVD in ISO 8601. NVD writes UTC without saying so ("2021-12-10T10:15:09.143"); null where it is no time. */
export const UtcTime = z
  .string()
  .transform((text): string | null => {
    const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`;
    const moment = new Date(zoned);
    return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
  })
  .nullable()
  .catch(null);

/** Cuts text at a limit, so that one hostile record cannot fill a report. */
export function clip(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
}
