import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SourceServer, startSourceServer } from '../../../test/support/source-server.ts';
import { createTestHttp } from '../../../test/support/source-server-client.ts';
import { describeWithTestData, readTestJson } from '../../../test/support/test-data.ts';
import { createKevSource } from './create-kev-source.ts';
import { parseKevCatalogue } from './schema.ts';

const entry = (fields: Record<string, unknown> = {}) => ({
  cveID: 'CVE-2021-44228',
  vendorProject: 'Apache',
  product: 'Log4j2',
  vulnerabilityName: 'Apache Log4j2 Remote Code Execution Vulnerability',
  dateAdded: '2021-12-10',
  shortDescription: 'Apache Log4j2 contains a vulnerability.',
  requiredAction: 'Apply updates.',
  dueDate: '2021-12-24',
  knownRansomwareCampaignUse: 'Known',
  notes: '',
  cwes: ['CWE-20', 'CWE-400', 'CWE-502'],
  ...fields,
});
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => entry({ cveID: `CVE-2022-${1000 + index}` }));
const catalogue = (vulnerabilities: readonly unknown[], fields: Record<string, unknown> = {}) => ({
  title: 'CISA Catalog of Known Exploited Vulnerabilities',
  catalogVersion: '2025.08.25',
  dateReleased: '2025-08-25T17:04:19.9796Z',
  count: vulnerabilities.length,
  vulnerabilities,
  ...fields,
});

describe('parseKevCatalogue', () => {
  it("keeps CISA's words", () => {
    expect(parseKevCatalogue(catalogue([entry()]))).toEqual({
      ok: true,
      value: {
        unreadable: [],
        catalogue: {
          catalogVersion: '2025.08.25',
          dateReleased: '2025-08-25T17:04:19.979Z',
          unreadable: 0,
          entries: [
            {
              cveId: 'CVE-2021-44228',
              vendorProject: 'Apache',
              product: 'Log4j2',
              vulnerabilityName: 'Apache Log4j2 Remote Code Execution Vulnerability',
              dateAdded: '2021-12-10',
              shortDescription: 'Apache Log4j2 contains a vulnerability.',
              requiredAction: 'Apply updates.',
              dueDate: '2021-12-24',
              knownRansomwareCampaignUse: 'Known',
              cwes: ['CWE-20', 'CWE-400', 'CWE-502'],
            },
          ],
        },
      },
    });
  });

  it('accepts what the catalogue does at times', () => {
    const odd = entry({ dueDate: '2021-12-01', cwes: undefined, knownRansomwareCampaignUse: 'perhaps' });
    expect(parseKevCatalogue(catalogue([odd]))).toMatchObject({
      value: { catalogue: { entries: [{ dueDate: '2021-12-01', cwes: [], knownRansomwareCampaignUse: 'Unknown' }] } },
    });
    expect(parseKevCatalogue(catalogue([entry({ dueDate: '' })]))).toMatchObject({
      value: { catalogue: { entries: [{ dueDate: null }] } },
    });
  });

  it('leaves out a bad entry, and one that is there twice', () => {
    const parsed = parseKevCatalogue(
      catalogue([
        ...many(19),
        entry({ cveID: 'CVE-2022-1000' }),
        entry({ cveID: '../x' }),
        entry({ cveID: 'CVE-2022-9999', dateAdded: 'soon' }),
      ]),
    );
    expect(parsed).toMatchObject({
      ok: true,
      value: { unreadable: [expect.stringContaining('CVE id')], catalogue: { unreadable: 1 } },
    });
    expect(parsed.ok && parsed.value.catalogue.entries).toHaveLength(20);
    // Listed is listed, whatever its date.
    expect(parsed.ok && parsed.value.catalogue.entries.at(-1)).toMatchObject({
      cveId: 'CVE-2022-9999',
      dateAdded: null,
    });
  });

  it('refuses a catalogue that is no longer whole', () => {
    expect(parseKevCatalogue(catalogue([...many(8), {}, {}]))).toMatchObject({
      ok: false,
      error: expect.stringContaining('not whole'),
    });
    expect(parseKevCatalogue(catalogue(many(10), { count: 1404 }))).toMatchObject({
      ok: false,
      error: expect.stringContaining('10 readable entries of 1404'),
    });
    expect(parseKevCatalogue(catalogue([], { count: 1404 }))).toMatchObject({ ok: false });
    expect(parseKevCatalogue(catalogue([{}]))).toMatchObject({ ok: false });
  });

  it.each([{ count: 0 }, { count: undefined }])('refuses an empty catalogue (%j)', (fields) => {
    expect(parseKevCatalogue(catalogue([], fields))).toEqual({ ok: false, error: 'the KEV catalogue is empty' });
  });

  it.each([
    null,
    [],
    {},
    { ...catalogue([entry()]), dateReleased: 'x' },
    { ...catalogue([entry()]), vulnerabilities: {} },
    { ...catalogue([]), vulnerabilities: undefined },
  ])('refuses %j', (json) => {
    expect(parseKevCatalogue(json).ok).toBe(false);
  });
});

describeWithTestData('the real catalogue', () => {
  it('is read whole', () => {
    const parsed = parseKevCatalogue(readTestJson('kev/known_exploited_vulnerabilities.json'));
    if (!parsed.ok) throw new Error(parsed.error);
    const { entries } = parsed.value.catalogue;
    expect(parsed.value.unreadable).toEqual([]);
    expect(entries).toHaveLength(1404);
    expect(entries.filter((known) => known.knownRansomwareCampaignUse === 'Known')).toHaveLength(293);
    expect(entries.filter((known) => known.dueDate !== null && known.dueDate < (known.dateAdded ?? ''))).toHaveLength(
      15,
    );
    expect([0, 1, 2, 3].map((count) => entries.filter((known) => known.cwes.length === count).length)).toEqual([
      152, 1170, 78, 4,
    ]);
  });
});

describe('the KEV source', () => {
  let server: SourceServer;
  beforeEach(async () => {
    server = await startSourceServer({ kev: catalogue([entry()]) });
  });
  afterEach(() => server.close());
  const fetchCatalogue = () =>
    createKevSource({ http: createTestHttp(), url: server.env.KEV_URL }).fetchCatalogue({
      signal: new AbortController().signal,
    });

  it('fetches the catalogue', async () => {
    expect((await fetchCatalogue()).entries).toHaveLength(1);
  });

  it('fails as a source that can be asked again', async () => {
    server.behave('kev', { kind: 'status', status: 503 });
    await expect(fetchCatalogue()).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
      retryable: true,
      message: expect.stringContaining('HTTP 503'),
    });
  });

  it('fails on something else than a catalogue', async () => {
    server.behave('kev', { kind: 'garbage', body: '{"vulnerabilities":[]}' });
    await expect(fetchCatalogue()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', retryable: false });
  });
});
