import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CvssMetric, CvssVersion } from '../../domain/cvss/cvss-metric.ts';
import { chooseMetric } from './choose-metric.ts';
import { verifyMetric } from './verify-metric.ts';

const VECTORS: Readonly<Record<CvssVersion, string>> = {
  '2.0': 'AV:N/AC:L/Au:N/C:C/I:C/A:C',
  '3.0': 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  '3.1': 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H',
  '4.0': 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
};

function metricOf(version: CvssVersion, rest: Partial<CvssMetric> = {}): CvssMetric {
  return {
    version,
    vector: VECTORS[version],
    baseScore: 10,
    severity: 'HIGH',
    source: 'vendor',
    type: 'Secondary',
    ...rest,
  };
}

const NVD = { source: 'nvd@nist.gov' };
const CISA = { source: '134c704f-9b21-4f2e-91b3-4a467353bcc0' };
const PRIMARY = { source: 'secure@microsoft.com', type: 'Primary' } as const;

// Best first; the order of the design: validity, version, publisher.
const RANKING: readonly CvssMetric[] = [
  metricOf('4.0', NVD),
  metricOf('4.0'),
  metricOf('3.1', NVD),
  metricOf('3.1', PRIMARY),
  metricOf('3.1', CISA),
  metricOf('3.1'),
  metricOf('3.0', PRIMARY),
  metricOf('3.0', { source: 'CISA-ADP' }),
  metricOf('2.0', NVD),
  metricOf('4.0', { vector: 'CVSS:4.0/AV:N' }),
  metricOf('3.1', { vector: VECTORS['3.0'] }),
];

describe('the chosen CVSS metric', () => {
  it('is the best of the ranking, in whatever order the metrics come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...RANKING], { minLength: 1 }), (metrics) => {
        const best = RANKING.find((metric) => metrics.includes(metric));
        expect(chooseMetric(metrics)).toBe(best);
      }),
    );
  });

  it('is the first among equals, and null among none', () => {
    const [first, second] = [metricOf('3.1', { baseScore: 1 }), metricOf('3.1', { baseScore: 2 })];
    expect(chooseMetric([first, second])).toBe(first);
    expect(chooseMetric([second, first])).toBe(second);
    expect(chooseMetric([])).toBeNull();
  });
});

describe('a verified CVSS metric', () => {
  it('compares the stated base score with that of the vector', () => {
    expect(verifyMetric(metricOf('3.1'))).toEqual({ recomputed: 10, agrees: true });
    expect(verifyMetric(metricOf('3.0'))).toEqual({ recomputed: 9.8, agrees: false });
  });

  it('has no score where the vector is invalid or of another version', () => {
    const unknown = { recomputed: null, agrees: false };
    expect(verifyMetric(metricOf('3.1', { vector: 'n/a' }))).toEqual(unknown);
    expect(verifyMetric(metricOf('3.1', { vector: VECTORS['3.0'] }))).toEqual(unknown);
  });
});
