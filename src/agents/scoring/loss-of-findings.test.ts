import { describe, expect, it } from 'vitest';
import { absent, CVE, cveFacts, epss, found, nvdRecord, unavailable } from '../../../test/support/cve-facts.ts';
import { TERMS } from '../../../test/support/loss-cases.ts';
import { SCORING_PARTS } from '../../../test/support/scoring-parts.ts';
import type { Asset } from '../../domain/asset/asset.ts';
import type { CveFacts } from '../../domain/finding/cve-facts.ts';
import { bareSubject } from '../../domain/finding/subject.ts';
import { scoreFinding } from './score-findings.ts';

const parts = { ...SCORING_PARTS, loss: TERMS };
const ASSET: Asset = {
  id: 'web-1',
  name: null,
  criticality: 5,
  exposure: 'open',
  environment: null,
  owner: null,
  humanImpact: null,
  missionImpact: null,
  eventLoss: { low: 1000, high: 9000 },
  susceptibility: null,
  source: 'assets.csv',
};

function findingOf(facts: Partial<CveFacts>, asset: Asset | null = ASSET, vexStatus: 'not_affected' | null = null) {
  const vex = vexStatus && {
    status: vexStatus,
    justification: 'component_not_present',
    detail: null,
    author: null,
    at: null,
  };
  const subject = { ...bareSubject(CVE), asset, vex };
  return scoreFinding({ id: 'finding-1', subject, facts: cveFacts({ epss: epss(0.2), ...facts }) }, '2026-03-01', parts)
    .finding;
}

describe('the loss of a scored finding', () => {
  it('is there where the asset says what an event costs', () => {
    expect(findingOf({}).loss).toMatchObject({ susceptibility: 0.1, magnitude: { p5: 1000, p95: 9000 } });
  });

  it.each([
    ['without an asset', findingOf({}, null)],
    ['on an asset that says nothing', findingOf({}, { ...ASSET, eventLoss: null })],
    ['of a rejected id', findingOf({ nvd: found(nvdRecord({ rejected: true })) })],
    ['of an id that nobody knows', findingOf({ nvd: absent, ssvc: absent, kev: absent, epss: absent })],
    ['of what VEX says is not affected', findingOf({}, ASSET, 'not_affected')],
  ])('is not there %s', (_, finding) => {
    expect(finding.loss).toBeNull();
    expect(finding.risk.unknowns.filter(({ affects }) => affects === 'loss.ale')).toEqual([]);
  });

  it('is null where EPSS could not be read, and what it would be is told', () => {
    const { loss, risk } = findingOf({ epss: unavailable });
    expect(loss).toBeNull();
    expect(risk.unknowns.find(({ affects }) => affects === 'loss.ale')).toMatchObject({
      name: 'epss',
      ifBetter: 'USD 0',
    });
  });
});
