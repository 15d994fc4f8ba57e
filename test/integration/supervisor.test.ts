import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createSqliteAssessmentStore } from '../../src/adapters/sqlite/assessment-store.ts';
import { createSqliteCheckpointer } from '../../src/adapters/sqlite/checkpointer.ts';
import { createSqliteCostLedger } from '../../src/adapters/sqlite/cost-ledger.ts';
import { openDatabase, type SqliteDatabase } from '../../src/adapters/sqlite/database.ts';
import type { Gatherer } from '../../src/agents/intelligence/gatherer.ts';
import { summariseByRules } from '../../src/agents/report/summarise-rules.ts';
import type { Agents } from '../../src/agents/supervisor/steps.ts';
import { writeThreatByRules } from '../../src/agents/threat/write-rules.ts';
import { writeVulnerabilityByRules } from '../../src/agents/vulnerability/write-rules.ts';
import { byRules } from '../../src/agents/write-narratives.ts';
import { createAssessUseCase } from '../../src/assessment/assess.ts';
import { MODEL_OPTIONS } from '../../src/assessment/assess-options.ts';
import { scopeOfCves } from '../../src/assessment/scope.ts';
import type { AgentEvent } from '../../src/domain/assessment/events.ts';
import { Assessment } from '../../src/domain/assessment/schema.ts';
import type { CveId } from '../../src/domain/cve/cve-id.ts';
import { DEFAULT_LOSS_POLICY } from '../../src/domain/fair/loss-policy.ts';
import type { Lookup, SourceName } from '../../src/domain/source/lookup.ts';
import { planCatalogue } from '../../src/domain/source/source-plan.ts';
import { absent, epss, found, kevEntry, nvdRecord } from '../support/cve-facts.ts';
import { SCORING_PARTS } from '../support/scoring-parts.ts';

const ONE = 'CVE-2024-1000' as CveId;
const TWO = 'CVE-2024-2000' as CveId;
const opened: { database: SqliteDatabase; folder: string }[] = [];

afterEach(() => {
  for (const { database, folder } of opened.splice(0)) {
    database.close();
    rmSync(folder, { recursive: true });
  }
});

/** A gatherer that answers from a function, after whatever it waits for, and counts what it was asked. */
function createGatherer(
  name: SourceName,
  answer: (cveId: CveId) => Lookup<unknown>,
  before: () => Promise<void> = async () => undefined,
) {
  const asked: CveId[] = [];
  const gatherer: Gatherer = {
    name,
    recall: async () => [],
    plan: async (cveIds) => planCatalogue(name, cveIds.length, true),
    async *gather(cveIds) {
      asked.push(...cveIds);
      await before();
      for (const cveId of cveIds) yield [{ cveId, lookup: answer(cveId), gap: null }];
    },
  };
  return { gatherer, asked };
}

function createFixture(before: Partial<Record<SourceName, () => Promise<void>>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'eras-graph-'));
  const { database } = openDatabase(join(folder, 'eras.db'), new Date());
  opened.push({ database, folder });
  const gatherers = {
    nvd: createGatherer('nvd', (cveId) => found(nvdRecord({ cveId })), before.nvd),
    kev: createGatherer('kev', (cveId) => (cveId === ONE ? found(kevEntry()) : absent), before.kev),
    epss: createGatherer('epss', () => epss(0.01), before.epss),
    ssvc: createGatherer('ssvc', () => absent, before.ssvc),
    attack: createGatherer('attack', () => found({ published: [] }), before.attack),
  };
  const agents: Agents = {
    vulnerability: {
      gatherers: [gatherers.nvd, gatherers.kev, gatherers.epss, gatherers.ssvc].map(({ gatherer }) => gatherer),
      write: byRules(writeVulnerabilityByRules),
    },
    threat: { gatherers: [gatherers.attack.gatherer], write: byRules(writeThreatByRules) },
    scoring: async () => ({
      ...SCORING_PARTS,
      findDecisions: async () => [],
    }),
    hireCrew: async () => null,
    report: {
      summarise: async (tally) => ({ summary: summariseByRules(tally), violations: 0, notes: [], isCapped: false }),
      ledger: createSqliteCostLedger(database),
      lossPolicy: DEFAULT_LOSS_POLICY,
      takeCacheCounts: () => ({}),
      cacheFailure: () => null,
    },
  };
  const store = createSqliteAssessmentStore(database);
  let number = 0;
  const assess = createAssessUseCase({
    store,
    checkpointer: createSqliteCheckpointer(database),
    clock: { now: () => new Date() },
    newId: () => `A${++number}`,
    createAgents: async () => agents,
  });
  const start = (signal: AbortSignal, emit: (event: AgentEvent) => void = () => undefined) =>
    assess.start(
      {
        targets: [ONE, TWO],
        scope: scopeOfCves([ONE, TWO]),
        options: { ...MODEL_OPTIONS, offline: false, exposure: null },
        startedAt: new Date(),
      },
      { signal, emit },
    );
  return { gatherers, store, assess, start };
}

const never = new AbortController().signal;

async function readAll<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** A door that opens when both sides have knocked. */
function meeting() {
  let arrived = 0;
  let open: () => void = () => undefined;
  const both = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    arrived += 1;
    if (arrived === 2) open();
    return both;
  };
}

describe('the supervisor', () => {
  it('runs both agents at the same time: the first call of each waits for the other to have begun', async () => {
    const meet = meeting();
    const { start } = createFixture({ nvd: meet, attack: meet });
    const head = await start(never);
    const stage = (name: string) => head.timings.stages.find((one) => one.name === name);
    expect(head.timings.stages.map(({ name }) => name)).toEqual([
      'intake',
      'vulnerability',
      'threat',
      'scoring',
      'report',
    ]);
    expect(stage('threat')?.startMs).toBeLessThanOrEqual(stage('vulnerability')?.endMs ?? 0);
  });

  it('leaves a valid document, ranked, with narratives by rules that cite evidence', async () => {
    const { start, store } = createFixture();
    const head = await start(never);
    const findings = await readAll(store.readFindings(head.id));
    expect(() => Assessment.parse({ ...head, findings })).not.toThrow();
    expect(findings.map(({ cveId }) => cveId)).toEqual([ONE, TWO]);
    expect(findings[0]?.narrative).toMatchObject({
      source: 'rules',
      threat: expect.stringContaining('CISA has listed'),
    });
    expect(findings[0]?.narrative.citations.length).toBeGreaterThan(0);
  });

  it('tells what it does in typed events, in order', async () => {
    const events: AgentEvent[] = [];
    await createFixture().start(never, (event) => events.push(event));
    const types = events.map(({ type }) => type);
    expect(types[0]).toBe('assessment-start');
    expect(events.filter((event) => event.type === 'finding-added')).toHaveLength(2);
    const stages = events.flatMap((event) =>
      event.type === 'stage-start' || event.type === 'stage-end' ? [`${event.type} ${event.name}`] : [],
    );
    expect(stages.indexOf('stage-start scoring')).toBeGreaterThan(stages.indexOf('stage-end threat'));
    expect(stages.at(-1)).toBe('stage-end report');
  });

  it('stops when cancelled, stays as interrupted, and resumes without asking again for what it has', async () => {
    const controller = new AbortController();
    const reason = new Error('stop');
    let block = true;
    const { start, assess, store, gatherers } = createFixture({
      ssvc: async () => {
        if (!block) return;
        controller.abort(reason);
        await new Promise((_, fail) => setTimeout(() => fail(reason), 10));
      },
    });
    await expect(start(controller.signal)).rejects.toThrow('stop');
    const [listing] = await store.listAssessments();
    expect(listing?.status).toBe('interrupted');

    block = false;
    const head = await assess.resume(listing?.id ?? '', { offline: false }, { signal: never, emit: () => undefined });
    expect((await store.findAssessment(head.id))?.status).toBe('done');
    expect(gatherers.nvd.asked).toEqual([ONE, TWO]);
    expect(gatherers.ssvc.asked).toEqual([ONE, TWO, ONE, TWO]);
    expect(await readAll(store.readFindings(head.id))).toHaveLength(2);
  });

  it('returns a finished assessment when it is resumed, and refuses an unknown one', async () => {
    const { start, assess, gatherers } = createFixture();
    const head = await start(never);
    const call = { signal: never, emit: () => undefined };
    expect(await assess.resume(head.id, { offline: false }, call)).toEqual(head);
    expect(gatherers.nvd.asked).toHaveLength(2);
    await expect(assess.resume('nothing', { offline: false }, call)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('counts a source that gave no answer as a gap of each finding', async () => {
    const { start, gatherers, store } = createFixture();
    Object.assign(gatherers.epss.gatherer, { gather: async function* () {} });
    const head = await start(never);
    expect(head.gaps).toEqual(
      [ONE, TWO].map((cveId) => ({ cveId, source: 'epss', reason: 'the source gave no answer' })),
    );
    expect((await readAll(store.readFindings(head.id))).map(({ status }) => status)).toEqual([
      'incomplete',
      'incomplete',
    ]);
  });
});
