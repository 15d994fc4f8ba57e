import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Assessment } from '../../src/domain/assessment/schema.ts';
import { documentOf, type ErasRun, runEras, useHomes } from '../support/run-eras.ts';
import { faultsOfCsaf, faultsOfCycloneDx, faultsOfOpenVex, faultsOfSarif } from '../support/validate-formats.ts';

const newHome = useHomes();
const purl = 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1';
const affects = [{ ref: purl }];
/** Vulnerabilities that the bundled snapshot knows and does not know, with and without a CVE id, affected and not. */
const BOM = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  components: [{ type: 'library', 'bom-ref': purl, name: 'log4j-core', version: '2.14.1', purl }],
  vulnerabilities: [
    { id: 'CVE-2021-44228', references: [{ id: 'GHSA-jfh8-c2jp-5v3q', source: { name: 'GitHub' } }], affects },
    { id: 'CVE-2021-45046', affects, analysis: { state: 'not_affected', justification: 'code_not_reachable' } },
    { id: 'CVE-2021-45105', affects, analysis: { state: 'resolved' } },
    { id: 'CVE-1999-99999', affects, description: 'Like CVE-2014-0160, but [worse](javascript:x) <script>' },
    { id: 'GHSA-aaaa-bbbb-cccc', affects, description: '=1+1' },
    { id: 'EX-2024-1', affects },
  ],
};
const ASSETS = 'id,name,criticality,exposure,owner,cves\nweb-1,=Shop,5,open,@owner,CVE-2014-0160\n';

let folder: string;
let env: { ERAS_HOME: string };
let first: Assessment;
const idsOf = ({ findings }: Pick<Assessment, 'findings'>) =>
  [...new Set(findings.map(({ vulnerabilityId }) => vulnerabilityId))].sort();
const readOutput = async (name: string): Promise<{ run: ErasRun; path: string; text: string }> => {
  const path = join(folder, name);
  const run = await runEras(['report', first.id, '--output', path], env);
  return { run, path, text: readFileSync(path, 'utf8') };
};

beforeAll(async () => {
  folder = newHome();
  env = { ERAS_HOME: join(folder, 'home') };
  const [bom, assets] = [join(folder, 'bom.json'), join(folder, 'assets.csv')];
  writeFileSync(bom, JSON.stringify(BOM));
  writeFileSync(assets, ASSETS);
  const args = ['assess', bom, 'CVE-2014-0160', 'CVE-2024-3094', 'CVE-24-1', '--assets', assets, '--offline'];
  first = documentOf(await runEras([...args, '--format', 'json'], env));
  expect(idsOf(first)).toHaveLength(8);
}, 60_000);

describe.each([
  ['x.sarif', async (text: string) => faultsOfSarif(JSON.parse(text))],
  ['x.sarif.json', async (text: string) => faultsOfSarif(JSON.parse(text))],
  ['x.openvex.json', async (text: string) => faultsOfOpenVex(JSON.parse(text))],
  ['x.vex.json', async (text: string) => faultsOfOpenVex(JSON.parse(text))],
  ['x.csaf.json', async (text: string) => faultsOfCsaf(JSON.parse(text))],
  ['x.cdx.json', faultsOfCycloneDx],
])('%s', (name, faults) => {
  it('is valid, and read again it names the same vulnerabilities', { timeout: 120_000 }, async () => {
    const { run, path, text } = await readOutput(name);
    expect([run.code, run.stdout]).toEqual([0, '']);
    expect(await faults(text)).toEqual([]);
    const again = await runEras(['assess', path, '--offline', '--format', 'json'], { ERAS_HOME: newHome() });
    // In SARIF what is fixed is a result that passes, which is no finding to whoever reads it.
    const isKept = (finding: Assessment['findings'][number]) =>
      !name.includes('.sarif') || finding.vex?.status !== 'fixed';
    expect(idsOf(documentOf(again))).toEqual(idsOf({ ...first, findings: first.findings.filter(isKept) }));
  });
});

describe('what a VEX document said', () => {
  it.each(['x.openvex.json', 'x.csaf.json', 'x.cdx.json'])('comes back from %s', async (name) => {
    const { path } = await readOutput(name);
    const again = documentOf(
      await runEras(['assess', path, '--offline', '--format', 'json'], { ERAS_HOME: newHome() }),
    );
    const statusOf = (id: string) => again.findings.find((one) => one.vulnerabilityId === id)?.vex?.status;
    expect(['CVE-2021-44228', 'CVE-2021-45046', 'CVE-2021-45105', 'CVE-2024-3094'].map(statusOf)).toEqual([
      'affected',
      'not_affected',
      'fixed',
      'under_investigation',
    ]);
  });
});

describe('x.csv', () => {
  it('has a row a finding, and runs nothing in a spreadsheet', async () => {
    const { run, text } = await readOutput('x.csv');
    expect(run.code).toBe(0);
    const rows: Record<string, string>[] = parse(text, { columns: true });
    expect(rows.map((row) => row['id'])).toEqual(first.findings.map(({ id }) => id));
    expect(rows.find((row) => row['vulnerability'] === 'CVE-2014-0160')).toMatchObject({
      asset_name: "'=Shop",
      asset_owner: "'@owner",
    });
  });
});

describe('eras assess', () => {
  it.each(['csv', 'sarif', 'openvex', 'csaf', 'cyclonedx'])('--format %s writes to standard output', async (format) => {
    const run = await runEras(['assess', 'CVE-2021-44228', '--offline', '--format', format], env);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('CVE-2021-44228');
  });

  it('names the publisher of the config file, and refuses one that is none', async () => {
    const config = join(folder, 'eras.config.json');
    const args = ['assess', 'CVE-2021-44228', '--offline', '--format', 'csaf'];
    writeFileSync(config, JSON.stringify({ publisher: { name: 'Example Org', namespace: 'https://example.com' } }));
    const run = await runEras(args, { ...env, ERAS_CONFIG: config });
    expect(JSON.parse(run.stdout).document.publisher).toEqual({
      category: 'user',
      name: 'Example Org',
      namespace: 'https://example.com',
    });
    writeFileSync(config, JSON.stringify({ publisher: { name: 'Example Org', namespace: 'nowhere' } }));
    const refused = await runEras(args, { ...env, ERAS_CONFIG: config });
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toMatch(/^eras: [^\n]*publisher\.namespace: is no URL[^\n]*\n$/);
  });
});
