import { describe, expect, it } from 'vitest';
import { readItemsOf } from '../../../../test/support/read-items.ts';
import { readColumnMap, refuseUnmetColumns } from '../../reports/column-map.ts';
import type { ReportItem } from '../../reports/report-format.ts';
import { createMappedTable, PLAIN_COLUMNS } from './plain-table.ts';

const itemsOf = async (text: string) => (await readItemsOf(text)).items;

/** Rows as a table with a user's columns reads them. */
function mapped(map: readonly string[], cells: Record<string, string>): ReportItem[] {
  const table = createMappedTable(readColumnMap(map));
  expect(table.matches(Object.keys(cells))).toBe(true);
  return [...table.read([{ line: 2, cells }], { offset: 0 })];
}

describe('a plain table', () => {
  it('counts rows that name nothing, and not those that are empty or only inform', async () => {
    const rows = ['CVE-2024-1111,web,high', ',web,high', ',,critical', ',,', ',web,info', ',,', '" ",db,'];
    const items = await itemsOf(`cve,host,severity\n${rows.join('\n')}\n`);
    expect(items.map((item) => (item.kind === 'no-id' ? `${item.position} ${item.what}` : item.kind))).toEqual([
      ...['finding', 'line 3 web', 'line 4 critical', 'line 8 db'],
    ]);
  });

  it('takes no id out of a path', async () => {
    const items = await itemsOf('cve,host\nCVE-2021-44228/../../etc/passwd,web\nCVE-2021-44228/CVE-2021-45046,db\n');
    expect(items).toMatchObject([
      {
        kind: 'unreadable',
        position: 'line 2',
        what: expect.stringContaining('"CVE-2021-44228/../../etc/passwd" is not a CVE id'),
      },
      { ids: ['CVE-2021-44228', 'CVE-2021-45046'] },
    ]);
  });

  it('reads the host of an address', async () => {
    const items = await itemsOf(
      'cve,host\nCVE-2024-1111,https://web:8443/path\nCVE-2024-1111,https://10.0.0.1:8443/a?b\n',
    );
    expect(items).toMatchObject([
      { host: { hostname: 'web', ip: null } },
      { host: { hostname: null, ip: '10.0.0.1' } },
    ]);
  });

  it('tells of columns that it does not read, those of its own only', async () => {
    const notesOf = async (text: string) => (await readItemsOf(text)).notes;
    expect(await notesOf('cve,host,Hsotname,ticket\nCVE-2024-1111,a,b,c\n')).toEqual([
      'report has columns that are not known and not read: "hsotname" (did you mean hostname?), "ticket"',
    ]);
    expect(await notesOf('cve,host\nCVE-2024-1111,a\n')).toEqual([]);
    expect(
      await notesOf(
        'Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name,Synopsis,Description\n1,CVE-2024-1111,5,High,a,tcp,1,b,c,d\n',
      ),
    ).toEqual([]);
  });

  it('reads each field from the column that is called so', async () => {
    const titles =
      'CVE ID,Hostname,IP Address,Package,Installed Version,Fixed Version,Severity,PURL,CPE,Title,Description';
    const row =
      'cve-2021-44228,web-1,10.0.0.1,log4j-core,2.14.1,2.17.1,Critical,pkg:maven/a/b@1,cpe:2.3:a:b:c,Log4Shell,JNDI';
    expect(await itemsOf(`${titles}\n${row}\n`)).toEqual([
      {
        kind: 'finding',
        ids: ['CVE-2021-44228'],
        component: {
          purl: 'pkg:maven/a/b@1',
          cpe: 'cpe:2.3:a:b:c',
          name: 'log4j-core',
          installedVersion: '2.14.1',
          fixedVersion: '2.17.1',
        },
        host: { hostname: 'web-1', ip: '10.0.0.1' },
        position: 'line 2',
        tool: null,
        severity: 'Critical',
        vex: null,
        reported: { title: 'Log4Shell', description: 'JNDI', cvssVectors: [], cwes: [] },
      },
    ]);
  });

  it.each([
    'CVE-2024-1111;CVE-2024-1112',
    '"CVE-2024-1111, CVE-2024-1112"',
    'CVE-2024-1111 CVE-2024-1112',
    'CVE-2024-1111|cve-2024-1112',
  ])('takes several ids in a cell: %s', async (cell) => {
    expect(await itemsOf(`host,cves\nweb,${cell}\n`)).toMatchObject([{ ids: ['CVE-2024-1111', 'CVE-2024-1112'] }]);
  });

  it('takes a thousand ids of a cell, none of them cut', async () => {
    const ids = Array.from({ length: 1000 }, (_, index) => `CVE-2024-${10_000 + index}`);
    expect(await itemsOf(`cve,host\n"${ids.join(', ')}",web\n`)).toMatchObject([{ ids }]);
  });

  it('takes ids of advisories, and no words', async () => {
    const items = await itemsOf(
      'vulnerability,host\nGHSA-jfh8-c2jp-5v3q,web\nSSL-v2 is on,web\n"CVE-2024-1111 (OpenSSL-3)",web\n',
    );
    expect(items).toMatchObject([
      { kind: 'finding', ids: ['GHSA-jfh8-c2jp-5v3q'] },
      { kind: 'no-id', what: 'SSL-v2 is on' },
      { kind: 'finding', ids: ['CVE-2024-1111'] },
    ]);
  });

  it('tells what was meant as an id and is none, beside good ones', async () => {
    expect(await itemsOf('cve,host\nCVE-21-1;CVE-2024-1111,web\nCVE_2024_3094,web\n')).toMatchObject([
      { kind: 'unreadable', position: 'line 2', what: expect.stringContaining('"CVE-21-1" is not a CVE id') },
      { kind: 'finding', ids: ['CVE-2024-1111'] },
      { kind: 'unreadable', position: 'line 3' },
    ]);
  });

  it('lists components where there are no ids, and nothing of empty rows', async () => {
    expect(await itemsOf('purl,version\npkg:npm/a@1,1\n,\n')).toEqual([
      {
        kind: 'component',
        position: 'line 2',
        component: { purl: 'pkg:npm/a@1', cpe: null, name: null, installedVersion: '1', fixedVersion: null },
      },
    ]);
    expect(await itemsOf('cve,host\n,\n')).toEqual([]);
  });

  it.each([
    'title,severity\na,b\n',
    'name;host\na;b\n',
    'one CVE, and more, in prose\nCVE-2024-1111, x\n',
    'CVE\nCVE-2024-1111\n',
  ])('is none without a column of ids: %j', async (text) => {
    expect((await readItemsOf(text)).format).toBeNull();
  });

  it('reads the columns that a user maps, and only those for that field', () => {
    const cells = { schwachstelle: 'CVE-2024-1111', cve: 'CVE-2024-2222', rechner: '10.0.0.1' };
    expect(mapped(['Schwachstelle=cve', 'Rechner = IP'], cells)).toMatchObject([
      { ids: ['CVE-2024-1111'], host: { hostname: null, ip: '10.0.0.1' } },
    ]);
  });

  it('gives a column that a user maps no other meaning', () => {
    const [item] = mapped(['host=title', 'name=component'], { cve: 'CVE-2024-1111', host: 'a title', name: 'openssl' });
    expect(item).toMatchObject({ host: null, component: { name: 'openssl' }, reported: { title: 'a title' } });
  });

  it.each(['cve', '=cve', 'column=', 'column=colour'])('refuses the mapping %j', (text) => {
    expect(() => readColumnMap([text])).toThrow('FIELD is one of cve, host');
  });

  it('reads a field from its own columns where the table lacks the one that a user maps', () => {
    const cells = { vuln: 'CVE-2024-1111', host: 'web' };
    expect(mapped(['Vuln=cve', 'Rechner=host'], cells)).toMatchObject([{ host: { hostname: 'web', ip: null } }]);
  });

  it('refuses a mapping that no table meets, and tells the columns', () => {
    const map = readColumnMap(['Vuln=cve', 'Rechner=host']);
    expect(() => refuseUnmetColumns(map, ['vuln', 'host'])).toThrow(
      '--map: no table has a column "rechner"; the columns are "vuln", "host"',
    );
    expect(() => refuseUnmetColumns(map, ['vuln', 'rechner'])).not.toThrow();
  });

  it('knows each title for one field only', () => {
    const titles = Object.values(PLAIN_COLUMNS).flat();
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('a table without a column of ids', () => {
  const read = itemsOf;

  it('keeps the hosts of rows that name an id in their title, or elsewhere', async () => {
    const text =
      'title,host,note\nLog4Shell (CVE-2021-44228),web-1,\nOld thing,web-2,\nMore,web-3,see CVE-2021-45046\n';
    expect(await read(text)).toMatchObject([
      { kind: 'finding', ids: ['CVE-2021-44228'], host: { hostname: 'web-1' }, position: 'line 2' },
      { kind: 'no-id', what: 'Old thing' },
      { kind: 'finding', ids: ['CVE-2021-45046'], host: { hostname: 'web-3' }, position: 'line 4' },
    ]);
  });

  it('is text where it names no id at all', async () => {
    expect((await readItemsOf('name,address\nAnn,Main Street 1\n')).format).toBeNull();
  });
});

it('reads the id of a title where the column of ids is empty, and dashes of whatever kind', async () => {
  const text = 'cve,title,host\n,Log4Shell CVE‑2021‑44228,web-1\nCVE−2021−45046,t,web-2\n';
  expect((await readItemsOf(text)).items).toMatchObject([
    { ids: ['CVE-2021-44228'], host: { hostname: 'web-1' } },
    { ids: ['CVE-2021-45046'], host: { hostname: 'web-2' } },
  ]);
});

it('counts a row without id and title, whatever else it tells, but for a component alone', async () => {
  const text = 'cve,host,package,severity,owner\n,web-1,openssl,High,\n,,,,bob\n,,openssl,,\n,,,,\n';
  expect((await readItemsOf(text)).items).toMatchObject([
    { kind: 'no-id', position: 'line 2', what: 'openssl' },
    { kind: 'no-id', position: 'line 3', what: 'bob' },
    { kind: 'component', position: 'line 4', component: { name: 'openssl' } },
  ]);
});
