import type { CveId } from '../../domain/cve/cve-id.ts';
import type { NvdRecord } from '../../domain/cve/records.ts';
import { answerOf } from '../../domain/source/answer-of.ts';
import type { SourceAnswer } from '../../domain/source/lookup.ts';
import { planRequests } from '../../domain/source/source-plan.ts';
import { asTheyArrive } from '../../kernel/as-they-arrive.ts';
import type { HttpClient, SourceLog } from '../../ports/http-client.ts';
import type { RecordSource, SourceCall } from '../../ports/vulnerability-source.ts';
import { type FetchContext, type Fetched, fetchCves } from './fetch-cves.ts';
import { lanesOf } from './lanes.ts';

// NVD's bound for one `cveIds` list.
const IDS_A_REQUEST = 100;
// Beyond this, requests only wait for NVD, which answers slower the more it is asked at once.
const MAX_CONCURRENCY = 10;

// A server that answers so often in a row with something else is none of NVD's.
const MOST_WRONG_ANSWERS = 3;

/** What the NVD source depends on. */
export interface NvdSourceOptions {
  readonly http: HttpClient;
  /** NVD_API_URL; `/cves/2.0` is appended. */
  readonly baseUrl: string;
  /** Load is spread over them; none: the limit for everybody. */
  readonly apiKeys: readonly string[];
  readonly log?: SourceLog;
}

type Answers = readonly SourceAnswer<NvdRecord>[];

/** The NVD CVE API 2.0 as a source of records. */
export function createNvdSource({ http, baseUrl, apiKeys, log }: NvdSourceOptions): RecordSource<NvdRecord> {
  const url = `${baseUrl.replace(/\/+$/, '')}/cves/2.0`;
  const lanes = lanesOf(apiKeys);
  const concurrency = Math.min(MAX_CONCURRENCY, lanes.length * (lanes[0]?.requests ?? 1));
  // Whether this server has understood a list of ids; until then one request goes ahead of the others.
  let isListUnderstood = false;

  async function* lookUp(cveIds: readonly CveId[], call: SourceCall): AsyncGenerator<Answers, void> {
    const run = createRun({ http, url, lanes, call }, log);
    run.plan([...new Set(cveIds)], IDS_A_REQUEST);
    if (!isListUnderstood) yield* nonEmpty(asTheyArrive(run.tasks.splice(0, 1), 1));
    yield* nonEmpty(asTheyArrive(run.tasks, concurrency));
    isListUnderstood ||= run.isListUnderstood();
  }

  return {
    name: 'nvd',
    planFor: (cves) => planRequests(cves, { idsARequest: IDS_A_REQUEST, atOnce: concurrency, lanes }),
    lookUp,
  };
}

/** The requests of one run, and what it has learnt about the server. */
function createRun(context: FetchContext, log: SourceLog | undefined) {
  const tasks: (() => Promise<Answers>)[] = [];
  let list: 'unknown' | 'understood' | 'not-understood' = 'unknown';
  let refusal: string | null = null;
  let wrongAnswers = 0;

  function plan(ids: readonly CveId[], size: number): Answers {
    for (let start = 0; start < ids.length; start += size) {
      const batch = ids.slice(start, start + size);
      tasks.push(() => ask(batch));
    }
    return [];
  }

  /** When asking further is in vain: each question would wait for the rate limit, only to hear the same. */
  function learn(fetched: Fetched): void {
    const isWrong = fetched.kind === 'failed' && fetched.isAnswered;
    wrongAnswers = isWrong ? wrongAnswers + 1 : 0;
    if (fetched.kind === 'refused' || (isWrong && wrongAnswers >= MOST_WRONG_ANSWERS)) refusal = fetched.reason;
  }

  async function ask(ids: readonly CveId[]): Promise<Answers> {
    if (refusal !== null) return allUnavailable(ids, refusal);
    if (ids.length > 1 && list === 'not-understood') return plan(ids, 1);
    const fetched = await fetchCves(context, ids);
    if (fetched.kind === 'list-not-understood') {
      list = 'not-understood';
      log?.('NVD_API_URL does not answer lists of CVE ids; asking one by one', {});
      return plan(ids, 1);
    }
    learn(fetched);
    if (fetched.kind === 'pages' && ids.length > 1) list = 'understood';
    return toAnswers(ids, fetched, log);
  }

  return { tasks, plan, isListUnderstood: () => list === 'understood' };
}

function toAnswers(
  ids: readonly CveId[],
  fetched: Exclude<Fetched, { kind: 'list-not-understood' }>,
  log: SourceLog | undefined,
): Answers {
  if (fetched.kind !== 'pages') return allUnavailable(ids, fetched.reason);
  for (const { cveId, reason } of fetched.unreadable) log?.('NVD record left out', { cveId, reason });
  const inWords = (reason: string) => `NVD answered with a record that cannot be read: ${reason}`;
  return ids.map((cveId) => answerOf(cveId, fetched.records, fetched.unreadable, inWords));
}

function allUnavailable(ids: readonly CveId[], reason: string): Answers {
  return ids.map((cveId) => ({ cveId, kind: 'unavailable', reason }));
}

async function* nonEmpty(batches: AsyncIterable<Answers>): AsyncGenerator<Answers, void> {
  for await (const batch of batches) if (batch.length > 0) yield batch;
}
