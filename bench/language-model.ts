import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAnthropicModel } from '../src/adapters/anthropic/create-anthropic-model.ts';
import { THREAT_FIELDS } from '../src/agents/threat/prompt.ts';
import { VULNERABILITY_FIELDS } from '../src/agents/vulnerability/prompt.ts';
import { answerSchema, toJsonSchema } from '../src/agents/writing/answer-schema.ts';
import { renderFinding } from '../src/agents/writing/findings-prompt.ts';
import { promptEvidence } from '../src/agents/writing/prompt-evidence.ts';
import { type AssessOptions, MODEL_OPTIONS } from '../src/assessment/assess-options.ts';
import { scopeOfCves } from '../src/assessment/scope.ts';
import { loadConfig } from '../src/config/config.ts';
import type { Finding } from '../src/domain/assessment/finding-schema.ts';
import type { AssessmentHead } from '../src/domain/assessment/schema.ts';
import type { CveId } from '../src/domain/cve/cve-id.ts';
import { findModelFacts } from '../src/domain/language-model/model-catalogue.ts';
import { priceOf } from '../src/domain/language-model/price.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { createEngine } from '../src/runtime/create-engine.ts';
import { openStore } from '../src/runtime/open-store.ts';
import { type Figure, toFigure } from './measure.ts';
import { VERBOSE_THREAT, VERBOSE_VULNERABILITY } from './verbose-prompts.ts';

export interface Served {
  readonly ids: readonly CveId[];
  readonly env: Readonly<Record<string, string>>;
  readonly latency: { readonly firstTokenMs: number; readonly perTokenMs: number; readonly sourceMs: number };
}

export interface Run {
  readonly head: AssessmentHead;
  readonly findings: readonly Finding[];
  readonly calls: readonly Call[];
  readonly milliseconds: number;
  /** When the first text was told of, milliseconds since 1970; null where nobody listens. */
  readonly firstTextAt: number | null;
}

interface Call {
  readonly agent: string;
  readonly output: number;
  readonly sentAt: string;
}

/** What is other than usual about a run. */
interface Setting {
  /** A store that is used again. */
  readonly keptHome?: string | null;
  readonly env?: Readonly<Record<string, string>>;
  readonly promptCaching?: boolean;
  readonly isStreaming?: boolean;
}

const SIZES = [1, 10, 50, 200] as const;
const RUNS = 3;

/**
 * Assessments whose prose a model writes, against a scripted model (200 ms to the first token, 2 ms a token) and sources of 200 ms, a fresh
 * store each time, in a running process. What a run takes is set against the longest chain of outside calls that it has to wait for.
 */
export async function benchLanguageModel(): Promise<Figure[]> {
  const { process: server, served } = await startServer();
  try {
    const figures: Figure[] = [];
    await assess(served, 1, {});
    for (const size of SIZES) {
      const ratios: number[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        const one = await assess(served, size, {});
        ratios.push((one.milliseconds - 100) / criticalPath(one, served));
      }
      figures.push(
        toFigure(`${size} CVEs written by a model: (wall − 100 ms) against the critical path`, ratios, 1.15, '×'),
      );
    }
    return [...figures, await benchFirstText(served), ...(await benchCost(served))];
  } finally {
    server.kill('SIGTERM');
  }
}

/** The longest chain of outside calls: a source, then each agent's calls as they follow one another over its lanes, then the summary. */
function criticalPath({ calls }: Run, { latency }: Served): number {
  const durationOf = ({ output }: Call) => latency.firstTokenMs + output * latency.perTokenMs;
  const writing = ['vulnerability', 'threat'].map((agent) => {
    const lanes = Array<number>(MODEL_OPTIONS.concurrency / 2).fill(0);
    for (const call of calls.filter((one) => one.agent === agent)) {
      const free = lanes.indexOf(Math.min(...lanes));
      lanes[free] = (lanes[free] ?? 0) + durationOf(call);
    }
    return Math.max(...lanes);
  });
  const report = calls.filter(({ agent }) => agent === 'report').reduce((sum, call) => sum + durationOf(call), 0);
  return latency.sourceMs + Math.max(...writing) + report;
}

/** From the first token of the first call to the first text that a reader sees: a sentence, checked. */
async function benchFirstText(served: Served): Promise<Figure> {
  const waits: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { calls, firstTextAt } = await assess(served, 10, {}, { isStreaming: true });
    const firstSentAt = Math.min(...calls.map(({ sentAt }) => Date.parse(sentAt)));
    waits.push((firstTextAt ?? Number.NaN) - firstSentAt - served.latency.firstTokenMs);
  }
  return toFigure('10 CVEs: first text after the first token', waits, 100, 'ms');
}

async function benchCost(served: Served): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'eras-bench-model-'));
  try {
    const first = await assess(served, 50, {}, { keptHome: home });
    const second = await assess(served, 50, {}, { keptHome: home });
    const naive = await costNaively(served, first.findings);
    return [
      toFigure('50 CVEs: our cost against two unbatched balanced calls a CVE', [costOf(first) / naive], 0.05, '×'),
      toFigure('50 CVEs, second run: model calls', [second.head.usage.llm.calls], 0, '×'),
      toFigure('50 CVEs, second run: cost of model calls', [costOf(second) / costOf(first)], 0, '×'),
      toFigure('50 CVEs, second run: time against the first', [second.milliseconds / first.milliseconds], 0.05, '×'),
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Two calls a CVE to the balanced tier with a verbose prompt and the whole record, for the same fields. */
async function costNaively({ env }: Served, findings: readonly Finding[]): Promise<number> {
  const name = 'claude-sonnet-5-5';
  const model = createAnthropicModel({
    apiKey: 'bench',
    baseUrl: env['ANTHROPIC_BASE_URL'] ?? null,
    clock: systemClock,
    timeoutMs: 60_000,
  });
  const facts = findModelFacts('anthropic', name);
  const costs = findings.flatMap((finding) =>
    [
      { instructions: VERBOSE_VULNERABILITY, fields: VULNERABILITY_FIELDS },
      { instructions: VERBOSE_THREAT, fields: THREAT_FIELDS },
    ].map(async ({ instructions, fields }) => {
      const { narrative: _narrative, ...record } = finding;
      const reply = await model.generate({
        model: name,
        prompt: {
          instructions,
          isCached: false,
          evidence: `${JSON.stringify(record)}\n${renderFinding({ id: finding.vulnerabilityId, evidence: promptEvidence(record) })}`,
          schemaName: 'findings',
          schema: toJsonSchema(answerSchema(fields)),
        },
        maxOutputTokens: 2000,
        effort: 'low',
        signal: new AbortController().signal,
      });
      return reply.ok ? (priceOf(reply.value.usage, facts) ?? Number.NaN) : Number.NaN;
    }),
  );
  return (await Promise.all(costs)).reduce((sum, cost) => sum + cost, 0);
}

/** USD; not a number where a price is not known. */
export function costOf({ head }: Run): number {
  return head.usage.llm.costUsd ?? Number.NaN;
}

export async function assess(
  { ids, env }: Served,
  size: number,
  options: Partial<AssessOptions>,
  { keptHome = null, env: more = {}, promptCaching = true, isStreaming = false }: Setting = {},
): Promise<Run> {
  const home = keptHome ?? mkdtempSync(join(tmpdir(), 'eras-bench-model-'));
  const loaded = loadConfig({ ...env, ...more, ERAS_HOME: home, NVD_API_KEY: 'bench' }, home);
  const config = { ...loaded, languageModel: loaded.languageModel && { ...loaded.languageModel, promptCaching } };
  const store = await openStore(config, systemClock);
  const engine = createEngine(config, store, '0.0.0');
  const cveIds = ids.slice(0, size);
  let firstTextAt: number | null = null;
  const startedAt = performance.now();
  const head = await engine.start(
    {
      targets: cveIds,
      scope: scopeOfCves(cveIds),
      options: { offline: false, exposure: null, ...MODEL_OPTIONS, ...options },
      startedAt: new Date(),
    },
    {
      signal: new AbortController().signal,
      isStreaming,
      emit(event) {
        if (event.type === 'narrative-delta') firstTextAt ??= Date.now();
      },
    },
  );
  const milliseconds = performance.now() - startedAt;
  const findings: Finding[] = [];
  for await (const finding of store.assessments.readFindings(head.id)) findings.push(finding);
  const calls = store.database
    .prepare<[string], Call>(
      'SELECT agent, output, sent_at AS sentAt FROM model_calls WHERE assessment_id = ? ORDER BY id',
    )
    .all(head.id);
  await engine.close();
  await store.close();
  if (keptHome === null) rmSync(home, { recursive: true, force: true });
  return { head, findings, calls, milliseconds, firstTextAt };
}

export async function startServer(): Promise<{ process: ChildProcess; served: Served }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bench/serve-models.ts', String(SIZES.at(-1))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve) => child.stdout.setEncoding('utf8').once('data', resolve));
  return { process: child, served: JSON.parse(line) };
}
