import {
  type AssessmentHead,
  SCHEMA_VERSION,
  STAGE_NAMES,
  type Summary,
  type Usage,
} from '../../domain/assessment/schema.ts';
import { elapsedMs, type RunContext } from '../supervisor/run-context.ts';
import { collectSources } from './collect-sources.ts';
import { addToTally, createTally, type Tally } from './summarise-rules.ts';

/** What the report stage needs beside the run. */
export interface ReportParts {
  /** Writes the executive summary: by rules, or by a model that may fall back to them. */
  readonly summarise: (tally: Tally, run: RunContext) => Promise<Summary>;
  readonly cacheUsage: () => Usage['cache'];
}

/** The last stage: counts, summary, freshness, gaps, usage; everything of the document but its findings. */
export async function buildReport(run: RunContext, parts: ReportParts): Promise<Omit<AssessmentHead, 'timings'>> {
  const stored = await run.store.findAssessment(run.assessmentId);
  if (stored === null) throw new Error(`the assessment ${run.assessmentId} is not in the store`);
  const tally = createTally();
  const withdrawn = new Set<string>();
  for await (const finding of run.store.readFindings(run.assessmentId)) {
    addToTally(tally, finding);
    if (finding.status === 'rejected') withdrawn.add(finding.vulnerabilityId);
  }
  const { dataAsOf, gaps } = await collectSources(run, withdrawn);
  const summary = await parts.summarise(tally, run);
  run.emit({ type: 'narrative-delta', cveId: null, field: 'summary', text: summary.text });
  return {
    schemaVersion: SCHEMA_VERSION,
    id: run.assessmentId,
    createdAt: stored.createdAt,
    finishedAt: run.clock.now().toISOString(),
    request: stored.request,
    dataAsOf,
    summary,
    usage: await collectUsage(run, parts.cacheUsage()),
    gaps: [...stored.intakeGaps, ...gaps],
    // In the order of the sources' names, not of their arrival: equal input, equal document.
    warnings: [...stored.warnings].sort(),
  };
}

/** Stores the finished document's head, with the stages as they ran. */
export async function finishReport(run: RunContext, head: Omit<AssessmentHead, 'timings'>): Promise<void> {
  const stages = await run.store.loadStages(run.assessmentId);
  stages.sort((left, right) => STAGE_NAMES.indexOf(left.name) - STAGE_NAMES.indexOf(right.name));
  await run.store.finishAssessment(run.assessmentId, { ...head, timings: { totalMs: elapsedMs(run), stages } });
}

async function collectUsage(run: RunContext, cache: Usage['cache']): Promise<Usage> {
  const counted = await run.store.loadHttpCounts(run.assessmentId);
  return {
    llm: {
      calls: 0,
      inputTokens: 0,
      cacheWriteTokens: 0,
      cacheReadTokens: 0,
      outputTokens: 0,
      costUsd: 0,
      byModel: {},
      byAgent: {},
      groundingViolations: 0,
      refusals: 0,
    },
    http: { nvd: 0, kev: 0, epss: 0, ssvc: 0, attack: 0, servicenow: 0, ...counted },
    cache,
  };
}
