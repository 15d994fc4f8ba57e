import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Assessment } from '../../src/domain/assessment/schema.ts';
import { changeJson, type Fault, type Meeting, mistype, startFaultProxy } from '../support/fault-proxy.ts';
import { assessInProcess } from '../support/in-process.ts';
import { type RawCvss, rawCveRecord, rawKevCatalogue, rawNvdRecord, WORST_CVSS } from '../support/raw-records.ts';
import { type SourceServer, startSourceServer } from '../support/source-server.ts';

const IDS = ['CVE-2024-1000', 'CVE-2024-1001', 'CVE-2024-1002'] as const;
const [BAD, MIDDLING, QUIET] = IDS;
const CVSS: Readonly<Record<(typeof IDS)[number], RawCvss>> = {
  [BAD]: WORST_CVSS,
  [MIDDLING]: { vector: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', score: 7.8, severity: 'HIGH' },
  [QUIET]: { vector: 'CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N', score: 1.8, severity: 'LOW' },
};

const toNvd = (id: (typeof IDS)[number]) => rawNvdRecord(id, { cvss: CVSS[id], cwe: 'CWE-94' });
const toCve = (id: string, exploitation: string) =>
  rawCveRecord(id, [
    {
      title: 'CISA ADP Vulnrichment',
      providerMetadata: { orgId: '134c704f-9b21-4f2e-91b3-4a467353bcc0', shortName: 'CISA-ADP' },
      metrics: [
        {
          other: {
            type: 'ssvc',
            content: {
              id,
              role: 'CISA Coordinator',
              version: '2.0.3',
              timestamp: '2024-02-03T00:00:00Z',
              options: [{ Exploitation: exploitation }, { Automatable: 'yes' }, { 'Technical Impact': 'total' }],
            },
          },
        },
      ],
    },
  ]);

/** The sources, by the names that the document has for them, and their requests. */
const ROUTES = {
  nvd: (url: string) => url.includes('/cves/2.0'),
  kev: (url: string) => url.startsWith('/kev.json'),
  epss: (url: string) => url.startsWith('/epss?'),
  ssvc: (url: string) => url.startsWith('/cve/'),
} as const;
type Source = keyof typeof ROUTES;

/** What the document says of a finding from each source. */
const FACTS: Readonly<Record<Source, (finding: Assessment['findings'][number]) => unknown>> = {
  nvd: ({ cvss, cwes }) => ({ cvss, cwes }),
  kev: ({ kev }) => kev,
  epss: ({ epss }) => epss,
  ssvc: ({ ssvc }) => ({ automatable: ssvc?.automatable, technicalImpact: ssvc?.technicalImpact }),
};

let upstream: SourceServer;
let baseline: Assessment;
const homes: string[] = [];
beforeAll(async () => {
  upstream = await startSourceServer({
    nvd: new Map(IDS.map((id) => [id, toNvd(id)])),
    cve: new Map(IDS.map((id) => [id, toCve(id, id === BAD ? 'active' : 'none')])),
    epss: new Map([
      [BAD, { epss: '0.9', percentile: '0.99' }],
      [MIDDLING, { epss: '0.02', percentile: '0.5' }],
    ]),
    kev: rawKevCatalogue([BAD], { ransomware: 'Known' }),
  });
  baseline = (await assessThrough(null)).document;
});
afterAll(async () => {
  await upstream.close();
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

/** Long enough that a busy machine does not lose what the other sources say. */
const BUDGET_MS = 5000;

async function assessThrough(fault: Fault | null, meeting?: Meeting) {
  const proxy = await startFaultProxy(upstream);
  const home = mkdtempSync(join(tmpdir(), 'eras-faults-'));
  homes.push(home);
  try {
    proxy.inject(fault, meeting);
    const begun = performance.now();
    const env = {
      ERAS_HOME: home,
      ...proxy.env,
      NVD_API_KEY: 'test',
      ERAS_HTTP_TIMEOUT_MS: '3000',
      ERAS_SOURCE_BUDGET_MS: String(BUDGET_MS),
    };
    const document = await assessInProcess(env, IDS);
    return { document, requests: proxy.requests, milliseconds: performance.now() - begun };
  } finally {
    await proxy.close();
  }
}

/** The right data, or a gap with its reason; nothing of the other sources touched, and no finding lost. */
function expectHonest(document: Assessment, source: Source): 'right' | 'gap' {
  expect(document.findings.map(({ cveId }) => cveId).sort()).toEqual([...IDS]);
  let isRight = true;
  for (const finding of document.findings) {
    const expected = baseline.findings.find(({ cveId }) => cveId === finding.cveId) as typeof finding;
    for (const other of Object.keys(ROUTES) as Source[]) {
      if (other !== source) {
        expect(FACTS[other](finding)).toEqual(FACTS[other](expected));
        expect(finding.sources[other].state).toBe(expected.sources[other].state);
      }
    }
    if (finding.sources[source].state === 'unavailable') {
      isRight = false;
      expect(document.gaps).toContainEqual({
        cveId: finding.cveId,
        source,
        reason: expect.stringMatching(/\w{3}/),
      });
      expect(finding.status).toBe('incomplete');
    } else {
      expect(finding.sources[source].state).toBe(expected.sources[source].state);
      expect(FACTS[source](finding)).toEqual(FACTS[source](expected));
    }
  }
  return isRight ? 'right' : 'gap';
}

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);
const retryAfter = (value: () => string): Fault => ({
  kind: 'status',
  status: 429,
  headers: () => ({ 'retry-after': value() }),
});
/** Longer than any busy machine needs within the budget, shorter than an endless wait. */
const A_HANG_MS = 45_000;

type Case = readonly [string, Fault, Omit<Meeting, 'on'>, 'right' | 'gap' | 'either'];
const CASES: readonly Case[] = [
  ['a storm of 403', { kind: 'status', status: 403 }, {}, 'gap'],
  ['a storm of 503', { kind: 'status', status: 503 }, {}, 'gap'],
  ['two 503 and then peace', { kind: 'status', status: 503 }, { times: 2 }, 'right'],
  ['429 with Retry-After in seconds', retryAfter(() => '1'), { times: 1 }, 'right'],
  ['429 with Retry-After as a date', retryAfter(() => inSeconds(1).toUTCString()), { times: 1 }, 'right'],
  ['429 with Retry-After in the past', retryAfter(() => inSeconds(-3600).toUTCString()), { times: 1 }, 'right'],
  ['429 with Retry-After 0', retryAfter(() => '0'), { times: 1 }, 'right'],
  ['429 with Retry-After below 0', retryAfter(() => '-5'), { times: 1 }, 'right'],
  ['429 with a fraction in Retry-After', retryAfter(() => '0.5'), { times: 1 }, 'right'],
  ['429 with nonsense in Retry-After', retryAfter(() => 'soon'), { times: 1 }, 'right'],
  ['429 with Retry-After of a day', retryAfter(() => '86400'), { times: 1 }, 'either'],
  ['429 without end', retryAfter(() => '1'), {}, 'gap'],
  ['resets', { kind: 'reset' }, {}, 'gap'],
  ['one reset', { kind: 'reset' }, { times: 1 }, 'right'],
  ['silence', { kind: 'hang' }, {}, 'gap'],
  ['a drip', { kind: 'drip', bytesPerSecond: 20 }, {}, 'gap'],
  ['half a JSON', { kind: 'half' }, {}, 'gap'],
  ['a broken connection', { kind: 'cut' }, {}, 'gap'],
  ['values of other types', changeJson((document) => mistype(document)), {}, 'gap'],
  ['an empty object', changeJson(() => ({})), {}, 'gap'],
  ['a list', changeJson(() => []), {}, 'gap'],
  ['null', changeJson(() => null), {}, 'gap'],
  ['another content type', { kind: 'content-type', type: 'text/plain; charset=utf-16' }, {}, 'right'],
  ['a gzip bomb', { kind: 'gzip-bomb', megabytes: 200 }, {}, 'gap'],
];

describe.each(Object.keys(ROUTES) as Source[])('on the way from %s', (source) => {
  it.concurrent.each(CASES)('%s costs no fact and no finding', async (_, fault, meeting, outcome) => {
    const { document, milliseconds } = await assessThrough(fault, { ...meeting, on: ROUTES[source] });
    const found = expectHonest(document, source);
    if (outcome !== 'either') expect(found).toBe(outcome);
    expect(milliseconds).toBeLessThan(A_HANG_MS);
  });
});

describe('what only one source does', () => {
  type Page = { vulnerabilities: unknown[]; startIndex: number; totalResults: number; count: number };
  it.each<[string, Source, Fault, 'right' | 'gap']>([
    [
      'NVD gives the records of other ids',
      'nvd',
      changeJson((page) => ({
        ...(page as Page),
        vulnerabilities: [{ cve: { ...toNvd(QUIET), id: 'CVE-1999-0001' } }],
      })),
      'gap',
    ],
    [
      'NVD counts more than it gives',
      'nvd',
      changeJson((page) => ({
        ...(page as Page),
        totalResults: 3,
        vulnerabilities: (page as Page).vulnerabilities.slice(1),
      })),
      'gap',
    ],
    [
      'KEV has no entries',
      'kev',
      changeJson((catalogue) => ({ ...(catalogue as Page), vulnerabilities: [], count: 0 })),
      'gap',
    ],
    ['KEV counts more than it has', 'kev', changeJson((catalogue) => ({ ...(catalogue as Page), count: 1500 })), 'gap'],
    [
      'EPSS is about other CVEs',
      'epss',
      changeJson((reply) => ({
        ...(reply as object),
        data: [{ cve: 'CVE-1999-0001', epss: '0.1', percentile: '0.1', date: '2026-01-01' }],
      })),
      'gap',
    ],
    [
      'EPSS gives what is no probability',
      'epss',
      changeJson((reply) => {
        const { data, ...rest } = reply as { data: { cve: string }[] };
        return { ...rest, data: data.map((row) => (row.cve === BAD ? { ...row, epss: '97' } : row)) };
      }),
      'gap',
    ],
  ])('%s', async (_, source, fault, outcome) => {
    const { document } = await assessThrough(fault, { on: ROUTES[source] });
    expect(expectHonest(document, source)).toBe(outcome);
  });
});

describe('a clock that jumps in the middle', () => {
  it.each([
    ['back an hour', -3_600_000],
    ['forward a day', 86_400_000],
  ])('%s changes no fact', async (_, offsetMs) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    try {
      const jump = changeJson((page) => {
        vi.setSystemTime(Date.now() + offsetMs);
        return page;
      });
      const { document } = await assessThrough(jump, { on: ROUTES.nvd, times: 1 });
      for (const source of Object.keys(ROUTES) as Source[]) expect(expectHonest(document, source)).toBe('right');
      const { totalMs, stages } = document.timings;
      expect(totalMs).toBeGreaterThanOrEqual(0);
      expect(stages.filter(({ startMs, endMs }) => startMs < 0 || endMs < startMs)).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });
});
