import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readAssets } from './read-assets.ts';

const folder = mkdtempSync(join(tmpdir(), 'eras-assets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(text: string, name = 'assets') {
  const path = join(folder, name);
  writeFileSync(path, text);
  return readAssets(path);
}

it('takes ids of vulnerabilities as people write them', async () => {
  const { assets } = await read('id,cves\na,cve-2024-1000; GHSA-jfh8-c2jp-5v3q\n');
  expect(assets[0]?.vulnerabilityIds).toEqual(['CVE-2024-1000', 'GHSA-JFH8-C2JP-5V3Q']);
});

it.each([
  ['id,cves\na,CVE-2024-1000 and more\n', 'line 2: "CVE-2024-1000 and more" among its cves is no vulnerability id'],
  ['id,cves\na,../../x\n', 'is no vulnerability id'],
  ['null', 'lists no asset'],
  ['host;owner\na;b\n', 'has no column id or name'],
  ['{"assets":{}}', 'has "assets" that is not a list of assets'],
  ['{"assets":[]}', 'lists no asset'],
])('refuses %j: %s', async (text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});
