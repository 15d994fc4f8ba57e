import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Intake } from './intake.ts';
import { readTargets } from './read-targets.ts';

const folder = mkdtempSync(join(tmpdir(), 'eras-intake-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function* stdin(text = ''): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const idsOf = ({ sightings }: Pick<Intake, 'sightings'>) => sightings.map(({ vulnerabilityId }) => vulnerabilityId);

const read = (targets: string[], input = '') => readTargets(targets, stdin(input));

describe('readTargets', () => {
  it('forgives case and white space, and asks for each id once, in order', async () => {
    const cveIds = idsOf(await read(['cve-2021-44228 ', 'CVE-2024-3094', 'CVE-2021-44228']));
    expect(cveIds).toEqual(['CVE-2021-44228', 'CVE-2024-3094']);
  });

  it('picks ids out of a sentence', async () => {
    expect(idsOf(await read(['Assess CVE-2024-3094 (and cve-2021-44228) for our build servers']))).toEqual([
      'CVE-2024-3094',
      'CVE-2021-44228',
    ]);
  });

  it('names what stands in the place of an id, and says of nothing unreadable that it is empty', async () => {
    const trivy = (id: string) =>
      JSON.stringify({
        SchemaVersion: 2,
        ArtifactName: 'app',
        ArtifactType: 'container_image',
        Results: [{ Target: 'app', Vulnerabilities: [{ VulnerabilityID: id, InstalledVersion: '1' }] }],
      });
    const path = await read([file('path.json', trivy('../../../../etc/passwd'))]);
    expect(path.warnings.join('\n')).toContain('such as "../../../../etc/passwd"');
    const broken = await read([file('broken.json', trivy('CVE-21-1'))]);
    expect([broken.gaps.length, broken.warnings.join('\n')]).toEqual([
      1,
      expect.not.stringContaining('lists no vulnerability'),
    ]);
  });

  it('reads a list from a file and from standard input, with comments, Windows line ends and UTF-16', async () => {
    const text = '# ours\r\nCVE-2021-44228\r\n\r\nCVE-2024-3094\r\n';
    expect(idsOf(await read([file('list.txt', text)]))).toHaveLength(2);
    expect(idsOf(await read(['-'], text))).toHaveLength(2);
    expect(idsOf(await read([file('utf16.txt', Buffer.from(`\ufeff${text}`, 'utf16le'))]))).toHaveLength(2);
  });

  it('makes a malformed id a gap beside good ones, and bad input alone', async () => {
    const { sightings, gaps } = await read(['CVE-21-1', 'CVE-2021-44228']);
    expect(idsOf({ sightings })).toEqual(['CVE-2021-44228']);
    expect(gaps).toEqual([
      { cveId: null, source: 'intake', reason: expect.stringContaining('"CVE-21-1" is not a CVE id') },
    ]);
    await expect(read(['CVE-21-1'])).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('CVE-21-1'),
    });
  });

  it('tells of list entries that are no ids, but not of the words of a text', async () => {
    const list = await read([file('mixed.txt', 'CVE-2021-44228\nno-such-id\n')]);
    expect(list.gaps).toHaveLength(1);
    const prose = await read([file('prose.txt', 'We fixed CVE-2021-44228 last week.\nThanks\n')]);
    expect(prose.gaps).toEqual([]);
  });

  it('takes 10,000 ids', async () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `CVE-2024-${10_000 + index}`);
    expect(idsOf(await read([file('many.txt', ids.join('\n'))]))).toHaveLength(10_000);
  });

  it.each([
    ['empty.txt', '', 'is empty'],
    ['blank.txt', ' \n', 'is empty'],
    ['image.png', new Uint8Array([0x89, 0x50, 0, 0, 1]), 'is binary'],
    ['none.txt', 'nothing here', 'names no CVE'],
    ['cut.json', '{"vulnerabilities": [', 'cannot be read as JSON'],
    ['words.txt', 'CVE-2021-044228\nnone\n', '"CVE-2021-044228" is not a CVE id .*; nor are 1 more'],
  ])('refuses %s with one line', async (name, content, problem) => {
    await expect(read([file(name, content)])).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(new RegExp(`^\\S*${name}:? .*${problem}[^\\n]*$`)),
    });
  });

  it.each(['null', '[]', '{}', '""', ' 12\n', 'true'])('refuses a file of nothing but %s by its name', async (text) => {
    await expect(read([file('only.json', text)])).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/^\S*only\.json (?:names no CVE|is JSON of no format)[^\n]*$/),
    });
  });

  it('refuses a folder and a file that is larger than the bound', async () => {
    await expect(read([folder])).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('is a folder'),
    });
    const large = file('large.txt', Buffer.alloc(65 * 1024 * 1024, 'a'));
    await expect(read([large])).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('more than 64 MB'),
    });
  });

  it('says of JSON and XML of no known format what would be read', async () => {
    for (const [name, content] of [
      ['other.json', '{"some":"thing"}'],
      ['other.xml', '<?xml version="1.0"?><a/>'],
    ] as const) {
      await expect(read([file(name, content)])).rejects.toMatchObject({
        code: 'BAD_INPUT',
        message: expect.stringMatching(/of no format that is known; supported are [^\n]*Trivy/),
      });
    }
  });

  it('knows ids of other databases, alone, in lists and in text', async () => {
    const { sightings, gaps } = await read(['ghsa-jfh8-c2jp-5v3q', file('ids.txt', 'RUSTSEC-2023-0072\n')]);
    expect(sightings.map(({ vulnerabilityId }) => vulnerabilityId)).toEqual([
      'GHSA-jfh8-c2jp-5v3q',
      'RUSTSEC-2023-0072',
    ]);
    expect(gaps).toEqual([]);
  });

  it('remembers where in a file an id stands', async () => {
    const path = file('places.txt', 'one\nCVE-2021-44228 here\nand CVE-2021-44228\n');
    const { sightings } = await read([path, 'CVE-2021-44228']);
    expect(sightings).toHaveLength(1);
    expect(sightings[0]?.evidence.map(({ position }) => position)).toEqual(['line 2', 'line 3']);
  });
});

describe('a document in which nothing is open', () => {
  const suppressed = {
    version: '2.1.0',
    runs: [{ results: [{ ruleId: 'CVE-2021-44228', suppressions: [{ kind: 'external' }] }] }],
  };
  const vex = {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    statements: [
      {
        vulnerability: { name: 'CVE-2021-44228' },
        products: ['pkg:npm/a'],
        status: 'not_affected',
        justification: 'component_not_present',
      },
    ],
  };

  it.each([
    ['a scan whose findings are all suppressed', suppressed, false],
    ['a VEX document', vex, true],
  ])('is %s', async (name, document, isStatement) => {
    const { sightings } = await read([file(`${name}.json`, JSON.stringify(document))]);
    expect(sightings).toMatchObject([{ vex: { status: 'not_affected' }, isStatement }]);
  });
});

it('tells of what is no id with other dashes, and not of an id with them', async () => {
  const { sightings, gaps } = await read(['CVE–2021–44228, CVE−2021−45046 and CVE–21–1']);
  expect(idsOf({ sightings })).toEqual(['CVE-2021-44228', 'CVE-2021-45046']);
  expect(gaps.map(({ reason }) => reason)).toEqual([expect.stringContaining('"CVE–21–1"')]);
});

describe('bytes that are no UTF-8', () => {
  const table = (cell: string) => Buffer.from(`cve,host,title\nCVE-2021-44228,web-1,${cell}\n`, 'latin1');

  it('of a table of Windows are read as what Windows writes, which a warning says', async () => {
    const { sightings, gaps, warnings } = await read([file('windows.csv', table('M\xfcnchen'))]);
    expect([idsOf({ sightings }), gaps]).toEqual([['CVE-2021-44228'], []]);
    expect(warnings).toEqual([expect.stringMatching(/windows\.csv is not UTF-8 and was read as windows-1252$/)]);
    const list = await read([file('list.txt', Buffer.from('see CVE\x962021\x9644228', 'latin1'))]);
    expect(idsOf(list)).toEqual(['CVE-2021-44228']);
  });

  it('of UTF-8 that is broken, and of JSON, are a gap', async () => {
    const mixed = Buffer.concat([Buffer.from('# München\n'), table('M\xfcnchen')]);
    for (const path of [
      file('mixed.csv', mixed),
      file('bad.json', Buffer.from('[{"cve":"CVE-2021-44228","title":"\xfc"}]', 'latin1')),
    ]) {
      const { gaps, warnings } = await read([path]);
      expect(gaps).toEqual([
        {
          cveId: null,
          source: 'intake',
          reason: `${path}: 1 byte is not UTF-8 and could not be read; save it as UTF-8`,
        },
      ]);
      expect(warnings).toEqual([]);
    }
  });
});
