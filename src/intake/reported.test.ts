import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportedVulnerability } from '../domain/finding/sighting.ts';
import { joinReported, reportedOfCve } from './reported.ts';

const VECTORS = [
  'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
  'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N',
  'AV:N/AC:L/Au:N/C:P/I:P/A:P',
];
const said = (over: Partial<ReportedVulnerability>): ReportedVulnerability => ({
  title: null,
  description: null,
  cvssVectors: [],
  cwes: [],
  ...over,
});
const reported = fc
  .record({
    title: fc.option(fc.constantFrom('RCE in left', 'left runs code')),
    cvssVectors: fc.subarray(VECTORS),
    cwes: fc.subarray(['CWE-79', 'CWE-502']),
  })
  .map(said);

describe('what reports say of a CVE id', () => {
  it('is kept short, without its description, and held once', () => {
    const whole = said({
      title: 't'.repeat(1000),
      description: 'd'.repeat(10_000),
      cvssVectors: [...VECTORS.toReversed(), `CVSS:3.1/${'x'.repeat(400)}`],
      cwes: Array.from({ length: 50 }, (_, index) => `CWE-${index}`),
    });
    const kept = reportedOfCve(whole, 'Trivy');
    expect(kept).toMatchObject({ description: null, cvssVectors: VECTORS.slice(0, 3), by: ['Trivy'] });
    expect([kept.title?.length, kept.cwes.length]).toEqual([200, 5]);
    expect(reportedOfCve({ ...whole, description: null }, 'Trivy')).toBe(kept);
  });

  it('has the worst of many vectors of the newest version, and none that is no vector', () => {
    const v31 = (rest: string) => `CVSS:3.1/${rest}`;
    const low = [
      'AV:A/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N',
      'AV:A/AC:H/PR:L/UI:R/S:U/C:L/I:N/A:N',
      'AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N',
    ];
    const worst = v31('AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H');
    const cvssVectors = [...low.map(v31), 'CVSS:4.0/unknown', 'AV:N/AC:L/Au:N/C:C/I:C/A:C', worst];
    const kept = reportedOfCve(said({ cvssVectors }), 'Trivy').cvssVectors;
    expect(kept).toEqual([worst, v31(low[1] ?? ''), v31(low[0] ?? '')]);
    expect(reportedOfCve(said({ cvssVectors: cvssVectors.toReversed() }), 'Trivy').cvssVectors).toEqual(kept);
  });

  it('is the same whichever of two is read first, and everything that either says', () => {
    fc.assert(
      fc.property(reported, reported, (one, other) => {
        const [first, second] = [reportedOfCve(one, 'Trivy'), reportedOfCve(other, 'Grype')];
        const joined = joinReported(first, second);
        expect(joinReported(second, first)).toEqual(joined);
        expect(new Set(joined?.cvssVectors)).toEqual(new Set([...first.cvssVectors, ...second.cvssVectors]));
        expect(new Set(joined?.by)).toEqual(new Set(['Trivy', 'Grype']));
      }),
    );
  });
});
