import { existsSync } from 'node:fs';
import { type AssessOptions, MODEL_OPTIONS } from '../assessment/assess-options.ts';
import type { Config } from '../config/config.ts';
import { parseCveId } from '../domain/cve/cve-id.ts';
import { findModelFacts } from '../domain/language-model/model-catalogue.ts';
import type { Exposure } from '../domain/ssvc/decision-points.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { toPolicies } from '../runtime/loss-policy.ts';

/** The options of `eras assess` as they come from the command line. */
export interface AssessFlags {
  readonly format?: string;
  readonly output?: string;
  readonly offline?: boolean;
  readonly exposure?: Exposure | 'unknown';
  readonly assets?: string;
  /** An encoded query; true: none was given. */
  readonly servicenow?: string | true;
  readonly map: readonly string[];
  readonly failOn?: 'critical' | 'high' | 'medium';
  readonly resume?: string;
  readonly llm: boolean;
  readonly stream?: boolean;
  readonly dryRun?: boolean;
  readonly createTickets?: boolean;
  readonly yes?: boolean;
  readonly economy?: boolean;
  readonly distributed?: boolean;
  readonly batchSize?: number;
  readonly concurrency?: number;
  readonly maxCost?: number;
  /** Folder of the profile. */
  readonly profile?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Refuses options that contradict each other. @throws RiskError `BAD_INPUT` */
export function refuseContradictions(targets: readonly string[], flags: AssessFlags): void {
  const refuse = (message: string) => {
    throw new RiskError({ code: 'BAD_INPUT', message });
  };
  if (flags.resume === undefined) {
    if (targets.length === 0 && flags.servicenow === undefined) {
      refuse('nothing to assess: give CVE ids, a file, or - for standard input');
    }
    return;
  }
  if (targets.length > 0) refuse('--resume takes up a stored assessment: give no targets beside it');
  if (flags.dryRun && !flags.createTickets) {
    refuse('--dry-run plans a new assessment: give targets, not --resume, or --create-tickets to plan its tickets');
  }
  if (flags.exposure !== undefined)
    refuse('--resume keeps the exposure that the assessment began with: leave --exposure out');
  if (flags.assets !== undefined)
    refuse('--resume keeps the assets that the assessment began with: leave --assets out');
  if (flags.servicenow !== undefined)
    refuse('--resume keeps the incidents that the assessment began with: leave --servicenow out');
}

/** Open incidents: what is done with needs no assessment. */
const DEFAULT_QUERY = 'active=true';

/** The incidents that are asked for, and the targets: what stands after `--servicenow` and is no query was meant as a target. */
export function readServiceNowFlag(
  targets: readonly string[],
  { servicenow }: Pick<AssessFlags, 'servicenow'>,
): { readonly targets: readonly string[]; readonly query: string | null } {
  if (servicenow === undefined) return { targets, query: null };
  if (servicenow === true || servicenow.trim() === '') return { targets, query: DEFAULT_QUERY };
  const isTarget = servicenow === '-' || parseCveId(servicenow).ok || existsSync(servicenow);
  return isTarget ? { targets: [servicenow, ...targets], query: DEFAULT_QUERY } : { targets, query: servicenow };
}

/** What an assessment is said to be of: the targets, and the query of the incidents beside them. */
export function namedTargets(targets: readonly string[], serviceNow: string | null): readonly string[] {
  return serviceNow === null ? targets : [...targets, `--servicenow ${serviceNow}`];
}

/** A cap can only be kept where every call's price is known. @throws RiskError `BAD_INPUT` */
export function refuseUnpricedCap(flags: AssessFlags, { languageModel }: Config): void {
  if (languageModel === null || (flags.maxCost ?? languageModel.maxCostUsd) === null) return;
  const { provider, models } = languageModel;
  const unpriced = Object.values(models).find((model) => findModelFacts(provider, model) === null);
  if (unpriced === undefined) return;
  const message = `the price of the model ${unpriced.slice(0, 80)} is not known, so a cost cap cannot be kept; leave the cap out or choose another model`;
  throw new RiskError({ code: 'BAD_INPUT', message });
}

/** Whether there is to be no network. */
export function isOffline(flags: AssessFlags, config: Config): boolean {
  return flags.offline === true || config.offline;
}

/** The options of an assessment. */
export function toOptions(flags: AssessFlags, config: Config): AssessOptions {
  const exposure = flags.exposure === undefined || flags.exposure === 'unknown' ? null : flags.exposure;
  return {
    offline: isOffline(flags, config),
    exposure,
    useModel: flags.llm && !config.isModelRefused,
    maxCostUsd: flags.maxCost ?? config.languageModel?.maxCostUsd ?? MODEL_OPTIONS.maxCostUsd,
    batchSize: flags.batchSize ?? MODEL_OPTIONS.batchSize,
    economy: flags.economy === true,
    concurrency: flags.concurrency ?? MODEL_OPTIONS.concurrency,
    ...toPolicies(config),
  };
}
