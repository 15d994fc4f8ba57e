import { z } from 'zod';
import { splitFormattedString } from '../../domain/cpe/split-formatted-string.ts';
import { itemsThatFit } from '../../kernel/items-that-fit.ts';

/** Stands where a bound cannot be read: no version can be compared to it. */
const UNREADABLE_BOUND = '?';

// One that is there and cannot be read is no missing one, which would make the range wider than it is.
const Bound = z.string().min(1).max(100).optional().catch(UNREADABLE_BOUND);
const CpeMatch = z.object({
  vulnerable: z.boolean(),
  /** The eleven attributes, backslashes kept; null where it is no CPE 2.3 name. */
  criteria: z.string().max(1000).transform(splitCriteria),
  versionStartIncluding: Bound,
  versionStartExcluding: Bound,
  versionEndIncluding: Bound,
  versionEndExcluding: Bound,
});
export type CpeMatch = z.output<typeof CpeMatch>;

const Flag = z.boolean().optional().catch(undefined);
const Operator = z.string().max(10).optional().catch(undefined);
// `negate` turns a node or a configuration into "anything but"; what it lists is then not what is affected.
const Node = z.object({ operator: Operator, negate: Flag, cpeMatch: itemsThatFit(CpeMatch) });
export type Node = z.output<typeof Node>;
export const Configuration = z.object({ operator: Operator, negate: Flag, nodes: itemsThatFit(Node) });
export type Configuration = z.output<typeof Configuration>;

/** The attributes of a CPE 2.3 formatted string (NISTIR 7695, 6.2); null where it is none. */
function splitCriteria(text: string): readonly string[] | null {
  const parts = text.startsWith('cpe:2.3:') ? splitFormattedString(text) : null;
  return parts?.length === 13 ? parts.slice(2) : null;
}
