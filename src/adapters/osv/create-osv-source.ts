import { planRequests } from '../../domain/source/source-plan.ts';
import { asTheyArrive } from '../../kernel/as-they-arrive.ts';
import { chunksOf } from '../../kernel/chunks-of.ts';
import type { Advisory, AdvisoryAnswer, AdvisorySource } from '../../ports/advisory-source.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';
import { type BatchResult, parseAdvisory, parseBatchReply } from './schema.ts';

/** OSV's own bound of `/v1/querybatch`. */
const QUERIES_A_REQUEST = 1000;
const CONCURRENCY = 16;
/** Ours, since none is published. */
const LANES = [{ id: 'osv', requests: 3000, windowMs: 30_000, headers: {} }];
const MAX_BYTES = 32 * 2 ** 20;
/** Pages of one query: no package has a hundred thousand advisories. */
const MOST_PAGES = 100;

/** What the source depends on. */
export interface OsvSourceOptions {
  readonly http: HttpClient;
  /** OSV_API_URL. */
  readonly baseUrl: string;
}

/** OSV (osv.dev) as a source of advisories by package URL and by id. */
export function createOsvSource({ http, baseUrl }: OsvSourceOptions): AdvisorySource {
  const base = baseUrl.replace(/\/+$/, '');
  const request = { source: 'osv', maxBytes: MAX_BYTES, lanes: LANES } as const;

  /** One batch, and the further pages of those of its queries that have some. */
  async function queryBatch(purls: readonly string[], call: SourceCall) {
    const ids = new Map<string, string[]>(purls.map((purl) => [purl, []]));
    let open: { purl: string; page: string | null }[] = purls.map((purl) => ({ purl, page: null }));
    for (let page = 0; open.length > 0 && page < MOST_PAGES; page += 1) {
      const asked = open;
      const reply = await post(asked, call);
      if (typeof reply === 'string') return toAnswers(ids, asked, reply);
      for (const [index, { ids: found }] of reply.entries()) ids.get(asked[index]?.purl ?? '')?.push(...found);
      open = asked.flatMap(({ purl }, index) => {
        const next = reply[index]?.nextPage ?? null;
        return next === null ? [] : [{ purl, page: next }];
      });
    }
    return toAnswers(ids, open, `OSV's list goes on after ${MOST_PAGES} pages, which were not read`);
  }

  /** The results, or why there are none. */
  async function post(
    queries: readonly { purl: string; page: string | null }[],
    call: SourceCall,
  ): Promise<BatchResult[] | string> {
    const json = {
      queries: queries.map(({ purl, page }) => ({
        package: { purl },
        ...(page === null ? {} : { page_token: page }),
      })),
    };
    const outcome = await http.getJson({
      ...request,
      url: `${base}/v1/querybatch`,
      send: { method: 'POST', json },
      call,
    });
    if (!outcome.ok) return outcome.reason;
    const parsed = parseBatchReply(outcome.body, queries.length);
    return parsed.ok ? parsed.value : `OSV answered with something that cannot be read: ${parsed.error}`;
  }

  async function fetchOne(id: string, call: SourceCall): Promise<AdvisoryAnswer<Advisory>> {
    const outcome = await http.getJson({
      ...request,
      url: `${base}/v1/vulns/${encodeURIComponent(id)}`,
      answers: (status) => status === 404,
      call,
    });
    if (!outcome.ok) {
      return outcome.status === 404 ? { kind: 'absent' } : { kind: 'unavailable', reason: outcome.reason };
    }
    const parsed = parseAdvisory(outcome.body);
    return parsed.ok
      ? { kind: 'found', value: parsed.value }
      : { kind: 'unavailable', reason: `OSV's record ${id} cannot be read: ${parsed.error}` };
  }

  return {
    planFor: (packages) =>
      planRequests(packages, { idsARequest: QUERIES_A_REQUEST, atOnce: CONCURRENCY, lanes: LANES }),
    async findByPackages(purls, call) {
      const tasks = [...chunksOf([...new Set(purls)], QUERIES_A_REQUEST)].map((batch) => () => queryBatch(batch, call));
      const answers = new Map<string, AdvisoryAnswer<readonly string[]>>();
      for await (const batch of asTheyArrive(tasks, CONCURRENCY))
        for (const [purl, answer] of batch) answers.set(purl, answer);
      return answers;
    },
    async fetchAdvisories(ids, call) {
      const tasks = [...new Set(ids)].map((id) => async () => [[id, await fetchOne(id, call)] as const]);
      const answers = new Map<string, AdvisoryAnswer<Advisory>>();
      for await (const batch of asTheyArrive(tasks, CONCURRENCY))
        for (const [id, answer] of batch) answers.set(id, answer);
      return answers;
    },
  };
}

/** What was found of each package; `open` are those of which not all was read, and why. */
function toAnswers(
  found: ReadonlyMap<string, readonly string[]>,
  open: readonly { readonly purl: string }[],
  reason: string,
): (readonly [string, AdvisoryAnswer<readonly string[]>])[] {
  const unread = new Set(open.map(({ purl }) => purl));
  return [...found].map(([purl, all]) => {
    const value = [...new Set(all)];
    if (!unread.has(purl)) return [purl, value.length === 0 ? { kind: 'absent' } : { kind: 'found', value }];
    return [purl, value.length === 0 ? { kind: 'unavailable', reason } : { kind: 'found', value, missing: reason }];
  });
}
