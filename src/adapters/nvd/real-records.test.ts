import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWithTestData, readTestJson, readTestJsonLines, TEST_DATA } from '../../../test/support/test-data.ts';
import type { NvdRecord } from '../../domain/cve/records.ts';
import { parseNvdPage, toNvdRecord } from './schema.ts';

const filesIn = (folder: string) => readdirSync(join(TEST_DATA ?? '', folder), { recursive: true, encoding: 'utf8' });

function recordsOf(path: string): readonly NvdRecord[] {
  const page = parseNvdPage(readTestJson(path));
  if (!page.ok) throw new Error(`${path}: ${page.error}`);
  expect(page.value.unreadable).toEqual([]);
  return page.value.records.map(({ record }) => record);
}

/** What holds of every record, whatever it says. */
function expectSound(record: NvdRecord): void {
  expect(record.published).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
  expect(record.lastModified).toMatch(/Z$/);
  expect(record.affected.length).toBeLessThanOrEqual(20);
  for (const { vendor, product, versions } of record.affected) {
    expect(`${vendor}${product}`).not.toContain('\\');
    expect(versions?.length ?? 0).toBeLessThan(1000);
  }
  for (const metric of record.cvss) {
    expect(metric.vector).toMatch(metric.version === '2.0' ? /^AV:/ : new RegExp(`^CVSS:${metric.version}/AV:`));
  }
}

describeWithTestData('real records of NVD', () => {
  it('famous CVEs', () => {
    const records = new Map(
      recordsOf('cve/nvd20_real/famous_cves.nvd20.json').map((record) => [record.cveId as string, record]),
    );
    expect(records.size).toBe(11);
    for (const record of records.values()) expectSound(record);
    expect(
      records
        .get('CVE-2020-1472')
        ?.cvss.filter((metric) => metric.version === '3.1')
        .map((metric) => metric.type),
    ).toEqual(['Secondary', 'Secondary']);
    expect(records.get('CVE-2021-26855')?.cvss[0]).toMatchObject({
      source: 'secure@microsoft.com',
      type: 'Primary',
      baseScore: 9.1,
    });
    expect(records.get('CVE-2017-0144')).toMatchObject({ status: 'Deferred', rejected: false, cwes: [] });
    expect(records.get('CVE-2021-44228')).toMatchObject({
      cwes: ['CWE-20', 'CWE-400', 'CWE-502', 'CWE-917'],
      ssvc: { exploitation: 'active', automatable: 'yes', technicalImpact: 'total' },
    });
    expect(records.get('CVE-2021-44228')?.affected[0]).toMatchObject({ vendor: 'apache', product: 'log4j' });
    expect(records.get('CVE-2021-44228')?.exploitReferences.length).toBeGreaterThan(5);
    expect(records.get('CVE-2024-3094')?.affected).toEqual([
      { vendor: 'tukaani', product: 'xz', versions: '5.6.0; 5.6.1' },
    ]);
    expect(records.get('CVE-2014-0160')?.affected[0]).toEqual({
      vendor: 'openssl',
      product: 'openssl',
      versions: '≥ 1.0.1, < 1.0.1g',
    });
  });

  it('fixtures', () => {
    const records = readTestJsonLines('cve/nvd20_real/nvd20_fixtures.jsonl').map((line) =>
      toNvdRecord((line as { cve: unknown }).cve),
    );
    expect(records).toHaveLength(76);
    // Test suites invent ids that no CVE can have: CVE-2023-JVM-TEST.
    expect(records.filter((record) => !record.ok)).toHaveLength(1);
    for (const record of records) if (record.ok) expectSound(record.value);
  });

  it('feed files', () => {
    for (const file of filesIn('cve/nvd20_real/feed_samples')) {
      const records = recordsOf(`cve/nvd20_real/feed_samples/${file}`);
      expect(records.length).toBeGreaterThan(0);
      for (const record of records) expectSound(record);
    }
  });

  it('converted pages', () => {
    const files = filesIn('cve/nvd20_converted_from_1.1');
    const records = files.flatMap((file) => [...recordsOf(`cve/nvd20_converted_from_1.1/${file}`)]);
    expect(records).toHaveLength(12_893);
    for (const record of records) expectSound(record);
    expect(records.filter((record) => record.rejected).length).toBeGreaterThan(100);
  });

  it('recorded pages', () => {
    for (const file of filesIn('nvd_api_paging/cve').filter((name) => name.endsWith('.json'))) {
      for (const record of recordsOf(`nvd_api_paging/cve/${file}`)) expectSound(record);
    }
    expect(recordsOf('nvd_api_paging/cve/empty/0-1.json')).toEqual([]);
    const [log4j] = recordsOf('nvd_api_paging/cve/ssvc_affected/0-1.json');
    expect(log4j?.ssvc).toMatchObject({ exploitation: 'active', timestamp: '2025-02-04T14:25:34.416Z' });
  });

  it('malformed records', () => {
    const read = (name: string) => {
      const json = readTestJson(`cve/nvd20_real/malformed/${name}`) as { cve?: unknown };
      return toNvdRecord(json.cve ?? json);
    };
    expect(read('vuls_malformed-id_CVE-2024-0028.json')).toMatchObject({ ok: false });
    expect(read('grype_invalid_cpe.json')).toMatchObject({
      ok: true,
      value: { affected: [], cvss: [{ version: '3.0' }, { version: '2.0' }] },
    });
    expect(read('vuls_config-negate_CVE-2024-0028.json')).toMatchObject({ ok: true, value: { affected: [] } });
    expect(read('vuls_node-negate_CVE-2024-0028.json')).toMatchObject({ ok: true, value: { affected: [] } });
    expect(read('vuls_cpematch-missing-semver_CVE-2024-0028.json')).toMatchObject({
      ok: true,
      value: { affected: [{ versions: '≥ 1.0.0, < 2.0.0' }] },
    });
    expect(read('vuls_cpematch-missing-unknown_CVE-2024-0028.json')).toMatchObject({
      ok: true,
      value: { affected: [{ versions: '≤ 15.1(4)m3' }] },
    });
    expect(read('dtrack_CVE-2021-0002-duplicate-exact-version-matches.json')).toMatchObject({
      ok: true,
      value: { affected: [{ product: 'ethernet_controller_e810_firmware' }, { versions: '33; 34; 35' }] },
    });
  });
});
