import { describe, expect, it } from 'vitest';
import { EVERY_KIND, renderText, reportOf } from '../../../../test/support/report-findings.ts';
import { renderCsaf } from './render-csaf.ts';

const csaf = JSON.parse(await renderText(renderCsaf, reportOf(EVERY_KIND)));
const vulnerabilityOf = (cve: string) => csaf.vulnerabilities.find((one: { cve?: string }) => one.cve === cve);

describe('CSAF', () => {
  it('has a vulnerability once, with all its products', () => {
    expect(vulnerabilityOf('CVE-2024-1000')).toMatchObject({
      cwe: { id: 'CWE-502', name: 'Deserialization of Untrusted Data' },
      product_status: { known_affected: ['CSAFPID-0003', 'CSAFPID-0004', 'CSAFPID-0005'] },
      scores: [{ cvss_v3: { baseScore: 9.8 }, products: ['CSAFPID-0003', 'CSAFPID-0004', 'CSAFPID-0005'] }],
      remediations: [
        { category: 'vendor_fix', product_ids: ['CSAFPID-0003'] },
        { category: 'mitigation', product_ids: ['CSAFPID-0004', 'CSAFPID-0005'] },
      ],
    });
    expect(csaf.product_tree.relationships[0]).toEqual({
      category: 'installed_on',
      full_product_name: { name: 'log4j-core 2.14.1 on Shop front', product_id: 'CSAFPID-0003' },
      product_reference: 'CSAFPID-0001',
      relates_to_product_reference: 'CSAFPID-0002',
    });
  });

  it('keeps what a VEX document said', () => {
    const { product_status: status, flags, threats } = vulnerabilityOf('CVE-2024-1005');
    const products = status.known_not_affected;
    expect(flags).toEqual([{ label: 'vulnerable_code_not_present', product_ids: products }]);
    expect(threats.at(-1)).toEqual({ category: 'impact', details: 'never called', product_ids: products });
    expect(vulnerabilityOf('CVE-2024-1007').product_status).toEqual({ fixed: products });
  });

  it('tells in a note what has no place: CVSS 4.0, and scores that their vector does not give', () => {
    const ghsa = csaf.vulnerabilities.find((one: { ids?: { text: string }[] }) =>
      one.ids?.[0]?.text.startsWith('GHSA'),
    );
    for (const [vulnerability, text] of [
      [ghsa, 'CVSS 4.0: 9.3 CRITICAL'],
      [vulnerabilityOf('CVE-2024-1011'), 'CVSS 3.1: 5.0 MEDIUM'],
    ]) {
      expect(vulnerability).not.toHaveProperty('scores');
      expect(vulnerability.notes.at(-1).text).toContain(text);
    }
    expect(ghsa.ids).toEqual([
      { system_name: 'GHSA', text: 'GHSA-jfh8-c2jp-5v3q' },
      { system_name: 'SNYK', text: 'SNYK-JAVA-1' },
      { system_name: 'NVD', text: 'CVE-2024-1004' },
    ]);
  });

  it("passes over weaknesses whose name is not the catalogue's", () => {
    expect(vulnerabilityOf('CVE-2024-1011').cwe.id).toBe('CWE-79');
  });

  it('names a product where none is known, and no vulnerability where there is none', async () => {
    const [id] = vulnerabilityOf('CVE-2024-1002').product_status.under_investigation;
    const names: { product_id: string; name: string }[] = csaf.product_tree.full_product_names;
    expect(names.find((one) => one.product_id === id)?.name).toBe('Product not known');
    const empty = JSON.parse(await renderText(renderCsaf, reportOf([])));
    expect([empty.document.category, Object.keys(empty)]).toEqual(['csaf_base', ['document']]);
  });
});
