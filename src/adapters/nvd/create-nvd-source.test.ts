import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cveIdOf, lookUp } from '../../../test/contracts/record-source.ts';
import { type SourceServer, startSourceServer } from '../../../test/support/source-server.ts';
import { createTestHttp } from '../../../test/support/source-server-client.ts';
import { describeWithTestData, readTestJson } from '../../../test/support/test-data.ts';
import type { HttpClient, HttpRequest } from '../../ports/http-client.ts';
import { createNvdSource } from './create-nvd-source.ts';

const IDS = Array.from({ length: 250 }, (_, index) => cveIdOf(`CVE-2023-${1000 + index}`));
const nvd = new Map<string, unknown>(IDS.map((id) => [id, { id, vulnStatus: 'Analyzed' }]));

let server: SourceServer;
beforeEach(async () => {
  server = await startSourceServer({ nvd });
});
afterEach(() => server.close());

const http = () => createTestHttp({ timeoutMs: 1000, budgetMs: 2000 });

function create(apiKeys: readonly string[] = ['one', 'two', 'three', 'four', 'five', 'six']) {
  const logged: string[] = [];
  const log = (message: string) => logged.push(message);
  return { source: createNvdSource({ http: http(), baseUrl: `${server.env.NVD_API_URL}/`, apiKeys, log }), logged };
}

const paths = () => server.requests.map((request) => new URL(request.url, 'http://x').search);

describe('the requests', () => {
  it('ask for up to 100 ids each, and for one id by the older parameter', async () => {
    const { source } = create();
    expect(await lookUp(source, IDS.slice(0, 201))).toHaveLength(201);
    expect(paths()[0]).toMatch(/^\?cveIds=CVE-2023-1000,CVE-2023-1001,/);
    expect(
      paths()
        .map((path) => path.split(',').length)
        .toSorted((a, b) => a - b),
    ).toEqual([1, 100, 100]);
    expect(paths().at(-1)).toBe('?cveId=CVE-2023-1200');
  });

  it('carry the API key as a header only', async () => {
    const { source } = create(['one', ' ', 'two ']);
    await lookUp(source, IDS);
    expect(new Set(server.requests.map((request) => request.headers['apikey']))).toEqual(new Set(['one', 'two']));
    expect(paths().join()).not.toContain('one');
  });

  it.each([
    [[], [{ requests: 5, windowMs: 31_000, headers: {} }]],
    [
      ['a', 'b', 'a'],
      [
        { requests: 50, headers: { apiKey: 'a' } },
        { requests: 50, headers: { apiKey: 'b' } },
      ],
    ],
  ])('are limited for keys %j', async (apiKeys, lanes) => {
    const asked: HttpRequest[] = [];
    const getJson: HttpClient['getJson'] = async (request) => {
      asked.push(request);
      return {
        ok: true,
        status: 200,
        header: () => null,
        body: { startIndex: 0, totalResults: 0, vulnerabilities: [] },
      };
    };
    const source = createNvdSource({ http: { ...http(), getJson }, baseUrl: 'http://localhost', apiKeys });
    await lookUp(source, IDS.slice(0, 1));
    expect(asked[0]?.lanes).toMatchObject(lanes);
  });

  it('follow pages', async () => {
    await server.close();
    server = await startSourceServer({ nvd, nvdPageSize: 40 });
    const answers = await lookUp(create().source, IDS.slice(0, 100));
    expect(answers.every((answer) => answer.kind === 'found')).toBe(true);
    expect(paths().map((path) => /startIndex=(\d+)/.exec(path)?.[1])).toEqual([undefined, '40', '80']);
  });
});

describe('pages that do not add up', () => {
  const scripted = (pages: readonly { startIndex: number; totalResults: number; ids: readonly string[] }[]) => {
    const left = [...pages];
    const getJson: HttpClient['getJson'] = async () => {
      const page = left.shift();
      const vulnerabilities = page?.ids.map((id) => ({ cve: { id } })) ?? [];
      return { ok: true, status: 200, header: () => null, body: { ...page, vulnerabilities } };
    };
    return createNvdSource({ http: { ...http(), getJson }, baseUrl: 'http://localhost', apiKeys: [] });
  };
  const [a, b, c] = ['CVE-2023-1000', 'CVE-2023-1001', 'CVE-2023-1002'] as const;
  const ask = async (pages: Parameters<typeof scripted>[0]) =>
    (await lookUp(scripted(pages), [a, b, c].map(cveIdOf))).map((answer) => answer.kind);

  it('may grow while they are read', async () => {
    const pages = [
      { startIndex: 0, totalResults: 2, ids: [a] },
      { startIndex: 1, totalResults: 3, ids: [b] },
      { startIndex: 2, totalResults: 3, ids: [c] },
    ];
    expect(await ask(pages)).toEqual(['found', 'found', 'found']);
  });

  it('may not end early or repeat themselves: absence would not be established', async () => {
    const unavailable = ['unavailable', 'unavailable', 'unavailable'];
    expect(
      await ask([
        { startIndex: 0, totalResults: 3, ids: [a] },
        { startIndex: 1, totalResults: 3, ids: [] },
      ]),
    ).toEqual(unavailable);
    expect(
      await ask([
        { startIndex: 0, totalResults: 3, ids: [a] },
        { startIndex: 0, totalResults: 3, ids: [a] },
      ]),
    ).toEqual(unavailable);
  });

  it('with a record of unknown name leave open what is missing', async () => {
    expect(await ask([{ startIndex: 0, totalResults: 2, ids: [a, 'CVE-2024/../../x-0001'] }])).toEqual([
      'found',
      'unavailable',
      'unavailable',
    ]);
  });
});

describe('a server that does not know lists of ids', () => {
  it.each(['refuse', 'ignore'] as const)('is asked one by one for the rest of the run (%s)', async (how) => {
    server.behave('nvd', { kind: 'no-cve-ids', how });
    const { source, logged } = create();
    const unknown = cveIdOf('CVE-2023-99999');
    const answers = await lookUp(source, [...IDS.slice(0, 110), unknown]);
    expect(answers).toHaveLength(111);
    expect(answers.filter((answer) => answer.kind === 'found')).toHaveLength(110);
    expect(answers.find((answer) => answer.cveId === unknown)?.kind).toBe('absent');
    expect(paths().filter((path) => path.includes('cveIds'))).toHaveLength(1);
    expect(logged).toEqual(['NVD_API_URL does not answer lists of CVE ids; asking one by one']);
  });

  it('is found out by HTTP 400 as well', async () => {
    server.behave('nvd', { kind: 'status', status: 400, body: '{"message":"not supported","status":400}', times: 1 });
    expect((await lookUp(create().source, IDS.slice(0, 2))).map((answer) => answer.kind)).toEqual(['found', 'found']);
  });
});

describe('failures of NVD', () => {
  it.each(['Invalid apiKey.', 'Invalid parameter: apiKey'])(
    'a refused key (%s) is no absence, and ends the run',
    async (message) => {
      server.behave('nvd', { kind: 'status', status: 404, headers: { message } });
      const answers = await lookUp(create(['secretkey']).source, IDS);
      expect(answers).toHaveLength(250);
      for (const answer of answers) {
        expect(answer).toMatchObject({
          kind: 'unavailable',
          reason: expect.stringContaining('NVD refused the API key'),
        });
        expect(JSON.stringify(answer)).not.toContain('secretkey');
      }
      expect(server.requests).toHaveLength(1);
    },
  );

  it('HTTP 404 without a word is no absence either', async () => {
    server.behave('nvd', { kind: 'status', status: 404 });
    const [answer] = await lookUp(create().source, IDS.slice(0, 3));
    expect(answer).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('failed: HTTP 404') });
    expect(server.requests).toHaveLength(1);
  });
});

describeWithTestData('error replies of NVD as observed', () => {
  interface Reply {
    readonly case: string;
    readonly http_status: number | null;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  }

  it('are never taken for absence', async () => {
    const replies = readTestJson('nvd_api_paging/error_responses.json') as Reply[];
    expect(replies).toHaveLength(10);
    for (const { http_status: status, headers, body } of replies) {
      if (status === null) continue;
      const { 'content-length': _length, ...kept } = headers;
      server.behave('nvd', { kind: 'status', status, headers: kept, body: body === '' ? '' : JSON.stringify(body) });
      const [answer] = await lookUp(create().source, IDS.slice(0, 1));
      expect(answer?.kind).toBe('unavailable');
    }
  });
});
