import { summariseByRules } from '../agents/report/summarise-rules.ts';
import { writeThreatByRules } from '../agents/threat/write-rules.ts';
import { writeVulnerabilityByRules } from '../agents/vulnerability/write-rules.ts';
import { byRules } from '../agents/write-narratives.ts';
import type { AssessOptions } from '../assessment/assess-options.ts';
import type { WriterParts, Writers } from './writers.ts';

/** The rules, which write without asking anybody. */
export const RULES: Writers = {
  vulnerability: byRules(writeVulnerabilityByRules),
  threat: byRules(writeThreatByRules),
  summarise: async (tally) => ({ summary: summariseByRules(tally), violations: 0, notes: [], isCapped: false }),
};

/** Rules, or a language model where one is configured, wanted and reachable; only then is its code loaded. */
export async function createWriters(parts: WriterParts, options: AssessOptions): Promise<Writers> {
  const { config, rehearsal } = parts;
  if (config === null || !options.useModel || (options.offline && rehearsal === null)) return RULES;
  const { createModelWriters } = await import('./create-model-writers.ts');
  return createModelWriters(parts, config, options);
}
