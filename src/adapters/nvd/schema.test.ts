import { describe, expect, it } from 'vitest';
import { parseNvdPage, toNvdRecord } from './schema.ts';

function record(fields: Record<string, unknown>) {
  const parsed = toNvdRecord({ id: 'CVE-2024-1234', vulnStatus: 'Analyzed', ...fields });
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

function affected(cpeMatch: readonly unknown[], description = '') {
  const descriptions = [{ lang: 'en', value: description }];
  return record({ descriptions, configurations: [{ nodes: [{ operator: 'OR', negate: false, cpeMatch }] }] }).affected;
}

const cpe = (text: string, bounds: Record<string, string> = {}, vulnerable = true) => ({
  vulnerable,
  criteria: `cpe:2.3:${text}`,
  ...bounds,
});

describe('toNvdRecord', () => {
  it('reads a record with nothing but an id', () => {
    expect(toNvdRecord({ id: 'CVE-2024-1234' })).toMatchObject({
      ok: true,
      value: {
        status: 'Unknown',
        rejected: false,
        title: null,
        description: null,
        published: null,
        cwes: [],
        affected: [],
        cvss: [],
        ssvc: null,
      },
    });
  });

  it.each([null, 'CVE-2024-1234', [], {}, { id: 7 }, { id: 'CVE-2024/../../x-0001' }, { id: '../../etc/passwd' }])(
    'refuses %j',
    (json) => {
      expect(toNvdRecord(json)).toMatchObject({ ok: false, error: expect.any(String) });
    },
  );

  it('takes times without a zone for UTC', () => {
    expect(record({ published: '2021-12-10T10:15:09.143', lastModified: '2024-02-31T99:00' })).toMatchObject({
      published: '2021-12-10T10:15:09.143Z',
      lastModified: null,
    });
  });

  it('prefers English, and bounds it', () => {
    const descriptions = [
      { lang: 'es', value: 'Un fallo' },
      { lang: 'en', value: 'A flaw '.repeat(2000) },
      { lang: 'de' },
    ];
    const { description } = record({ descriptions });
    expect(description).toMatch(/^A flaw/);
    expect(description).toHaveLength(8192);
    expect(record({ descriptions: descriptions.slice(0, 1) }).description).toBe('Un fallo');
  });

  it('knows rejected records', () => {
    expect(record({ vulnStatus: 'Rejected' })).toMatchObject({ status: 'Rejected', rejected: true });
    expect(record({ vulnStatus: 'Deferred' })).toMatchObject({ status: 'Deferred', rejected: false });
  });

  it('keeps CWE ids and leaves out the placeholders', () => {
    const values = ['NVD-CWE-noinfo', 'CWE-79', 'NVD-CWE-Other', 'CWE-79', 'CWE-20'];
    const weaknesses = [{ source: 'x', description: values.map((value) => ({ lang: 'en', value })) }, null];
    expect(record({ weaknesses }).cwes).toEqual(['CWE-79', 'CWE-20']);
  });

  it('keeps http(s) references tagged Exploit', () => {
    const tags = ['Exploit', 'Third Party Advisory'];
    const references = [
      { url: 'https://example.com/poc', tags },
      { url: 'https://example.com/poc', tags },
      { url: 'javascript:alert(1)', tags },
      { url: 'ftp://example.com/poc', tags },
      { url: 'https://example.com/fix', tags: ['Patch'] },
      { url: 'https://example.com/untagged' },
    ];
    expect(record({ references }).exploitReferences).toEqual(['https://example.com/poc']);
  });
});

describe('metrics', () => {
  const v31 = {
    version: '3.1',
    vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    baseScore: 9.8,
    baseSeverity: 'CRITICAL',
  };

  it('are all kept, newest version first, with whose they are', () => {
    const metrics = {
      cvssMetricV2: [
        {
          source: 'nvd@nist.gov',
          type: 'Primary',
          cvssData: { version: '2.0', vectorString: 'AV:N/AC:L/Au:N/C:P/I:P/A:P', baseScore: 7.5 },
          baseSeverity: 'HIGH',
        },
      ],
      cvssMetricV31: [
        { source: 'secure@example.com', type: 'Primary', cvssData: v31 },
        { source: 'nvd@nist.gov', type: 'Secondary', cvssData: { ...v31, baseScore: 9.1, baseSeverity: undefined } },
      ],
    };
    expect(record({ metrics }).cvss).toEqual([
      {
        version: '3.1',
        vector: v31.vectorString,
        baseScore: 9.8,
        severity: 'CRITICAL',
        source: 'secure@example.com',
        type: 'Primary',
      },
      {
        version: '3.1',
        vector: v31.vectorString,
        baseScore: 9.1,
        severity: 'CRITICAL',
        source: 'nvd@nist.gov',
        type: 'Secondary',
      },
      {
        version: '2.0',
        vector: 'AV:N/AC:L/Au:N/C:P/I:P/A:P',
        baseScore: 7.5,
        severity: 'HIGH',
        source: 'nvd@nist.gov',
        type: 'Primary',
      },
    ]);
  });

  it('that cannot be read are dropped one by one', () => {
    const entry = (cvssData: unknown) => ({ source: 's', type: 'Primary', cvssData });
    const metrics = {
      cvssMetricV31: [
        entry({ ...v31, baseScore: 11 }),
        entry({ ...v31, baseScore: '9.8' }),
        entry({ ...v31, baseScore: null }),
        entry({ ...v31, vectorString: 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }),
        entry({ ...v31, vectorString: '' }),
        entry(undefined),
        { cvssData: v31 },
        entry({ ...v31, baseScore: -0, baseSeverity: 'odd' }),
      ],
      cvssMetricV40: 'none',
      cvssMetricV99: [entry(v31)],
    };
    const { cvss } = record({ metrics });
    expect(cvss).toEqual([expect.objectContaining({ baseScore: 0, severity: 'NONE' })]);
    expect(Object.is(cvss[0]?.baseScore, 0)).toBe(true);
    expect(record({ metrics: {} }).cvss).toEqual([]);
    // A score that is there and lost is no score that is missing.
    for (const broken of [
      [1],
      'x',
      { cvssMetricV31: 'oops' },
      { cvssMetricV31: [entry({ ...v31, baseScore: '9.8' })] },
    ])
      expect(() => record({ metrics: broken })).toThrow('metrics');
    expect(() => record({ descriptions: 'x' })).toThrow('descriptions');
  });

  it("carry CISA's SSVC selection, the newest readable one", () => {
    const select = (timestamp: string, exploitation: string) => ({
      source: '134c704f-9b21-4f2e-91b3-4a467353bcc0',
      ssvcData: {
        timestamp,
        options: [{ exploitation }, { automatable: 'Yes' }, { technicalImpact: 'total' }],
        version: '2.0.3',
      },
    });
    const ssvcV203 = [
      select('2024-01-01T00:00:00Z', 'none'),
      select('2025-02-04T14:25:34.416117Z', 'PoC'),
      { ssvcData: {} },
      7,
    ];
    expect(record({ metrics: { ssvcV203 } }).ssvc).toEqual({
      exploitation: 'public_poc',
      automatable: 'yes',
      technicalImpact: 'total',
      timestamp: '2025-02-04T14:25:34.416Z',
    });
    expect(
      record({ metrics: { ssvcV203: [select('2025-01-01T00:00:00Z', 'constructor')] } }).ssvc?.exploitation,
    ).toBeNull();
    expect(record({ metrics: { ssvcV203: [{ ssvcData: { options: [{ exploitation: 'maybe' }] } }] } }).ssvc).toBeNull();
  });
});

describe('affected products', () => {
  it('are told as readable ranges, one entry a product', () => {
    const log4j = (bounds: Record<string, string>, version = '*', update = '*') =>
      cpe(`a:apache:log4j:${version}:${update}:*:*:*:*:*:*`, bounds);
    expect(
      affected([
        log4j({ versionStartIncluding: '2.0-beta9', versionEndExcluding: '2.3.1' }),
        log4j({ versionStartExcluding: '2.4', versionEndIncluding: '2.12.2' }),
        log4j({}, '2.0', 'rc1'),
        log4j({}, '2.0', '-'),
        log4j({}, '2.0', '-'),
      ]),
    ).toEqual([
      { vendor: 'apache', product: 'log4j', versions: '≥ 2.0-beta9, < 2.3.1; > 2.4, ≤ 2.12.2; 2.0-rc1; 2.0' },
    ]);
  });

  it('unescape CPE names, and leave out names that are none', () => {
    expect(
      affected([
        cpe('a:foo\\:bar:c\\+\\+_lib\\!:1.0\\(2\\):*:*:*:*:*:*:*'),
        cpe('a:soap::lite_project:soap::lite:*:*:*:*:*:perl:*:*'),
        cpe('a:short'),
        cpe('a:vendor:*:1.0:*:*:*:*:*:*:*'),
        { criteria: 7, vulnerable: true },
      ]),
    ).toEqual([{ vendor: 'foo:bar', product: 'c++_lib!', versions: '1.0(2)' }]);
  });

  it('know "all versions" from none', () => {
    expect(affected([cpe('o:v:all:*:*:*:*:*:*:*:*'), cpe('h:v:none:-:*:*:*:*:*:*:*')])).toEqual([
      { vendor: 'v', product: 'all', versions: 'all versions' },
      { vendor: 'v', product: 'none', versions: null },
    ]);
  });

  it('are neither platforms nor what a negation lists', () => {
    const firmware = cpe('o:v:firmware:1.0:*:*:*:*:*:*:*');
    const configurations = [
      {
        operator: 'AND',
        nodes: [{ cpeMatch: [firmware] }, { cpeMatch: [cpe('h:v:device:-:*:*:*:*:*:*:*', {}, false)] }],
      },
      { nodes: [{ negate: true, cpeMatch: [cpe('a:v:negated_node:1:*:*:*:*:*:*:*')] }] },
      { negate: true, nodes: [{ cpeMatch: [cpe('a:v:negated_configuration:1:*:*:*:*:*:*:*')] }] },
    ];
    expect(record({ configurations }).affected.map((product) => product.product)).toEqual(['firmware']);
  });

  it('are bounded, those that the description names first', () => {
    const matches = Array.from({ length: 30 }, (_, index) => cpe(`o:siemens:device_${index}:*:*:*:*:*:*:*:*`));
    const products = affected(
      [...matches, cpe('a:apache:log4j:2.0:*:*:*:*:*:*:*')],
      'Apache Log4j2, in log4j-core up to 2.15',
    );
    expect(products).toHaveLength(20);
    expect(products[0]?.product).toBe('log4j');
    const versions = Array.from({ length: 12 }, (_, index) => cpe(`a:v:p:1.${index}:*:*:*:*:*:*:*`));
    expect(affected(versions)[0]?.versions).toMatch(/; and 4 more$/);
  });

  it("come from NVD's newer field where there are no configurations", () => {
    const containers = [
      {
        source: 'x',
        affectedData: [{ vendor: 'Apache Software Foundation', product: 'Apache Log4j2', versions: [] }, {}],
      },
    ];
    expect(record({ affected: containers }).affected).toEqual([
      { vendor: 'Apache Software Foundation', product: 'Apache Log4j2', versions: null },
    ]);
  });
});

describe('parseNvdPage', () => {
  it('keeps the rest of a page with bad records', () => {
    const vulnerabilities = [{ cve: { id: 'CVE-2024-0001' } }, { cve: { id: 'CVE-2024/../../x-0001' } }, {}, null, 7];
    expect(parseNvdPage({ startIndex: 0, totalResults: 5, vulnerabilities })).toMatchObject({
      ok: true,
      value: {
        size: 5,
        records: [{ record: { cveId: 'CVE-2024-0001' } }],
        unreadable: [{ cveId: null }, { cveId: null }, { cveId: null }, { cveId: null }],
      },
    });
  });

  it.each([
    null,
    [],
    {},
    { vulnerabilities: [] },
    { startIndex: 0, totalResults: '1', vulnerabilities: [] },
    { message: 'x', status: 400 },
  ])('refuses %j', (json) => {
    expect(parseNvdPage(json).ok).toBe(false);
  });
});
