import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absent,
  cveFacts,
  cveOrgRecord,
  epss,
  found,
  kevEntry,
  metric,
  nvdRecord,
  unavailable,
} from '../../../test/support/cve-facts.ts';
import { type CveFacts, UNKNOWN_ASSET } from '../../domain/finding/cve-facts.ts';
import {
  AUTOMATABLE,
  BOD_TIMELINE,
  DEPLOYER_DECISION,
  EXPLOITATION,
  type SsvcSelection,
  TECHNICAL_IMPACT,
} from '../../domain/ssvc/decision-points.ts';
import { DEFAULT_LEVEL_THRESHOLDS } from '../risk/level.ts';
import { judgeFinding } from './judge-finding.ts';

const LEVELS: readonly string[] = ['Low', 'Medium', 'High', 'Critical'];
const SOURCES = ['nvd', 'ssvc', 'kev', 'epss'] as const;
const CONTEXT = { asset: UNKNOWN_ASSET, startDate: '2026-03-01', thresholds: DEFAULT_LEVEL_THRESHOLDS };

const level = fc.constantFrom('N', 'L', 'H');
const metrics = fc.array(
  fc
    .record({
      c: level,
      i: level,
      a: level,
      s: fc.constantFrom('U', 'C'),
      pr: level,
      source: fc.constantFrom('nvd@nist.gov', 'cna@example.com'),
    })
    .map(({ c, i, a, s, pr, source }) =>
      metric(`CVSS:3.1/AV:N/AC:L/PR:${pr}/UI:N/S:${s}/C:${c}/I:${i}/A:${a}`, { source }),
    ),
  { maxLength: 2 },
);
const selection: fc.Arbitrary<SsvcSelection | null> = fc.option(
  fc.record({
    exploitation: fc.option(fc.constantFrom(...EXPLOITATION)),
    automatable: fc.option(fc.constantFrom(...AUTOMATABLE)),
    technicalImpact: fc.option(fc.constantFrom(...TECHNICAL_IMPACT)),
    timestamp: fc.constant(null),
  }),
);
const references = fc.constantFrom([], ['https://example.com/poc']);
const record = fc.record({ cvss: metrics, ssvc: selection, exploitReferences: references });

/** Whatever the sources may say of a CVE; both registers know it. */
const facts: fc.Arbitrary<CveFacts> = fc
  .record({
    nvd: record,
    cveOrg: record,
    isListed: fc.boolean(),
    probability: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  })
  .map(({ nvd, cveOrg, isListed, probability }) =>
    cveFacts({
      nvd: found(nvdRecord(nvd)),
      ssvc: found(cveOrgRecord(cveOrg)),
      kev: isListed ? found(kevEntry()) : absent,
      epss: probability === null ? absent : epss(probability),
    }),
  );

describe('a source that cannot be read', () => {
  it('never makes anything look safer: level, timeline and urgency stay or rise', () => {
    fc.assert(
      fc.property(facts, fc.subarray([...SOURCES], { minLength: 1 }), (known, down) => {
        const before = judgeFinding(known, CONTEXT);
        const after = judgeFinding(
          { ...known, ...Object.fromEntries(down.map((source) => [source, unavailable])) },
          CONTEXT,
        );
        const rank = (scale: readonly string[], value: string | null | undefined) => scale.indexOf(value ?? '');
        expect(rank(LEVELS, after.risk.level)).toBeGreaterThanOrEqual(rank(LEVELS, before.risk.level));
        expect(rank(BOD_TIMELINE, after.bod2604?.timeline)).toBeGreaterThanOrEqual(
          rank(BOD_TIMELINE, before.bod2604?.timeline),
        );
        expect(rank(DEPLOYER_DECISION, after.ssvc?.deployer)).toBeGreaterThanOrEqual(
          rank(DEPLOYER_DECISION, before.ssvc?.deployer),
        );
        expect(after.status).toBe('incomplete');
      }),
      { numRuns: 2000 },
    );
  });

  it('is named: what it leaves open is among the unknowns', () => {
    const names = (over: Partial<CveFacts>) =>
      judgeFinding(cveFacts(over), CONTEXT)
        .risk.unknowns.filter(({ affects }) => affects === 'risk.level')
        .map(({ name }) => name);
    expect(names({ nvd: unavailable })).toContain('cvss');
    const mild = found(nvdRecord({ cvss: [metric('CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N')] }));
    expect(names({ ssvc: unavailable, nvd: mild })).toEqual(
      expect.arrayContaining(['exploitation', 'automatable', 'technicalImpact', 'cvss']),
    );
    expect(names({ epss: unavailable })).toContain('epss');
    expect(names({ kev: unavailable })).toContain('exploitation');
  });
});
