import { expect, it } from 'vitest';
import { readItemsOf } from '../../../test/support/read-items.ts';
import { OPENVEX } from './openvex/openvex.ts';

const read = (justification: string) => [
  ...OPENVEX.read(
    {
      '@context': 'https://openvex.dev/ns/v0.2.0',
      statements: [
        { vulnerability: { name: 'CVE-2024-1111' }, products: ['pkg:npm/a@1'], status: 'not_affected', justification },
      ],
    },
    { offset: 0 },
  ),
];

it('a justification that is none clears nothing and is told', () => {
  expect(read('because_we_say_so')).toMatchObject([
    { kind: 'unreadable', position: '/statements/0/justification', what: expect.stringContaining('because_we_say_so') },
    { kind: 'finding', vex: { status: 'not_affected', justification: null } },
  ]);
  expect(read('component_not_present')).toMatchObject([
    { kind: 'finding', vex: { status: 'not_affected', justification: 'component_not_present' } },
  ]);
});

const csaf = (label: string) => ({
  document: { csaf_version: '2.0' },
  vulnerabilities: [
    { cve: 'CVE-2024-1111', product_status: { known_not_affected: ['P'] }, flags: [{ label, product_ids: ['P'] }] },
  ],
});
const cyclonedx = (justification: string) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  vulnerabilities: [{ id: 'CVE-2024-1111', analysis: { state: 'not_affected', justification } }],
});
const spdx = (word: string) => ({
  '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
  '@graph': [
    { type: 'SpdxDocument', spdxId: 'urn:d' },
    { type: 'security_Vulnerability', spdxId: 'urn:v', name: 'CVE-2024-1111' },
    { type: 'software_Package', spdxId: 'urn:p', name: 'p' },
    {
      type: 'security_VexNotAffectedVulnAssessmentRelationship',
      spdxId: 'urn:r',
      from: 'urn:v',
      to: ['urn:p'],
      relationshipType: 'doesNotAffect',
      security_assessedElement: 'urn:p',
      security_justificationType: word,
    },
  ],
});

it.each([
  ['CSAF', csaf, 'component_not_present', 'component_not_present'],
  ['CycloneDX', cyclonedx, 'code_not_present', 'code_not_present'],
  ['SPDX 3', spdx, 'componentNotPresent', 'component_not_present'],
])('a word of %s that is no justification is a gap, and the statement stays without it', async (_, of, known, read) => {
  const found = async (word: string) =>
    (await readItemsOf(JSON.stringify(of(word)))).items.filter(({ kind }) => /finding|unreadable/.test(kind));
  expect(await found(known)).toMatchObject([{ vex: { status: 'not_affected', justification: read } }]);
  expect(await found('trust_us')).toMatchObject([
    { kind: 'unreadable', what: expect.stringContaining('"trust_us" is none of') },
    { ids: ['CVE-2024-1111'], vex: { status: 'not_affected', justification: null } },
  ]);
});

it('a state of CycloneDX that is none is a gap, and no statement', async () => {
  const document = {
    ...cyclonedx(''),
    vulnerabilities: [{ id: 'CVE-2024-1111', analysis: { state: 'probably_fine' } }],
  };
  const { items } = await readItemsOf(JSON.stringify(document));
  expect(items).toMatchObject([{ kind: 'unreadable', position: '/vulnerabilities/0/analysis' }, { vex: null }]);
});
