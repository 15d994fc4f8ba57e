import { z } from 'zod';
import type { Automatable, Exploitation, SsvcSelection, TechnicalImpact } from '../../domain/ssvc/decision-points.ts';
import { itemsThatFit, UtcTime } from './fields.ts';

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

const Entry = z.object({
  ssvcData: z.object({ timestamp: UtcTime, options: itemsThatFit(z.record(z.string(), z.string())) }),
});

/** The newest readable selection of NVD's `metrics.ssvcV203`, which passes on what CISA selected; null without one. */
export const Ssvc = z
  .object({ ssvcV203: itemsThatFit(Entry) })
  .nullable()
  .catch(null)
  .transform((metrics): SsvcSelection | null => {
    const selections = (metrics?.ssvcV203 ?? []).map(toSelection).filter((selection) => selection !== null);
    return selections.toSorted((a, b) => (b.timestamp ?? '').localeCompare(a.timestamp ?? ''))[0] ?? null;
  });

function toSelection({ ssvcData }: z.output<typeof Entry>): SsvcSelection | null {
  const options = new Map<string, string>();
  for (const option of ssvcData.options) {
    for (const [name, value] of Object.entries(option)) options.set(wordOf(name).replaceAll('_', ''), wordOf(value));
  }
  const exploitation = EXPLOITATION.get(options.get('exploitation') ?? '') ?? null;
  const automatable = AUTOMATABLE.get(options.get('automatable') ?? '') ?? null;
  const technicalImpact = TECHNICAL_IMPACT.get(options.get('technicalimpact') ?? '') ?? null;
  if (exploitation === null && automatable === null && technicalImpact === null) return null;
  return { exploitation, automatable, technicalImpact, timestamp: ssvcData.timestamp };
}

function wordOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
}
