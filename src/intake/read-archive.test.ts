import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeWithTestData, TEST_DATA } from '../../test/support/test-data.ts';
import { zipFiles } from '../../test/support/zip-files.ts';
import { readTargets } from './read-targets.ts';

const folder = mkdtempSync(join(tmpdir(), 'eras-archives-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function* nothing(): AsyncGenerator<Uint8Array> {}

function read(files: Readonly<Record<string, string | Uint8Array>> | Uint8Array) {
  const path = join(folder, 'export.zip');
  writeFileSync(path, files instanceof Uint8Array ? files : zipFiles(files));
  return readTargets([path], nothing());
}

const LINE = {
  CveId: 'CVE-2024-1000',
  DeviceId: 'd1',
  DeviceName: 'web-1',
  SoftwareName: 'curl',
  SoftwareVersion: '1',
};

describe('an archive', () => {
  it('is each of its documents, whatever they are, with their places', async () => {
    const { sightings, gaps } = await read({
      'vulnerabilities/1.json': `${JSON.stringify(LINE)}\n${JSON.stringify(LINE)}\n`,
      'list.txt': 'CVE-2024-1001\n',
      'table.csv': 'cve,host\nCVE-2024-1002,web-2\n',
      '.DS_Store': 'x',
      'folder/': '',
    });
    expect(sightings.map(({ vulnerabilityId, evidence }) => [vulnerabilityId, evidence[0]?.file ?? null])).toEqual([
      ['CVE-2024-1000', join(folder, 'export.zip/vulnerabilities/1.json')],
      ['CVE-2024-1001', null],
      ['CVE-2024-1002', join(folder, 'export.zip/table.csv')],
    ]);
    expect(sightings[0]).toMatchObject({ host: { hostname: 'web-1' }, component: { name: 'curl' } });
    expect(gaps).toEqual([]);
  });

  it('has a gap for a document that cannot be read beside others', async () => {
    const { sightings, gaps } = await read({ 'a.txt': 'CVE-2024-1001', 'b.json': '{"a":' });
    expect([sightings.length, gaps.map(({ reason }) => reason)]).toEqual([
      1,
      [expect.stringMatching(/export\.zip\/b\.json begins like JSON but cannot be read/)],
    ]);
  });

  it.each<[string, Parameters<typeof read>[0], RegExp]>([
    ['has nothing in it', { 'a/': '' }, /ZIP archive without a document/],
    ['has nothing that can be read', { 'a.json': '{"a":' }, /a\.json begins like JSON/],
    ['is an office document', { '[Content_Types].xml': '<x/>', 'a.txt': 'CVE-2024-1001' }, /office document/],
    ['is a bomb', { 'a.txt': new Uint8Array(70 * 2 ** 20) }, /unpacks to more than reports do/],
    ['is broken', Buffer.from('PK\u0003\u0004 and nothing more'), /cannot be read as one/],
    ['leads out of it', { '../../a.txt': 'CVE-2024-1001' }, /ZIP archive that cannot be read: /],
    [
      'has too many files',
      Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`${i}`, 'x'])),
      /more than 1000 files/,
    ],
  ])('that %s is refused in one line', async (_what, files, message) => {
    await expect(read(files)).rejects.toThrow(message);
  });
});

describeWithTestData('real exports of Defender', () => {
  // unzip -p FILE 'vulnerabilities/*.json' | grep -oE 'CVE-[0-9]{4}-[0-9]{4,}' | sort -u | wc -l
  it.each([
    ['defender.zip', 4],
    ['defender_error_handling.zip', 421],
    ['defender_wrong_machines.zip', 4],
    ['empty_machines.zip', 4],
    ['issue_11217.zip', 1],
  ])('%s names %i CVEs', async (file, count) => {
    const path = join(TEST_DATA ?? '', 'scans/defectdojo/ms_defender', file);
    const { sightings } = await readTargets([path], nothing());
    expect(new Set(sightings.map(({ vulnerabilityId }) => vulnerabilityId)).size).toBe(count);
  });
});
