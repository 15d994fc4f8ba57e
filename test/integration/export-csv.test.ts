import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/assessment/finding-schema.ts';
import { renderCsv } from '../../src/reports/exports/render-csv.ts';
import { HOSTILE, HOSTILE_HEAD } from '../support/hostile-findings.ts';
import { EVERY_KIND, renderText, reportOf } from '../support/report-findings.ts';

describe('csv', () => {
  const rowsOf = async (findings: readonly Finding[], over = {}): Promise<Record<string, string>[]> =>
    parse(await renderText(renderCsv, reportOf(findings, over)), { columns: true });

  it('has a row a finding, with empty cells for what is not known', async () => {
    const rows = await rowsOf(EVERY_KIND);
    expect(rows.map((row) => row['id'])).toEqual(EVERY_KIND.map(({ id }) => id));
    expect(rows[0]).toMatchObject({
      vulnerability: 'CVE-2024-1000',
      level: 'Critical',
      cvss_score: '9.8',
      epss_probability: '0.42',
      kev: 'listed',
      kev_ransomware: 'Known',
      asset_name: 'Shop front',
      asset_criticality: '5',
      component_purl: 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1',
      fixed_version: '2.17.1',
      evidence: 'app/pom.xml (line 12)',
      gaps: '',
    });
    expect(rows[3]).toMatchObject({ cvss_score: '', epss_probability: '', kev: '', gaps: 'epss: HTTP 503' });
    expect(rows[4]).toMatchObject({ status: 'not_found', level: '', score: '', ssvc_deployer: '', bod_due_date: '' });
  });

  it('says who wrote the prose of a row and what it cites, in columns at the end', async () => {
    const [rules] = EVERY_KIND;
    if (rules === undefined) throw new Error('no findings');
    const claim = rules.narrative.summary;
    const citations = [{ claim, evidence: 'E2', source: 'NVD', text: 'x' }];
    const llm = { ...rules, narrative: { ...rules.narrative, source: 'llm' as const, model: 'model-1', citations } };
    const rows = await rowsOf([rules, llm]);
    expect(Object.entries(rows[0] ?? {}).slice(-4)).toEqual([
      ['narrative_source', 'rules'],
      ['narrative_model', ''],
      ['summary_evidence', ''],
      ['remediation_evidence', ''],
    ]);
    expect(rows[1]).toMatchObject({ narrative_source: 'llm', narrative_model: 'model-1', summary_evidence: 'E2' });
  });

  it('is RFC 4180, with lines that end as it says', async () => {
    const text = await renderText(renderCsv, reportOf(EVERY_KIND));
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.endsWith('\r\n')).toBe(true);
  });

  it('neutralises formulas and control characters, and keeps numbers', async () => {
    const rows = await rowsOf(HOSTILE, HOSTILE_HEAD);
    expect(rows).toHaveLength(HOSTILE.length);
    for (const cell of rows.flatMap((row) => Object.values(row))) {
      expect(cell).not.toMatch(/^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/);
      expect(cell).not.toMatch(/\p{Cc}|\p{Cf}|\p{Cs}/u);
      expect(cell.length).toBeLessThan(32_767);
    }
    expect(rows[2]?.['title']).toBe('\'=HYPERLINK("https://evil.example","x")');
    expect(rows[0]?.['cvss_score']).toBe('5');
  });
});
