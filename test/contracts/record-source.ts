import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CveId, parseCveId } from '../../src/domain/cve/cve-id.ts';
import type { SourceAnswer } from '../../src/domain/source/lookup.ts';
import type { HttpClient } from '../../src/ports/http-client.ts';
import type { RecordSource } from '../../src/ports/vulnerability-source.ts';
import { SLACK_MS } from '../support/slack.ts';
import {
  type ServedSource,
  type SourceServer,
  type SourceServerData,
  startSourceServer,
} from '../support/source-server.ts';
import { createTestHttp } from '../support/source-server-client.ts';

/** What the suite needs to know of a source. */
export interface RecordSourceContract {
  readonly title: string;
  readonly served: ServedSource;
  /** What the server knows, for the given ids. */
  readonly dataFor: (cveIds: readonly CveId[]) => SourceServerData;
  /** The same, but with a record for the given id that cannot be read. */
  readonly damagedDataFor: (cveId: CveId) => SourceServerData;
  readonly create: (http: HttpClient, env: SourceServer['env']) => RecordSource<{ readonly cveId: CveId }>;
}

/** A CVE id that must parse. */
export function cveIdOf(text: string): CveId {
  const parsed = parseCveId(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

const KNOWN = Array.from({ length: 130 }, (_, index) => cveIdOf(`CVE-2024-${10_000 + index}`));
const UNKNOWN = cveIdOf('CVE-2024-99999');
const BUDGET_MS = 600;
/** What a server that behaves well is given: a machine that is busy is no source that fails. */
const PATIENT = { timeoutMs: 20_000, budgetMs: 20_000 };

/** The promises of `RecordSource`, checked against a server on loopback that behaves well and badly. */
export function describeRecordSource({ title, served, dataFor, damagedDataFor, create }: RecordSourceContract): void {
  describe(`${title} keeps the contract of a record source`, () => {
    let server: SourceServer;
    let source: RecordSource<{ readonly cveId: CveId }>;

    async function start(data: SourceServerData): Promise<void> {
      await server?.close();
      server = await startSourceServer(data);
      source = create(createTestHttp(PATIENT), server.env);
    }
    beforeEach(() => start(dataFor(KNOWN)));
    afterEach(() => server.close());

    it('answers each id once, found or absent', async () => {
      const answers = await lookUp(source, [...KNOWN, UNKNOWN, ...KNOWN.slice(0, 3)]);
      expect(answers).toHaveLength(KNOWN.length + 1);
      expect(new Set(answers.map((answer) => answer.cveId)).size).toBe(KNOWN.length + 1);
      for (const answer of answers) {
        expect(answer.kind).toBe(answer.cveId === UNKNOWN ? 'absent' : 'found');
        if (answer.kind === 'found') expect(answer.record.cveId).toBe(answer.cveId);
      }
    });

    it('asks nothing for nothing', async () => {
      expect(await lookUp(source, [])).toEqual([]);
      expect(server.requests).toEqual([]);
    });

    it('overcomes two failures', async () => {
      server.behave(served, { kind: 'status', status: 503, times: 2 });
      const answers = await lookUp(source, KNOWN.slice(0, 2));
      expect(answers.map((answer) => answer.kind)).toEqual(['found', 'found']);
    });

    it.each([
      ['HTTP 503', { kind: 'status', status: 503 }],
      ['HTTP 403', { kind: 'status', status: 403 }],
      ['a hanging server', { kind: 'hang' }],
      ['a stalling server', { kind: 'stall' }],
      ['garbage', { kind: 'garbage' }],
      ['JSON of another kind', { kind: 'garbage', body: '{"hello":"world"}' }],
      ['truncated JSON', { kind: 'truncated' }],
      ['a connection that breaks', { kind: 'cut' }],
      ['a reset connection', { kind: 'reset' }],
      ['a redirect elsewhere', { kind: 'redirect', location: 'http://localhost:1/login?key=1' }],
    ] as const)('calls everything unavailable, with a reason and in time, on %s', async (_what, behaviour) => {
      source = create(createTestHttp({ budgetMs: BUDGET_MS }), server.env);
      server.behave(served, behaviour);
      const begun = performance.now();
      const answers = await lookUp(source, KNOWN.slice(0, 40));
      expect(performance.now() - begun).toBeLessThan(BUDGET_MS + SLACK_MS);
      expect(answers).toHaveLength(40);
      for (const answer of answers) {
        expect(answer.kind).toBe('unavailable');
        if (answer.kind === 'unavailable') expect(answer.reason).toMatch(/^[^\n?]{10,300}$/);
      }
    });

    it('calls a record unavailable that cannot be read', async () => {
      const [damaged = UNKNOWN] = KNOWN;
      await start(damagedDataFor(damaged));
      expect(await lookUp(source, [damaged])).toEqual([
        { cveId: damaged, kind: 'unavailable', reason: expect.stringContaining('cannot be read') },
      ]);
    });

    it('throws the reason when cancelled', async () => {
      server.behave(served, { kind: 'hang' });
      const controller = new AbortController();
      setTimeout(() => controller.abort(new Error('interrupted')), 50);
      await expect(lookUp(source, KNOWN, controller.signal)).rejects.toThrow('interrupted');
    });

    it('asks no further when nobody listens any more', async () => {
      for await (const _batch of source.lookUp(KNOWN, { signal: new AbortController().signal })) break;
      // What was on its way may still arrive; nothing that waited its turn may follow.
      await untilQuiet(server);
      expect(server.requests.length).toBeLessThan(KNOWN.length);
    });
  });
}

/** Until no request has come in for half a second. */
async function untilQuiet({ requests }: SourceServer): Promise<void> {
  for (let seen = -1; seen !== requests.length; ) {
    seen = requests.length;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** All answers of a source, in the order of arrival. */
export async function lookUp<Rec>(
  source: RecordSource<Rec>,
  cveIds: readonly CveId[],
  signal: AbortSignal = new AbortController().signal,
): Promise<SourceAnswer<Rec>[]> {
  const answers: SourceAnswer<Rec>[] = [];
  for await (const batch of source.lookUp(cveIds, { signal })) answers.push(...batch);
  return answers;
}
