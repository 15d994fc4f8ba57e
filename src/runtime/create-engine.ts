import { ulid } from 'ulid';
import { createRedisWindows } from '../adapters/redis/redis-windows.ts';
import { createRequestCounter } from '../agents/intelligence/request-counter.ts';
import { createRehearsalModel } from '../agents/language-model/rehearse.ts';
import { createCachedAdvisories } from '../assessment/advisories.ts';
import { type AssessUseCase, createAssessUseCase } from '../assessment/assess.ts';
import type { AssessOptions } from '../assessment/assess-options.ts';
import type { JobRunner } from '../assessment/fleet/run-job.ts';
import { addIncidents, type HandedIn, recallItemsFrom } from '../assessment/incidents.ts';
import { type AdvisoryPlan, type Plan, toPlan } from '../assessment/plan.ts';
import { countAdvisoryQuestions, resolveIntake } from '../assessment/resolve-intake.ts';
import type { Scope } from '../assessment/scope.ts';
import { type SyncCall, type SyncOutcome, type SyncSource, syncSources } from '../assessment/sync.ts';
import { type LocalOutcome, syncFromFiles } from '../assessment/sync-from-files.ts';
import type { Config } from '../config/config.ts';
import type { CveId } from '../domain/cve/cve-id.ts';
import type { Snapshot } from '../domain/snapshot/snapshot.ts';
import type { SourcePlan } from '../domain/source/source-plan.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import type { Cache } from '../ports/cache.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import { NO_TELEMETRY, type Telemetry } from '../ports/telemetry.ts';
import type { SourceCall } from '../ports/vulnerability-source.ts';
import { loadSnapshot, loadThreatModel } from './bundled-data.ts';
import { createAgents } from './create-agents.ts';
import { createCache, openRedisLink } from './create-cache.ts';
import { createGatherers } from './create-gatherers.ts';
import { hasBatches } from './create-language-model.ts';
import { createServiceNow } from './create-servicenow.ts';
import { createSources } from './create-sources.ts';
import { RULES } from './create-writers.ts';
import { logEvents } from './log-events.ts';
import { toPolicies } from './loss-policy.ts';
import { meterCache } from './metered-cache.ts';
import { openCheckpointer } from './open-checkpointer.ts';
import { openContext } from './open-context.ts';
import type { Fleet } from './open-fleet.ts';
import { openLog } from './open-log.ts';
import { type OpenStore, openScratchStore } from './open-store.ts';
import { hireScoringThreads } from './scoring-threads.ts';
import { threadedLocalSource } from './threaded-local-source.ts';

/** Which incidents of ServiceNow are assessed, too; null: none. */
export interface IncidentQuery {
  readonly serviceNow: string | null;
}

/** The use cases that need agents or sources. */
export interface Engine extends AssessUseCase {
  /** Where the facts of an assessment would come from; asks no source. */
  planSources(cveIds: readonly CveId[], offline: boolean): Promise<readonly SourcePlan[]>;
  /** What OSV would be asked about; asks nothing. */
  planAdvisories(intake: HandedIn['intake'], offline: boolean): AdvisoryPlan;
  /** Adds what the incidents of a query tell; asks ServiceNow unless `offline`. */
  addIncidents(handedIn: HandedIn & IncidentQuery, offline: boolean, call: SourceCall): Promise<HandedIn>;
  /** Turns what the user handed in into what is assessed; asks OSV and, for a query, ServiceNow unless `offline`. */
  resolve(handedIn: HandedIn & IncidentQuery, offline: boolean, call: SourceCall): Promise<Scope>;
  /** The main job, done by the workers of a fleet. */
  byFleet(fleet: Fleet): Promise<AssessUseCase>;
  /** What this process does as a worker of a fleet. */
  runJobs(fleet: Fleet): Promise<JobRunner>;
  sync(wanted: readonly SyncSource[], call: SyncCall): AsyncGenerator<SyncOutcome>;
  syncFrom(path: string, wanted: readonly SyncSource[], call: SyncCall): AsyncGenerator<LocalOutcome>;
  close(): Promise<void>;
}

/** How an engine differs from that of a single command. */
export interface EngineOptions {
  /** Stands in for the language model, and is never asked. */
  readonly rehearsal?: LanguageModel | null;
  readonly telemetry?: Telemetry;
  /** The time of a fleet, where it is one's. */
  readonly clock?: Clock;
  /** Whether it outlives failures of Redis. */
  readonly isLongLived?: boolean;
}

/** Puts the whole of ERAS together over an open store: the only place that knows which adapter serves which port. */
export function createEngine(
  config: Config,
  store: OpenStore,
  version: string,
  { rehearsal = null, telemetry = NO_TELEMETRY, clock = systemClock, isLongLived = false }: EngineOptions = {},
): Engine {
  const log = openLog(config, telemetry);
  const link = openRedisLink(config, log, isLongLived);
  const windows = link === null ? null : createRedisWindows(link);
  const sources = createSources(config, { clock, log, version, windows, telemetry });
  const cache = createCache(link, store.database, log, clock);
  const { mirror } = store;
  const target = { mirror, loads: store.mirrorLoads, clock, bundled: () => countBundled(loadSnapshot()) };
  const gathering = {
    sources,
    cache,
    mirror,
    loadSnapshot,
    loadThreatModel,
    clock,
    isAttackNamed: config.isAttackNamed,
  };
  const running = {
    store: store.assessments,
    clock,
    newId: () => ulid(clock.now().getTime()),
    createAgents: (options: AssessOptions) =>
      createAgents(
        {
          ...gathering,
          ...toPolicies(config),
          languageModel: config.languageModel,
          ledger: store.ledger,
          rehearsal,
          telemetry,
          findContext: openContext(store, telemetry.metrics),
          findDecisions: (ids) => store.decisions.about(ids),
          hireCrew:
            store.path === null ? async () => null : hireScoringThreads(store.path, store.postgres?.config ?? null),
        },
        options,
      ),
    telemetry,
  };
  const withIncidents = async (
    { intake, assets, serviceNow: query }: HandedIn & IncidentQuery,
    offline: boolean,
    call: SourceCall,
    items: Cache,
  ): Promise<HandedIn> => {
    if (query === null) return { intake, assets };
    const incidents = offline ? null : createServiceNow(config, sources.http, recallItemsFrom(items)).assets;
    return addIncidents({ intake, assets }, query, incidents, call);
  };
  const assess = logEvents(log, createAssessUseCase({ ...running, checkpointer: openCheckpointer(store) }));
  return {
    ...assess,
    async byFleet(fleet) {
      const { createFleetUseCase } = await import('../assessment/fleet/assess-by-fleet.ts');
      return logEvents(log, createFleetUseCase({ ...running, ...fleet }));
    },
    async runJobs(fleet) {
      const { createJobRunner } = await import('../assessment/fleet/run-job.ts');
      return createJobRunner({ ...running, ...fleet, rules: RULES });
    },
    planSources(cveIds, offline) {
      const { vulnerability, threat } = createGatherers(gathering, offline);
      return Promise.all([...vulnerability, ...threat].map((gatherer) => gatherer.plan(cveIds)));
    },
    planAdvisories(intake, offline) {
      const { packages, ids } = offline ? { packages: 0, ids: 0 } : countAdvisoryQuestions(intake);
      return { packages, ids, requests: sources.osv.planFor(packages).requests + ids };
    },
    addIncidents: (handedIn, offline, call) => withIncidents(handedIn, offline, call, cache),
    async resolve(handedIn, offline, { signal }) {
      const counter = createRequestCounter();
      const call = { signal, onRequest: counter.count };
      const metered = meterCache(cache, telemetry.metrics);
      const advisories = offline ? null : createCachedAdvisories(sources.osv, metered);
      const all = await withIncidents(handedIn, offline, call, metered);
      const scope = await resolveIntake(all.intake, all.assets, advisories, call, store.products);
      return { ...scope, http: counter.take(), cache: metered.takeCounts() };
    },
    sync: (wanted, call) =>
      syncSources(
        {
          ...target,
          sources: {
            kev: sources.kev,
            epss: sources.epssDay,
            attack: sources.attackRelease,
            ssvc: sources.cveOrg,
            nvd: sources.nvdFeed,
          },
        },
        wanted,
        call,
      ),
    syncFrom: (path, wanted, call) => syncFromFiles(target, threadedLocalSource, path, wanted, call),
    close: () => cache.close(),
  };
}

/** What is rehearsed. */
export type RehearsalInput = Omit<Parameters<AssessUseCase['start']>[0], 'scope'> &
  HandedIn &
  IncidentQuery & {
    /** Whether the incidents are read, as the one thing that is asked for: without them nobody can tell which tickets they make. */
    readonly readsIncidents: boolean;
  };

/** Rehearses an assessment offline, with a model that is never asked, and tells what a real run would do; `look` sees it before it is gone. */
export async function rehearse(
  config: Config,
  store: OpenStore,
  version: string,
  input: RehearsalInput,
  signal: AbortSignal,
  look: (scratch: OpenStore, assessmentId: string) => Promise<void> = async () => undefined,
): Promise<Plan> {
  const scratch = openScratchStore(store);
  const model =
    config.languageModel === null
      ? null
      : createRehearsalModel(config.languageModel.provider, input.options.economy && hasBatches(config.languageModel));
  const engine = createEngine(config, scratch, version, { rehearsal: model });
  const real = createEngine(config, store, version);
  try {
    const options = { ...input.options, offline: true };
    const { readsIncidents, serviceNow } = input;
    const handedIn = readsIncidents ? await real.addIncidents(input, false, { signal }) : input;
    const asked = { ...handedIn, serviceNow: readsIncidents ? null : serviceNow };
    const scope = await engine.resolve(asked, true, { signal });
    const head = await engine.start({ ...input, scope, options }, { signal, emit: () => undefined });
    await look(scratch, head.id);
    const advisories = real.planAdvisories(handedIn.intake, input.options.offline);
    const sources = await real.planSources(scope.cveIds, input.options.offline);
    return toPlan(head, { sources, advisories, areIncidentsUnread: serviceNow !== null && !readsIncidents });
  } finally {
    await Promise.all([engine.close(), real.close()]);
    scratch.close();
  }
}

function countBundled({ cveIds, kev, epss }: Snapshot): { kev: number; epss: number } {
  const count = (look: (cveId: CveId) => { readonly kind: string }) =>
    cveIds.filter((cveId) => look(cveId).kind === 'found').length;
  return { kev: count(kev), epss: count(epss) };
}
