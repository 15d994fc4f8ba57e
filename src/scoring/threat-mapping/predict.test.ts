import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CweId, toCweIds } from '../../domain/cwe/cwe-id.ts';
import { parseThreatModel } from './parse-threat-model.ts';
import { predictTechniques, rankTechniques } from './predict.ts';
import type { ThreatModelFile } from './threat-model.ts';

const FILE: ThreatModelFile = {
  format: 'eras-threat-model/1',
  meta: {},
  features: ['CWE-502', 'vector: AV:N', 'word: jndi', 'word: kernel'],
  scales: [0.5, 0.5, 2, 2],
  heads: [
    { techniqueId: 'T1190', role: 'any', bias: -1, step: 0.05, weights: [40, 60, 100, -100] },
    { techniqueId: 'T1059', role: 'any', bias: -1, step: 0.05, weights: [30, 0, 40, 0] },
    { techniqueId: 'T1068', role: 'any', bias: -2, step: 0.05, weights: [0, -40, -60, 100] },
    { techniqueId: 'T1190', role: 'exploitation', bias: -1, step: 0.05, weights: [40, 60, 100, -100] },
    { techniqueId: 'T1068', role: 'exploitation', bias: -3, step: 0.05, weights: [0, -40, -60, 100] },
    { techniqueId: 'T1059', role: 'primary_impact', bias: -1, step: 0.05, weights: [30, 0, 40, 0] },
  ],
  examples: [
    { cveId: 'CVE-2021-44228', features: [0, 1, 2], heads: [0, 1, 3, 5] },
    { cveId: 'CVE-2020-0001', features: [3], heads: [2, 4] },
  ],
  calibration: {
    any: [
      { score: 0, share: 0 },
      { score: 1, share: 1 },
    ],
    exploitation: [
      { score: 0, share: 0 },
      { score: 1, share: 1 },
    ],
  },
  chain: { 'CWE-307': ['T1110', 'T1078'], 'CWE-502': ['T9999'] },
  chainShare: 0.02,
};

const MODEL = parseThreatModel(FILE);
const LOG4SHELL = {
  texts: ['JNDI features'],
  cwes: toCweIds(['CWE-502']),
  cvssVectors: ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H'],
};

const anyInput = fc.record({
  texts: fc.array(
    fc.oneof(fc.string({ maxLength: 400 }), fc.constantFrom('jndi kernel', 'Kernel driver', '\u0000'.repeat(9_000))),
  ),
  cwes: fc.array(
    fc.oneof(fc.string(), fc.constantFrom('CWE-502', 'CWE-307', '__proto__', 'constructor')),
  ) as fc.Arbitrary<CweId[]>,
  cvssVectors: fc.array(fc.oneof(fc.string(), fc.constant('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'))),
});

describe('predictTechniques', () => {
  it('names the techniques by role, with the features that spoke for them', () => {
    const mappings = predictTechniques(LOG4SHELL, MODEL);
    expect(mappings.map(({ techniqueId, role, source }) => [techniqueId, role, source])).toEqual([
      ['T1190', 'exploitation', 'model'],
      ['T1059', 'primary_impact', 'model'],
    ]);
    expect(mappings[0]?.because).toEqual(['word: jndi', 'vector: AV:N', 'CWE-502', 'similar: CVE-2021-44228']);
  });

  it('follows the chain of a weakness that it has not learnt', () => {
    expect(predictTechniques({ texts: [], cwes: toCweIds(['CWE-307']), cvssVectors: [] }, MODEL)).toEqual([
      {
        techniqueId: 'T1110',
        role: 'exploitation',
        source: 'capec',
        confidence: 0.02,
        because: ['CWE-307 → CAPEC → T1110'],
      },
    ]);
  });

  it.each([
    ['no input', { texts: [], cwes: [], cvssVectors: [] }],
    ['unknown words', { texts: ['lorem ipsum dolor'], cwes: [], cvssVectors: [] }],
    ['one known word', { texts: ['kernel'], cwes: [], cvssVectors: [] }],
  ])('says nothing for %s', (_, input) => expect(predictTechniques(input, MODEL)).toEqual([]));

  it('is total, deterministic, bounded and ordered', () => {
    const order = ['exploitation', 'primary_impact', 'secondary_impact', 'uncategorized'];
    fc.assert(
      fc.property(anyInput, (input) => {
        const mappings = predictTechniques(input, MODEL);
        expect(predictTechniques(input, MODEL)).toEqual(mappings);
        expect(new Set(mappings.map(({ techniqueId }) => techniqueId)).size).toBe(mappings.length);
        mappings.forEach((mapping, i) => {
          expect(mapping.confidence).toBeGreaterThanOrEqual(0);
          expect(mapping.confidence).toBeLessThanOrEqual(1);
          expect(mapping.because.length).toBeLessThanOrEqual(5);
          const before = mappings[i - 1];
          if (before === undefined) return;
          expect(order.indexOf(before.role)).toBeLessThanOrEqual(order.indexOf(mapping.role));
          if (before.role === mapping.role) expect(before.confidence).toBeGreaterThanOrEqual(mapping.confidence);
        });
      }),
    );
  });

  it('reads no further than the first 8,000 characters', () => {
    const padding = 'x '.repeat(4_000);
    const near = predictTechniques({ ...LOG4SHELL, texts: [padding] }, MODEL);
    expect(predictTechniques({ ...LOG4SHELL, texts: [`${padding} kernel`] }, MODEL)).toEqual(near);
  });
});

describe('rankTechniques', () => {
  it('ranks every technique of the role', () => {
    const ranked = rankTechniques(LOG4SHELL, 'exploitation', MODEL);
    expect(ranked.map(({ techniqueId }) => techniqueId)).toEqual(['T1190', 'T1068']);
  });
});

describe('parseThreatModel', () => {
  it.each([
    ['null', null],
    ['another format', { ...FILE, format: 'other' }],
    ['a short weight list', { ...FILE, features: [...FILE.features, 'word: more'], scales: [...FILE.scales, 1] }],
    ['a position out of range', { ...FILE, examples: [{ cveId: 'CVE-2020-0001', features: [4], heads: [] }] }],
    ['no calibration', { ...FILE, calibration: {} }],
  ])('refuses %s', (_, json) => expect(() => parseThreatModel(json)).toThrow(TypeError));

  it('reads what was written', () => {
    expect(parseThreatModel(JSON.parse(JSON.stringify(FILE))).featureIndex.get('word: jndi')).toBe(2);
  });
});
