import { expect, it } from 'vitest';
import { outlineItems } from '../../../../test/support/outline-items.ts';
import { OPENVEX_EXAMPLE } from '../../../../test/support/report-examples.ts';
import { OPENVEX } from './openvex.ts';

it('a finding for each subcomponent', () => {
  expect(outlineItems(OPENVEX.read(OPENVEX_EXAMPLE, { offset: 0 }))).toEqual([
    'subject pkg:oci/shop@sha256%3Aab -',
    'CVE-2021-44228 GHSA-jfh8-c2jp-5v3q | pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 (2.14.1) | /statements/0/products/0/subcomponents/0 | not_affected: vulnerable_code_not_present, removed',
    'CVE-2021-44228 GHSA-jfh8-c2jp-5v3q | https://example.com/part (-) | /statements/0/products/0/subcomponents/1 | not_affected: vulnerable_code_not_present, removed',
  ]);
});

it('an attestation, and 0.0.1 with subcomponents beside the products', () => {
  const statement = {
    vulnerability: 'CVE-2021-44228',
    products: ['pkg:oci/shop'],
    subcomponents: ['pkg:npm/a@1'],
    status: 'fixed',
  };
  const predicate = {
    '@context': 'https://openvex.dev/ns',
    author: 'Example Org',
    statements: [statement, { status: 'fixed' }],
  };
  const document = { predicateType: 'https://openvex.dev/ns', subject: [{ name: 'shop' }], predicate };
  expect(OPENVEX.matches(document)).toBe(true);
  expect(outlineItems(OPENVEX.read(document, { offset: 0 }))).toEqual([
    'subject shop -',
    'CVE-2021-44228 | pkg:npm/a@1 (1) | /predicate/statements/0/subcomponents/0 | fixed: -, -',
    'no-id a finding | /predicate/statements/1',
  ]);
});
