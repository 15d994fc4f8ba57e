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
  ['id,ips\na,10.0.0.1;999.1.1.1\n', 'line 2: "999.1.1.1" among its ips is no IP address'],
  ['id,ip\na,10.0.0.0/24\n', 'line 2: "10.0.0.0/24" among its ips is a network; list the addresses in it'],
  ['[{"id":"a","hostnames":["10.0.0"]}]', 'asset 1: "10.0.0" among its hostnames is no IP address'],
  ['[{"id":"a","ips":["fe80::1::2"]}]', 'asset 1: "fe80::1::2" among its ips is no IP address'],
  ['[{"name":""}]', 'asset 1: an asset needs an id'],
  ['id,cves\na,CVE-2021-044228\n', '"CVE-2021-044228" among its cves is no vulnerability id'],
  ['null', 'lists no asset'],
  ['host;owner\na;b\n', 'has no column id or name'],
  ['{"assets":{}}', 'has "assets" that is not a list of assets'],
  ['{"assets":[]}', 'lists no asset'],
])('refuses %j: %s', async (text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

it.each([
  [
    'id,critcality,hostname\na,5,b\n',
    'a column that is not known and not read: "critcality" (did you mean criticality?)',
  ],
  [
    'id,location,Expsoure,floor\na,x,open,3\n',
    'columns that are not known and not read: "location", "expsoure" (did you mean exposure?), "floor"',
  ],
  ['[{"id":"a","ownr":"x"},{"id":"b","hostname":"y"}]', '"ownr" (did you mean owner?)'],
  [`id,${Array.from({ length: 12 }, (_, index) => `x${index}zzz`).join(',')}\na\n`, ' and 2 more'],
])('tells of columns that it does not know: %j', async (text, warning) => {
  const { warnings } = await read(text);
  expect(warnings).toEqual([expect.stringContaining(warning)]);
});

it('reads each known name, all those of hosts together, and tells nothing', async () => {
  const { assets, warnings } = await read('ID, Hostname ,fqdn,Business Criticality\na,web,web.example.org,3\n');
  expect(assets[0]).toMatchObject({ hostnames: ['web', 'web.example.org'], asset: { criticality: 3 } });
  expect(warnings).toBeUndefined();
});

it('reads the host of an address with scheme, port or path, and leaves names of images as they are', async () => {
  const cell =
    'https://web:8443/app;web-1.example.org:8443;http://u:p@10.0.0.1/;[::1]:80;fe80::1;app:1;registry.example.org/app:1';
  const { assets } = await read(`id,hostnames\na,${cell}\n`);
  expect(assets[0]?.hostnames).toEqual([
    ...['web', 'web-1.example.org', '10.0.0.1', '::1', 'fe80::1'],
    ...['app:1', 'registry.example.org/app:1'],
  ]);
});

it.each([
  ['name\nWeb\nShop\n', 'gives its assets no id: the name stands for it'],
  ['[{"id":"a"},{"name":"Web"}]', 'gives 1 of its 2 assets no id: the name stands for it'],
])('says where a name has to stand for an id: %j', async (text, warning) => {
  const { warnings } = await read(text);
  expect(warnings).toEqual([expect.stringContaining(warning)]);
});

it('tells of a key that an asset has twice', async () => {
  const { assets, warnings } = await read('[{"id":"a","id":"b","owner":"x"}]');
  expect(assets.map(({ asset }) => asset.id)).toEqual(['b']);
  expect(warnings).toEqual([expect.stringMatching(/the key "id" stands twice in one object/)]);
});
