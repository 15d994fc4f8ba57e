import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toIndexedRecord } from '../../src/adapters/nvd/schema.ts';
import { decodeConfigurations } from '../../src/domain/cpe/configuration-text.ts';
import { parseCpe } from '../../src/domain/cpe/cpe-name.ts';
import { evaluateConfigurations } from '../../src/domain/cpe/evaluate-configuration.ts';
import { toInstalledProduct } from '../../src/domain/cpe/installed-product.ts';
import { describeWithTestData, readTestJson, readTestJsonLines } from '../support/test-data.ts';

/**
 * What matches in real records of NVD: rows with numbers only were computed by a program that shares nothing with this project, from a plain
 * reading of NVD's documentation; the others (platforms, updates, letters, schemes of vendors) were decided by hand from the records.
 */
const ROWS = readFileSync(join(import.meta.dirname, 'cpe-matches.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','));

function recordsById(): ReadonlyMap<string, unknown> {
  const fixtures = readTestJsonLines('cve/nvd20_real/nvd20_fixtures.jsonl').map(
    (line) => (line as { cve: unknown }).cve,
  );
  const page = readTestJson('cve/nvd20_real/famous_cves.nvd20.json') as { vulnerabilities: { cve: unknown }[] };
  const records = new Map<string, unknown>();
  for (const cve of [...page.vulnerabilities.map((item) => item.cve), ...fixtures]) {
    const { id } = cve as { id: string };
    if (!records.has(id)) records.set(id, cve);
  }
  return records;
}

function readProduct(cpe: string) {
  const name = parseCpe(cpe);
  const product = name.ok ? toInstalledProduct(name.value, null) : null;
  if (product === null) throw new Error(`${cpe} names no product`);
  return product;
}

describeWithTestData('components against real records of NVD', () => {
  it(`are matched as the table of ${ROWS.length} rows has it`, () => {
    const records = recordsById();
    for (const [id = '', cpe = '', beside = '', expected, fixed] of ROWS) {
      const record = toIndexedRecord(records.get(id));
      if (!record.ok) throw new Error(`${id}: ${record.error}`);
      const all = [cpe, ...(beside === '' ? [] : [beside])].map(readProduct);
      const [component] = all;
      if (component === undefined) throw new Error(cpe);
      const verdict = evaluateConfigurations(decodeConfigurations(record.value.configurations ?? '[]'), component, {
        find: (product) => all.filter((one) => one.product === product),
        operatingSystems: all.filter((one) => one.name.part === 'o'),
      });
      const found = verdict.kind === 'no' ? '' : (verdict.fixedVersion ?? '');
      expect([id, cpe, beside, verdict.kind, found]).toEqual([id, cpe, beside, expected, fixed]);
    }
    expect(ROWS.length).toBeGreaterThan(150);
  });
});
