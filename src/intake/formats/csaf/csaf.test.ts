import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { CSAF_EXAMPLE } from '../../../../test/support/report-examples.ts';
import { CSAF } from './csaf.ts';

it('a finding for each product and status', () => {
  expect(outlineItems(CSAF.read(CSAF_EXAMPLE, { offset: 0 }))).toEqual([
    'CVE-2021-44228 | Shop (3.0 > 3.1) | /vulnerabilities/0/product_status/known_affected/0 | affected: -, Update to 3.1',
    'CVE-2021-44228 | Shop <3 (- > 3.1) | /vulnerabilities/0/product_status/known_affected/1 | affected: -, -',
    'CVE-2021-44228 | log4j-core in Shop 3.0 pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 (2.14.1) | /vulnerabilities/0/product_status/known_not_affected/0 | not_affected: vulnerable_code_not_in_execute_path, never called',
    'CVE-2021-44228 | elsewhere (-) | /vulnerabilities/0/product_status/under_investigation/0 | under_investigation: -, -',
    'EX-2024-1 | - | /vulnerabilities/1',
  ]);
});

it('one finding for more than 50 products of a status', () => {
  const products = (count: number) => Array.from({ length: count }, (_, index) => `P${index}`);
  const read = (count: number) =>
    outlineItems(
      CSAF.read(
        {
          document: { csaf_version: '2.1' },
          vulnerabilities: [{ cve: 'CVE-2021-44228', product_status: { known_affected: products(count) } }],
        },
        { offset: 0 },
      ),
    );
  expect(read(50)).toHaveLength(50);
  expect(read(51)).toEqual([
    'CVE-2021-44228 | - | /vulnerabilities/0/product_status/known_affected | affected: -, said of 51 products',
  ]);
});

it('products whose relations go in circles', () => {
  const relation = (id: string, of: string) => ({ full_product_name: { product_id: id }, product_reference: of });
  const document = {
    document: { csaf_version: '2.0' },
    product_tree: { relationships: [relation('A', 'B'), relation('B', 'A')] },
    vulnerabilities: [{ cve: 'CVE-2021-44228', product_status: { fixed: ['A'] } }],
  };
  expect(outlineItems(CSAF.read(document, { offset: 0 }))).toHaveLength(1);
});

it('refuses other versions in one line', () => {
  expect(outlineItems(CSAF.read({ document: { csaf_version: '1.2' }, vulnerabilities: [{}] }, { offset: 0 }))).toEqual([
    'unreadable a document of CSAF 1.2, which is not read; convert it to 2.0 or 2.1 | /document/csaf_version',
  ]);
});
