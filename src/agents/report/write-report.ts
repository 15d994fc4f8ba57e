import {
  type AssessmentHead,
  type Gap,
  SCHEMA_VERSION,
  STAGE_NAMES,
  type Usage,
} from '../../domain/assessment/schema.ts';
import type { LossPolicy } from '../../domain/fair/loss-policy.ts';
import type { LossShare } from '../../domain/fair/loss-share.ts';
import type { CacheCounts, HttpCounts } from '../../ports/assessment-store.ts';
import type { CostLedger } from '../../ports/cost-ledger.ts';
import { estimatePortfolio, WIDE_RANGES } from '../../scoring/fair/portfolio.ts';
import { warningsOfUnknown } from '../intelligence/warn-of-unknown.ts';
import type { RunContext } from '../supervisor/run-context.ts';
import { SUMMARY } from '../writing/told.ts';
import { createSourceCollector } from './collect-sources.ts';
import { readModelUsage } from './model-usage.ts';
import type { WrittenSummary } from './summarise-by-model.ts';
import { addToTally, createTally, type Tally } from './summarise-rules.ts';

/** What the report stage needs beside the run. */
export interface ReportParts {
  /** Writes the executive summary: by rules, or by a model that may fall back to them. */
  readonly summarise: (tally: Tally, run: RunContext) => Promise<WrittenSummary>;
  readonly ledger: CostLedger;
  /** How losses are estimated. */
  readonly lossPolicy: LossPolicy;
  /** What this process has looked up in the response cache for the run since the last call. */
  readonly takeCacheCounts: () => CacheCounts;
  /** Why the response cache failed; null where it has not. */
  readonly cacheFailure: () => string | null;
}

/** The last stage: counts, summary, freshness, gaps, usage; everything of the document but its findings. */
export async function buildReport(run: RunContext, parts: ReportParts): Promise<Omit<AssessmentHead, 'timings'>> {
  const stored = await run.store.findAssessment(run.assessmentId);
  if (stored === null) throw new Error(`the assessment ${run.assessmentId} is not in the store`);
  const tally = createTally();
  const sources = createSourceCollector();
  const losses: LossShare[] = [];
  for await (const finding of run.store.readDigests(run.assessmentId)) {
    addToTally(tally, finding);
    sources.add(finding);
    if (finding.loss) losses.push(finding.loss);
  }

  const counts = await run.store.loadCounts(run.assessmentId);
  for (const warning of warningsOfUnknown(counts)) run.warn(warning);
  const gaps = sources.gaps(run.cveIds, await run.store.loadGaps(run.assessmentId));
  const written = await parts.summarise(tally, run);
  run.told.finish(SUMMARY, written.summary.text);
  const { violations, cappedIds, notes } = await run.store.loadWritingTotals(run.assessmentId);
  for (const [note, count] of notes) run.warn(`language model: ${plural(count, 'finding')}: ${note}`);
  await run.store.addCacheCounts(run.assessmentId, parts.takeCacheCounts());
  const cacheFailure = parts.cacheFailure();
  if (cacheFailure !== null) run.warn(`the response cache failed, and the run went on without it: ${cacheFailure}`);
  const portfolio = estimatePortfolio(losses, parts.lossPolicy);
  for (const wide of portfolio?.assumptions.filter((line) => line.startsWith(WIDE_RANGES)) ?? []) run.warn(wide);
  const model = await readModelUsage(parts.ledger, run.assessmentId);
  for (const warning of model.warnings) run.warn(warning);
  const outs = violations + written.violations;
  if (outs > 0)
    run.warn(
      `language model: ${plural(outs, 'sentence')} that no evidence carries ${outs === 1 ? 'was' : 'were'} taken out`,
    );
  for (const note of written.notes) run.warn(`language model: ${note}`);
  const capped = [...cappedIds, ...(written.isCapped ? [null] : [])];
  return {
    schemaVersion: SCHEMA_VERSION,
    id: run.assessmentId,
    createdAt: stored.createdAt,
    finishedAt: run.clock.now().toISOString(),
    request: stored.request,
    dataAsOf: sources.dataAsOf(),
    summary: written.summary,
    portfolio,
    usage: {
      llm: { ...model.usage, groundingViolations: outs },
      http: httpOf(counts),
      cache: sumUp(await run.store.loadCacheCounts(run.assessmentId)),
    },
    gaps: [...stored.intakeGaps, ...gaps, ...capped.map(toCapGap)],
    // In the order of the sources' names, not of their arrival: equal input, equal document.
    warnings: [...run.warnings()].sort(),
  };
}

/** Stores the finished document's head, with the stages as they ran. */
export async function finishReport(
  run: RunContext,
  head: Omit<AssessmentHead, 'timings'>,
  ledger: CostLedger,
): Promise<void> {
  const stages = await run.store.loadStages(run.assessmentId);
  stages.sort((left, right) => STAGE_NAMES.indexOf(left.name) - STAGE_NAMES.indexOf(right.name));
  await run.store.finishAssessment(run.assessmentId, { ...head, timings: { totalMs: run.elapsedMs(), stages } });
  await ledger.forgetReplies(run.assessmentId);
}

function httpOf({
  nvd = 0,
  kev = 0,
  epss = 0,
  ssvc = 0,
  attack = 0,
  servicenow = 0,
  osv = 0,
}: HttpCounts): Usage['http'] {
  return { nvd, kev, epss, ssvc, attack, servicenow, osv };
}

function sumUp(byNamespace: CacheCounts): Usage['cache'] {
  const all = Object.values(byNamespace);
  const sum = (of: 'hits' | 'misses') => all.reduce((total, counts) => total + counts[of], 0);
  return { hits: sum('hits'), misses: sum('misses'), byNamespace };
}

function toCapGap(cveId: string | null): Gap {
  return { cveId, source: 'llm', reason: 'what is left of the cost cap does not hold a call; rules wrote the text' };
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
