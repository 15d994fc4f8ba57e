import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../src/adapters/log/create-log.ts';
import { loadConfig } from '../src/config/config.ts';
import type { CveId } from '../src/domain/cve/cve-id.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { createSources } from '../src/runtime/create-sources.ts';
import { rawNvdRecord } from '../test/support/raw-records.ts';
import { type Figure, toFigure } from './measure.ts';

const CVES = 1000;
/** NVD's own limit with a key: so many requests in a rolling window of so many milliseconds. */
const REQUESTS = 50;
const WINDOW_MS = 30_000;

interface Enforcing {
  readonly url: string;
  readonly seen: () => { readonly requests: number; readonly refused: number };
  close(): void;
}

/** An NVD that knows no lists of ids, answers one CVE a request, and refuses what exceeds the limit of a key. */
async function startEnforcing(): Promise<Enforcing> {
  const arrivals = new Map<string, number[]>();
  let [requests, refused] = [0, 0];
  const server = createServer((request, response) => {
    const key = String(request.headers['apikey'] ?? '');
    const now = performance.now();
    const recent = (arrivals.get(key) ?? []).filter((at) => now - at < WINDOW_MS);
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    const id = query.get('cveId');
    const isOver = recent.length >= REQUESTS;
    arrivals.set(key, [...recent, now]);
    requests += 1;
    if (isOver) refused += 1;
    if (isOver || id === null) {
      response.writeHead(isOver ? 403 : 404, { message: isOver ? 'rate limit' : 'unknown parameter' }).end();
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        resultsPerPage: 1,
        startIndex: 0,
        totalResults: 1,
        format: 'NVD_CVE',
        version: '2.0',
        vulnerabilities: [{ cve: rawNvdRecord(id, {}) }],
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: () => ({ requests, refused }),
    close: () => server.close(),
  };
}

/** Milliseconds to look up 1,000 CVEs one by one with so many keys, and what the server refused. */
async function timeKeys(
  keys: number,
): Promise<{ readonly ms: number; readonly requests: number; readonly refused: number; readonly found: number }> {
  const server = await startEnforcing();
  const home = mkdtempSync(join(tmpdir(), 'eras-bench-keys-'));
  const names = Array.from({ length: keys }, (_, index) => `bench-key-${index + 1}`).join(',');
  const config = loadConfig({ ERAS_HOME: home, NVD_API_URL: server.url, NVD_API_KEY: names }, home);
  const parts = { clock: systemClock, log: createLog('silent'), version: '0.0.0' };
  const ids = Array.from({ length: CVES }, (_, index) => `CVE-2024-${10_000 + index}` as CveId);
  const startedAt = performance.now();
  let found = 0;
  const call = { signal: new AbortController().signal };
  for await (const answers of createSources(config, { ...parts, windows: null }).nvd.lookUp(ids, call)) {
    found += answers.filter(({ kind }) => kind === 'found').length;
  }
  const ms = performance.now() - startedAt;
  server.close();
  rmSync(home, { recursive: true, force: true });
  return { ms, ...server.seen(), found };
}

/**
 * 1,000 CVEs from a server that enforces NVD's real limits and answers one CVE a request, with 1, 2 and 4 keys at the same time: against the
 * least that the limit allows for the requests made (one more than CVEs: whether the server knows lists is found out by asking). Ten minutes, and almost all of it waiting.
 * @throws Error where a request was refused, or a CVE not found
 */
export async function benchNvdKeys(): Promise<Figure[]> {
  return Promise.all(
    [1, 2, 4].map(async (keys) => {
      const { ms, requests, refused, found } = await timeKeys(keys);
      if (refused > 0 || found < CVES) throw new Error(`${keys} keys: ${refused} refused, ${found} found`);
      const least = (Math.ceil(requests / (keys * REQUESTS)) - 1) * WINDOW_MS;
      return toFigure(
        `${CVES} CVEs one by one, ${keys} NVD ${keys === 1 ? 'key' : 'keys'}: ${Math.round(ms / 1000)} s against the limit's own ${least / 1000} s`,
        [ms / least],
        1.1,
        '×',
      );
    }),
  );
}
