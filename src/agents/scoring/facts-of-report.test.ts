import { describe, expect, it } from 'vitest';
import {
  absent,
  CVE,
  cveFacts,
  found,
  kevEntry,
  metric,
  nvdRecord,
  unavailable,
} from '../../../test/support/cve-facts.ts';
import { type CveFacts, UNKNOWN_ASSET } from '../../domain/finding/cve-facts.ts';
import { bareSubject, type Subject } from '../../domain/finding/subject.ts';
import { describeFinding } from '../../scoring/finding/describe-finding.ts';
import { judgeFinding } from '../../scoring/finding/judge-finding.ts';
import { DEFAULT_LEVEL_THRESHOLDS } from '../../scoring/risk/level.ts';
import { reportedFacts } from './facts-of-report.ts';

const WORST = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const MILD = 'CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N';
const AT = new Date('2026-03-01T00:00:00Z');

const by = (tool: string, over: Partial<Subject>): Subject => ({
  ...bareSubject(CVE),
  evidence: [{ file: 'scan.json', position: null, tool, severity: null }],
  ...over,
});
const says = (tool: string, cvssVectors: readonly string[], title: string | null = null) =>
  by(tool, { reported: { title, description: null, cvssVectors, cwes: ['CWE-502'], by: [tool] } });
const word = (severity: string | null) =>
  by('Grype', { evidence: [{ file: 'scan.json', position: null, tool: 'Grype', severity }] });
const factsOf = (subjects: readonly Subject[], over: Partial<CveFacts> = {}): CveFacts => ({
  ...cveFacts({ nvd: absent, ssvc: absent, kev: absent, epss: absent }),
  ...over,
  ...reportedFacts(subjects, AT),
});
const judge = (facts: CveFacts) =>
  judgeFinding(facts, { asset: UNKNOWN_ASSET, startDate: '2026-03-01', thresholds: DEFAULT_LEVEL_THRESHOLDS });

describe('a CVE id that neither NVD nor the CVE Program has', () => {
  it('is assessed with what its report says, and tells whose word that is', () => {
    const facts = factsOf([says('Trivy', [WORST], 'RCE in left')]);
    const { status, metric: chosen, risk, bod2604 } = judge(facts);
    expect([status, risk.level, bod2604?.timeline]).toEqual(['assessed', 'Critical', '3_days']);
    expect(chosen?.metric).toMatchObject({ vector: WORST, baseScore: 9.8, source: 'Trivy' });
    expect(risk.factors).toContainEqual(
      expect.objectContaining({ name: 'record', value: 'reported', source: 'Trivy' }),
    );
    expect(risk.factors).toContainEqual(expect.objectContaining({ name: 'cvss', value: WORST, source: 'Trivy' }));
    expect(describeFinding(facts, chosen, () => null)).toMatchObject({ title: 'RCE in left', cwes: ['CWE-502'] });
  });

  it('has the worst of the vectors that several report, whatever their order', () => {
    const all = [says('Grype', [MILD]), says('Trivy', [WORST])];
    for (const subjects of [all, all.toReversed()]) {
      expect(judge(factsOf(subjects)).metric?.metric.vector).toBe(WORST);
      expect(factsOf(subjects).reported?.record.by).toBe('Grype, Trivy');
    }
  });

  it('is judged by the word of its scanner where there is no vector, and not found where nobody says anything', () => {
    expect(judge(factsOf([word('Critical')]))).toMatchObject({ status: 'assessed', risk: { impact: 5 } });
    expect(judge(factsOf([word('Low')])).risk.impact).toBeLessThan(5);
    expect(judge(factsOf([word(null)])).status).toBe('not_found');
    expect(judge(factsOf([])).status).toBe('not_found');
  });

  it('stays incomplete, and at its worst, while a register could not be read', () => {
    const { status, metric: chosen, risk } = judge(factsOf([says('Trivy', [MILD])], { nvd: unavailable }));
    expect([status, risk.impact, chosen?.metric.vector]).toEqual(['incomplete', 5, MILD]);
    expect(risk.factors.find(({ name }) => name === 'record')?.effect).toMatch(/could be read/);
  });
});

describe('a CVE id whose record was taken back', () => {
  const takenBack = { ...says('OSV', [WORST], 'RCE in left'), register: 'withdrawn' } as const;

  it('is rejected where no register has it, and tells who says so', () => {
    for (const over of [{}, { nvd: unavailable, kev: unavailable }]) {
      const { status, risk, metric: chosen } = judge(factsOf([takenBack], over));
      expect([status, risk.level, chosen]).toEqual(['rejected', null, null]);
      expect(risk.factors).toMatchObject([{ value: 'rejected', source: 'OSV' }]);
    }
  });

  it('is assessed where a register or a scanner has it, without what the record says', () => {
    expect(judge(factsOf([takenBack], { kev: found(kevEntry({})) })).status).toBe('assessed');
    expect(judge(factsOf([takenBack, says('Trivy', [MILD])])).metric?.metric.vector).toBe(MILD);
    expect(judge(factsOf([takenBack, says('Trivy', [MILD])])).status).toBe('assessed');
  });
});

describe('a CVE id that a register describes', () => {
  it("has the register's vector, not the report's", () => {
    const facts = factsOf([says('Trivy', [WORST])], { nvd: found(nvdRecord({ cvss: [metric(MILD)] })) });
    expect(judge(facts).metric?.metric.vector).toBe(MILD);
  });
});
