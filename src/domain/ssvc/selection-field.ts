import { z } from 'zod';
import { itemsThatFit } from '../../kernel/items-that-fit.ts';
import { UtcTime } from '../../kernel/utc-time.ts';
import type { Automatable, Exploitation, SsvcSelection, TechnicalImpact } from './decision-points.ts';

const EXPLOITATION: ReadonlyMap<string, Exploitation> = new Map([
  ['none', 'none'],
  ['poc', 'public_poc'],
  ['public_poc', 'public_poc'],
  ['active', 'active'],
]);
const AUTOMATABLE: ReadonlyMap<string, Automatable> = new Map([
  ['no', 'no'],
  ['yes', 'yes'],
]);
const TECHNICAL_IMPACT: ReadonlyMap<string, TechnicalImpact> = new Map([
  ['partial', 'partial'],
  ['total', 'total'],
]);

/** CISA's selection as its container carries it and NVD passes it on, whatever the case of its values; null where it says nothing. */
export const SsvcSelectionField = z
  .object({ timestamp: UtcTime, options: itemsThatFit(z.record(z.string(), z.string())) })
  .transform(({ timestamp, options }): SsvcSelection | null => {
    const values = new Map(
      options.flatMap((option) =>
        Object.entries(option).map(([name, value]) => [wordOf(name).replaceAll('_', ''), wordOf(value)] as const),
      ),
    );
    const exploitation = EXPLOITATION.get(values.get('exploitation') ?? '') ?? null;
    const automatable = AUTOMATABLE.get(values.get('automatable') ?? '') ?? null;
    const technicalImpact = TECHNICAL_IMPACT.get(values.get('technicalimpact') ?? '') ?? null;
    if (exploitation === null && automatable === null && technicalImpact === null) return null;
    return { exploitation, automatable, technicalImpact, timestamp };
  });

/** The newest of several selections; null without one. */
export function newestSelection(selections: readonly (SsvcSelection | null)[]): SsvcSelection | null {
  const stated = selections.filter((selection) => selection !== null);
  return stated.toSorted((a, b) => (b.timestamp ?? '').localeCompare(a.timestamp ?? ''))[0] ?? null;
}

function wordOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
}
