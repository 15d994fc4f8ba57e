import { scoreFinding } from '../../src/agents/scoring/score-findings.ts';
import { diffAssessments } from '../../src/domain/assessment/diff.ts';
import type { Finding } from '../../src/domain/assessment/finding-schema.ts';
import { toFindingState } from '../../src/domain/assessment/finding-state.ts';
import type { Portfolio } from '../../src/domain/assessment/loss-schema.ts';
import { bareSubject } from '../../src/domain/finding/subject.ts';
import { buildDocument, type DocumentInput } from '../../src/reports/document/build-document.ts';
import type { ReportDocument } from '../../src/reports/document/document.ts';
import { CVE, cveFacts, cveOrgRecord, found, kevEntry, selection } from './cve-facts.ts';
import { reportHead } from './report-findings.ts';
import { SCORING_PARTS } from './scoring-parts.ts';

/** Assessments for tests of reports: a scored finding with what a test is about, and a head around it. */
const SCORED = scoreFinding(
  {
    id: 'base',
    subject: bareSubject(CVE),
    facts: cveFacts({
      kev: found(kevEntry({ knownRansomwareCampaignUse: 'Known' })),
      ssvc: found(
        cveOrgRecord({ ssvc: selection({ exploitation: 'active', automatable: 'yes', technicalImpact: 'total' }) }),
      ),
    }),
  },
  '2026-03-01',
  SCORING_PARTS,
).finding;
const BASE: Finding = {
  ...SCORED,
  narrative: {
    summary: 'It is exploited.',
    threat: '',
    remediation: '',
    businessImpact: '',
    source: 'rules',
    model: null,
    citations: [],
    notes: [],
  },
};

/** A finding exploited by ransomware, due on 2026-03-04 with nothing known of its asset, but for what is given. */
export function exampleFinding(over: Partial<Finding> = {}): Finding {
  return { ...BASE, ...over };
}

export const EXAMPLE_ASSET: NonNullable<Finding['asset']> = {
  id: 'web-1',
  name: 'shop',
  criticality: 5,
  exposure: 'open',
  environment: 'production',
  owner: 'Platform team',
  dataSensitivity: null,
  controls: [],
  source: 'file',
};

const FRESH = { origin: 'live', at: '2026-03-01T00:00:00Z' } as const;

export const EXAMPLE_HEAD = reportHead({
  id: 'A1',
  createdAt: '2026-03-01T10:00:00Z',
  finishedAt: '2026-03-01T10:00:01Z',
  request: { targets: ['scan.json'], cveIds: [CVE], options: { offline: true } },
  dataAsOf: {
    nvd: FRESH,
    kev: FRESH,
    epss: FRESH,
    ssvc: { origin: 'mirror', at: '2025-12-24T00:00:00Z' },
    attack: FRESH,
  },
  summary: {
    headline: 'one',
    text: 'One is exploited. It is old.',
    source: 'rules',
    citations: [{ claim: 'One is exploited.', evidence: 'E1', source: 'CISA KEV', text: 'listed' }],
    counts: { Critical: 1, High: 0, Medium: 0, Low: 0 },
    actions: ['Mend it.'],
  },
  gaps: [],
  warnings: [],
});

export const EXAMPLE_PORTFOLIO: Portfolio = {
  ale: 120_000,
  standardError: 900,
  p50: 0,
  p90: 400_000,
  p95: 700_000,
  var95: 700_000,
  es95: 1_300_000,
  lossExceedance: [
    { loss: 10_000, probability: 0.4 },
    { loss: 100_000, probability: 0.25 },
    { loss: 400_000, probability: 0.1 },
    { loss: 1_500_000, probability: 0.01 },
  ],
  iterations: 10_000,
  seed: 7,
  assumptions: ['Assets fail on their own.'],
  findings: 2,
  assetCount: 1,
  fixCount: 1,
  assets: [
    {
      id: 'web-1',
      name: 'shop',
      findings: 2,
      eventsPerYear: 1.5,
      ale: 120_000,
      standardError: 900,
      var95: 700_000,
      es95: 1_300_000,
      lossExceedance: [],
    },
  ],
  fixes: [
    {
      fix: 'Upgrade log4j to 2.17.1',
      vulnerabilityIds: [CVE],
      assetIds: ['web-1'],
      findings: 2,
      assets: 1,
      cost: null,
      returnOnInvestment: null,
      aleRemoved: 90_000,
      cumulativeShare: 0.75,
    },
  ],
};

export const EXAMPLE_METHOD: DocumentInput['method'] = {
  version: '9.9.9',
  levels: { critical: 20, high: 12, medium: 6 },
  facts: [{ name: 'BOD 26-04', value: '1.0.0', source: 'CISA' }],
};

export async function* streamOf<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

/** A document of a few findings. */
export function exampleDocument(
  findings: Iterable<Finding>,
  over: Partial<Omit<DocumentInput, 'findings'>> = {},
): Promise<ReportDocument> {
  return buildDocument({ head: EXAMPLE_HEAD, method: EXAMPLE_METHOD, ...over, findings: streamOf(findings) });
}

/** A comparison of findings by id. */
export function exampleDiff(before: readonly Finding[], after: readonly Finding[]) {
  const states = (findings: readonly Finding[]) => new Map(findings.map((one) => [one.id, toFindingState(one)]));
  return { id: 'A0', createdAt: '2026-02-01T00:00:00Z', diff: diffAssessments(states(before), states(after)) };
}

/** Findings of a fix each, with names as long as they come: as much as page one can have to say. */
export function crowdedFindings(count: number): Finding[] {
  return Array.from({ length: count }, (_, n) =>
    exampleFinding({
      id: `f${n}`,
      vulnerabilityId: `CVE-2024-${3000 + n}`,
      asset: {
        ...EXAMPLE_ASSET,
        id: `a${n}`,
        name: `the shop front in the data centre ${n}`,
        owner: 'The platform team, north',
      },
      component: { purl: null, cpe: null, name: `a-component-${n}`, installedVersion: '1', fixedVersion: '2.0.1' },
    }),
  );
}

/** Three actions of several lines each. */
export const LONG_ACTIONS = Array.from(
  { length: 3 },
  () => `Remediate ${'this and that and something else, too; '.repeat(7)}`,
);
