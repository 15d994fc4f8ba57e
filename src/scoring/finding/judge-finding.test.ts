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
  selection,
  unavailable,
} from '../../../test/support/cve-facts.ts';
import { type AssetContext, type CveFacts, UNKNOWN_ASSET } from '../../domain/finding/cve-facts.ts';
import { DEFAULT_LEVEL_THRESHOLDS } from '../risk/level.ts';
import { judgeFinding } from './judge-finding.ts';

const judge = (facts: CveFacts, asset: AssetContext = UNKNOWN_ASSET) =>
  judgeFinding(facts, { asset, startDate: '2026-03-01', thresholds: DEFAULT_LEVEL_THRESHOLDS });

describe('status', () => {
  it.each<[string, Partial<CveFacts>]>([
    ['assessed', {}],
    ['assessed', { nvd: absent }],
    ['assessed', { epss: absent }],
    ['incomplete', { nvd: unavailable }],
    ['incomplete', { kev: unavailable }],
    ['incomplete', { nvd: absent, ssvc: unavailable, epss: absent }],
    ['incomplete', { nvd: unavailable, ssvc: absent, epss: absent }],
    ['not_found', { nvd: absent, ssvc: absent, epss: absent }],
    ['not_found', { nvd: absent, ssvc: absent, epss: unavailable }],
    ['assessed', { nvd: absent, ssvc: absent, kev: found(kevEntry()) }],
    ['rejected', { nvd: found(nvdRecord({ rejected: true })), epss: unavailable }],
    ['rejected', { nvd: absent, ssvc: found(cveOrgRecord({ rejected: true })) }],
  ])('is %s for %o', (status, over) => {
    expect(judge(cveFacts(over)).status).toBe(status);
  });

  it('decides nothing about ids that are no vulnerability, and ranks them last', () => {
    const { ssvc, bod2604, risk } = judge(cveFacts({ nvd: absent, ssvc: absent, epss: absent }));
    expect([ssvc, bod2604, risk.level, risk.priority]).toEqual([null, null, null, 0]);
  });
});

describe('exploitation', () => {
  it.each<[string, string | null, Partial<CveFacts>]>([
    ['active', 'kev', { kev: found(kevEntry()) }],
    ['active', 'cisa', { ssvc: found(cveOrgRecord({ ssvc: selection({ exploitation: 'active' }) })) }],
    ['active', 'cisa', { ssvc: unavailable, nvd: found(nvdRecord({ ssvc: selection({ exploitation: 'active' }) })) }],
    ['public_poc', 'cisa', { ssvc: found(cveOrgRecord({ ssvc: selection({ exploitation: 'public_poc' }) })) }],
    ['public_poc', 'nvd_reference', { nvd: found(nvdRecord({ exploitReferences: ['https://example.com/poc'] })) }],
    [
      'public_poc',
      'vector',
      { nvd: found(nvdRecord({ cvss: [metric('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P')] })) },
    ],
    ['none', 'cisa', {}],
    ['none', null, { ssvc: absent }],
    ['unknown', null, { kev: unavailable }],
    ['unknown', null, { ssvc: unavailable }],
    ['unknown', null, { nvd: unavailable }],
    [
      'public_poc',
      'nvd_reference',
      { kev: unavailable, nvd: found(nvdRecord({ exploitReferences: ['https://example.com/poc'] })) },
    ],
  ])('is %s by %s', (value, source, over) => {
    const { ssvc } = judge(cveFacts(over));
    expect([ssvc?.exploitation, ssvc?.source.exploitation]).toEqual([value, source]);
  });

  it('takes a proof of concept as exploited where KEV could not be read', () => {
    const facts = cveFacts({
      kev: unavailable,
      nvd: found(nvdRecord({ exploitReferences: ['https://example.com/poc'] })),
    });
    expect(judge(facts).risk.unknowns).toContainEqual(
      expect.objectContaining({ name: 'exploitation', affects: 'ssvc.deployer', ifWorse: 'immediate' }),
    );
  });
});

describe('derived decision points', () => {
  it('says derived where only the vector tells, cisa where CISA does, unknown where nobody does', () => {
    const noSelection = cveOrgRecord({ ssvc: null });
    const derived = judge(cveFacts({ ssvc: found(noSelection) })).ssvc;
    expect([derived?.automatable, derived?.source.automatable]).toEqual(['yes', 'derived']);
    const published = judge(cveFacts()).ssvc;
    expect([published?.automatable, published?.source.automatable]).toEqual(['no', 'cisa']);
    const nothing = judge(cveFacts({ ssvc: found(noSelection), nvd: found(nvdRecord()) })).ssvc;
    expect([nothing?.automatable, nothing?.source.automatable, nothing?.technicalImpact]).toEqual([
      'unknown',
      null,
      'unknown',
    ]);
  });
});

describe('BOD 26-04', () => {
  it('gives a listed, automatable, total CVE three days with forensics whatever the exposure, and names it as unknown', () => {
    const facts = cveFacts({
      kev: found(kevEntry()),
      ssvc: found(cveOrgRecord({ ssvc: selection({ automatable: 'yes', technicalImpact: 'total' }) })),
    });
    const { bod2604, risk } = judge(facts);
    expect(bod2604).toEqual({ timeline: '3_days_forensics', row: 15, startDate: '2026-03-01', dueDate: '2026-03-04' });
    expect(risk.unknowns).toContainEqual({
      name: 'exposure',
      affects: 'bod2604.timeline',
      ifWorse: '3_days_forensics',
      ifBetter: '3_days_forensics',
    });
  });

  it('counts only the exposure open as publicly exposed', () => {
    const facts = cveFacts({ ssvc: found(cveOrgRecord({ ssvc: selection({ technicalImpact: 'total' }) })) });
    expect(judge(facts, { ...UNKNOWN_ASSET, exposure: 'open' }).bod2604?.timeline).toBe('14_days');
    expect(judge(facts, { ...UNKNOWN_ASSET, exposure: 'controlled' }).bod2604?.timeline).toBe('next_upgrade');
  });
});

describe('priority', () => {
  const severe = metric('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', { baseScore: 10 });
  const mild = metric('CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N', { baseScore: 1.8 });

  it('lets KEV beat EPSS and EPSS beat CVSS', () => {
    const listed = judge(cveFacts({ kev: found(kevEntry()), epss: epss(0.001) })).exactPriority;
    const forecast = judge(cveFacts({ epss: epss(0.97) })).exactPriority;
    const mildForecast = judge(cveFacts({ epss: epss(0.97), nvd: found(nvdRecord({ cvss: [mild] })) })).exactPriority;
    const severeUnlikely = judge(
      cveFacts({ epss: epss(0.001), nvd: found(nvdRecord({ cvss: [severe] })) }),
    ).exactPriority;
    expect(listed).toBeGreaterThan(forecast);
    expect(mildForecast).toBeGreaterThan(severeUnlikely);
  });

  it('recomputes the base score and says where the record disagrees', () => {
    const effectOf = (baseScore: number) => {
      const wrong = metric('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', { baseScore });
      const { factors } = judge(cveFacts({ nvd: found(nvdRecord({ cvss: [wrong] })) })).risk;
      return factors.find(({ name }) => name === 'cvss')?.effect;
    };
    expect(effectOf(9.4)).toContain('the record states 9.4, the vector gives 9.8');
    expect(effectOf(9.8)).not.toContain('states');
  });

  it('explains every finding: each factor has a source and an effect', () => {
    for (const { source, effect } of judge(
      cveFacts({ kev: unavailable, nvd: unavailable, ssvc: unavailable, epss: unavailable }),
    ).risk.factors) {
      expect(source).not.toBe('');
      expect(effect).not.toBe('');
    }
  });
});

describe('a vector of CVSS v2.0', () => {
  const scored = (vector: string, baseScore: number) =>
    judge(cveFacts({ nvd: found(nvdRecord({ cvss: [metric(vector, { version: '2.0', baseScore })] })), ssvc: absent }));

  it('that says "partial" counts at its worst, and says so', () => {
    const { ssvc, risk } = scored('AV:N/AC:L/Au:N/C:P/I:P/A:P', 7.5);
    expect(ssvc?.technicalImpact).toBe('unknown');
    expect(ssvc?.source.technicalImpact).toBeNull();
    expect(risk.impact).toBe(5);
    expect(risk.unknowns.map(({ name, affects }) => `${name} ${affects}`)).toEqual(
      expect.arrayContaining(['cvss risk.level', 'technicalImpact risk.level', 'technicalImpact bod2604.timeline']),
    );
    expect(risk.factors.find(({ name }) => name === 'cvss')?.effect).toBe(
      'what v2.0 calls partial may be high, so impact is 5 of 5',
    );
  });

  it('that says "complete" or "none" leaves nothing open', () => {
    const { ssvc, risk } = scored('AV:N/AC:L/Au:N/C:C/I:C/A:N', 9.4);
    expect(ssvc?.technicalImpact).toBe('total');
    expect(risk.impact).toBe(4);
    expect(risk.unknowns.map(({ name }) => name)).not.toContain('cvss');
  });
});

describe('an id without CVE that nobody has scored', () => {
  const reported = (statedSeverity: CveFacts['statedSeverity'] = null) =>
    judge(
      cveFacts({
        vulnerabilityId: 'SNYK-JS-X-1',
        nvd: found(nvdRecord({ cvss: [] })),
        ssvc: absent,
        epss: absent,
        statedSeverity,
      }),
    );

  it.each([
    ['low', 2, 'Medium'],
    ['medium', 3, 'High'],
    ['high', 4, 'Critical'],
    ['critical', 5, 'Critical'],
    [null, 5, 'Critical'],
  ] as const)('called %s has an impact of %s of 5', (word, impact, level) => {
    const { risk } = reported(word);
    expect([risk.impact, risk.level]).toEqual([impact, level]);
  });

  it('says whose word it is, and ranks by it', () => {
    expect(reported('low').risk.factors).toContainEqual(expect.objectContaining({ name: 'severity', value: 'low' }));
    const priorities = (['low', 'medium', 'high', 'critical'] as const).map((word) => reported(word).exactPriority);
    expect(priorities).toEqual([...priorities].sort((left, right) => left - right));
  });

  it('is rejected where its advisory was withdrawn, by its own database', () => {
    const { status, risk } = judge(
      cveFacts({ vulnerabilityId: 'GHSA-aaaa-bbbb-cccc', nvd: found(nvdRecord({ rejected: true })) }),
    );
    expect([status, risk.factors[0]?.source]).toEqual(['rejected', 'OSV']);
  });
});
