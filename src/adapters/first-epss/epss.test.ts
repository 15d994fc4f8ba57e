import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cveIdOf, lookUp } from '../../../test/contracts/record-source.ts';
import { startSourceServer } from '../../../test/support/source-server.ts';
import { createTestHttp } from '../../../test/support/source-server-client.ts';
import { describeWithTestData, readTestData, readTestJson } from '../../../test/support/test-data.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import { createEpssCatalogue, unpackText } from './create-epss-catalogue.ts';
import { createEpssSource } from './create-epss-source.ts';
import { parseEpssCsv } from './daily-file.ts';
import { parseEpssReply } from './schema.ts';

const http = createTestHttp({ timeoutMs: 500, budgetMs: 1000 });
const call = () => ({ signal: new AbortController().signal });
const row = (fields: Record<string, unknown> = {}) => ({
  cve: 'CVE-2021-44228',
  epss: '0.97',
  percentile: '1.0',
  date: '2026-09-26',
  ...fields,
});

describe('parseEpssReply', () => {
  it('takes a bare empty list for no reply: it says nothing of who sent it', () => {
    expect(parseEpssReply([])).toMatchObject({ ok: false });
    expect(parseEpssReply({ data: [], total: 0 })).toMatchObject({ ok: true });
  });

  it('reads strings and numbers, wrapped or bare', () => {
    const score = { cveId: 'CVE-2021-44228', probability: 0.97, percentile: 1, date: '2026-09-26' };
    expect(parseEpssReply({ total: 1, data: [row()] })).toMatchObject({ value: { scores: [score], total: 1 } });
    expect(parseEpssReply([row({ epss: 0.97, percentile: 1 })])).toMatchObject({
      value: { scores: [score], total: 1 },
    });
    expect(parseEpssReply([row({ epss: '9.7e-1', percentile: null, date: undefined })])).toMatchObject({
      value: { scores: [{ ...score, percentile: null, date: null }] },
    });
  });

  it.each(['', ' ', 'NaN', 'Infinity', '1.01', '-0.1', '0x1', null, true, Number.NaN, 2, -1, [], undefined])(
    'leaves out a score of %j',
    (epss) => {
      expect(parseEpssReply([row({ epss }), row({ cve: 'CVE-2021-45046' })])).toMatchObject({
        ok: true,
        value: {
          scores: [{ cveId: 'CVE-2021-45046' }],
          unreadable: [{ cveId: 'CVE-2021-44228', reason: expect.stringContaining('epss') }],
        },
      });
    },
  );

  it.each([null, {}, 'x', { data: {} }])('refuses %j', (json) => {
    expect(parseEpssReply(json).ok).toBe(false);
  });
});

describe('parseEpssCsv', () => {
  const head = '#model_version:v2025.03.14,score_date:2026-08-16T00:00:00+0000';

  it('reads the file of today', async () => {
    expect(await parseEpssCsv(`${head}\ncve,epss,percentile\nCVE-2020-5902,0.97567,0.99995\n`)).toEqual({
      ok: true,
      value: {
        modelVersion: 'v2025.03.14',
        date: '2026-08-16',
        scores: [{ cveId: 'CVE-2020-5902', probability: 0.97567, percentile: 0.99995, date: '2026-08-16' }],
        unreadable: 0,
      },
    });
  });

  it('reads older and odder files', async () => {
    expect(await parseEpssCsv('cve,epss\r\nCVE-2020-5902,0.65117\r\n')).toMatchObject({
      value: { date: null, modelVersion: null, scores: [{ percentile: null }] },
    });
    expect(await parseEpssCsv('\uFEFFEPSS,CVE\n9e-05,CVE-2020-5902')).toMatchObject({
      value: { scores: [{ probability: 0.00009 }] },
    });
  });

  it('leaves out bad rows, and refuses a file full of them', async () => {
    const rows = Array.from({ length: 20 }, (_, index) => `CVE-2020-${1000 + index},0.1,0.2`);
    expect(await parseEpssCsv(['cve,epss,percentile', ...rows, 'CVE-2020-1,x', '<html>'].join('\n'))).toMatchObject({
      value: { unreadable: 2 },
    });
    expect(
      await parseEpssCsv(['cve,epss,percentile', ...rows, ...rows.map((line) => `x${line}`)].join('\n')),
    ).toMatchObject({ ok: false });
    expect(await parseEpssCsv('cve,epss,percentile\n')).toMatchObject({ ok: false });
    expect(await parseEpssCsv('cve,epss\n"CVE-2020-5902,0.1')).toMatchObject({
      ok: false,
      error: expect.stringContaining('no CSV'),
    });
  });

  it.each(['', '<html>Please sign in</html>', '#only a comment', '{"a":1}'])('refuses %j', async (text) => {
    expect(await parseEpssCsv(text)).toMatchObject({ ok: false, error: expect.stringContaining('not an EPSS file') });
  });
});

describe('the EPSS source', () => {
  const reply = (body: unknown): HttpClient => ({
    ...http,
    getJson: async () => ({ ok: true, status: 200, header: () => null, body }),
  });
  const ids = ['CVE-2021-44228', 'CVE-2021-45046'].map(cveIdOf);
  const ask = async (body: unknown) =>
    (await lookUp(createEpssSource({ http: reply(body), apiUrl: 'http://x' }), ids)).map((answer) => answer.kind);

  it('asks for 100 ids at a time', async () => {
    const many = Array.from({ length: 150 }, (_, index) => cveIdOf(`CVE-2020-${1000 + index}`));
    const server = await startSourceServer({ epss: new Map(many.map((id) => [id, { epss: 0.5 }])) });
    await lookUp(createEpssSource({ http, apiUrl: `${server.env.EPSS_API_URL}?envelope=true` }), many);
    await server.close();
    expect(server.requests.map((request) => request.url.split(',').length).toSorted((a, b) => a - b)).toEqual([
      50, 100,
    ]);
    expect(server.requests[0]?.url).toMatch(/^\/epss\?envelope=true&cve=CVE-2020-1000,/);
  });

  it('tells absent, unreadable and unestablished apart', async () => {
    expect(await ask([row()])).toEqual(['found', 'absent']);
    expect(await ask([row({ epss: 'NaN' })])).toEqual(['unavailable', 'absent']);
    expect(await ask([row(), { epss: '1' }])).toEqual(['found', 'unavailable']);
  });

  it('does not take a list of other CVEs for an answer', async () => {
    expect(await ask({ total: 300_000, data: [row({ cve: 'CVE-1999-0001' })] })).toEqual([
      'unavailable',
      'unavailable',
    ]);
    expect(await ask({ total: 2, data: [] })).toEqual(['unavailable', 'unavailable']);
  });

  it('follows pages', async () => {
    const bodies = [
      { total: 2, data: [row()] },
      { total: 2, data: [row({ cve: 'CVE-2021-45046' })] },
    ];
    const urls: string[] = [];
    const getJson: HttpClient['getJson'] = async ({ url }) => {
      urls.push(url);
      return { ok: true, status: 200, header: () => null, body: bodies.shift() };
    };
    const answers = await lookUp(createEpssSource({ http: { ...http, getJson }, apiUrl: 'http://x' }), ids);
    expect(answers.map((answer) => answer.kind)).toEqual(['found', 'found']);
    expect(urls[1]).toMatch(/&offset=1$/);
  });
});

describe('the daily file', () => {
  it('is fetched and unpacked', async () => {
    const server = await startSourceServer({
      epss: new Map([['CVE-2020-5902', { epss: 0.9, percentile: 0.99 }]]),
      epssDate: '2026-08-16',
    });
    const day = await createEpssCatalogue({ http, csvUrl: server.env.EPSS_CSV_URL }).fetchCatalogue(call());
    expect(day).toMatchObject({ date: '2026-08-16', scores: [{ probability: 0.9, percentile: 0.99 }] });
    server.behave('epssCsv', { kind: 'garbage', body: 'cve,epss\nCVE-2020-5902,0.5' });
    expect(
      (await createEpssCatalogue({ http, csvUrl: server.env.EPSS_CSV_URL }).fetchCatalogue(call())).scores,
    ).toHaveLength(1);
    server.behave('epssCsv', { kind: 'truncated' });
    await expect(
      createEpssCatalogue({ http, csvUrl: server.env.EPSS_CSV_URL }).fetchCatalogue(call()),
    ).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    server.behave('epssCsv', { kind: 'status', status: 404 });
    await expect(
      createEpssCatalogue({ http, csvUrl: server.env.EPSS_CSV_URL }).fetchCatalogue(call()),
    ).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', retryable: false });
    await server.close();
  });

  it('is no zip bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(2_000_000));
    await expect(unpackText(bomb, 1_000_000)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    expect(await unpackText(bomb, 2_000_000)).toHaveLength(2_000_000);
  });
});

describeWithTestData('real scores', () => {
  it('of a whole day', async () => {
    const day = await parseEpssCsv(readTestData('epss/epss_scores-2026-08-16.shared.csv.gz'));
    if (!day.ok) throw new Error(day.error);
    expect(day.value).toMatchObject({ date: '2026-08-16', modelVersion: 'reconstructed', unreadable: 0 });
    expect(day.value.scores).toHaveLength(288_518);
    expect(day.value.scores.every((score) => score.percentile !== null)).toBe(true);
  });

  it('of older days', async () => {
    expect(await parseEpssCsv(readTestData('epss/first_official_samples/epss_scores-2021-04-14.csv.gz'))).toMatchObject(
      {
        value: { date: null, scores: [{ cveId: 'CVE-2020-5902', probability: 0.65117, percentile: null }, {}] },
      },
    );
    expect(await parseEpssCsv(readTestData('epss/first_official_samples/epss_scores-2023-03-07.csv.gz'))).toMatchObject(
      {
        value: {
          date: '2023-03-07',
          modelVersion: 'v2023.03.01',
          scores: [{ probability: 0.97567, percentile: 0.99995 }, {}],
        },
      },
    );
  });

  it('of the API', () => {
    expect(parseEpssReply(readTestJson('epss/api_response_log4j.json'))).toMatchObject({
      value: { total: 2, unreadable: [], scores: [{ probability: 0.99977 }, { percentile: 1 }] },
    });
    expect(parseEpssReply(readTestJson('epss/grype_epss_unmarshal.json'))).toMatchObject({
      value: { total: 2, unreadable: [], scores: [{ probability: 0.328, date: '2025-02-18' }, {}] },
    });
  });
});
