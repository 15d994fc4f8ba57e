import { scoreFinding } from '../../src/agents/scoring/score-findings.ts';
import type { Finding } from '../../src/domain/assessment/finding-schema.ts';
import type { AssessmentHead } from '../../src/domain/assessment/schema.ts';
import type { CveId } from '../../src/domain/cve/cve-id.ts';
import { bareSubject } from '../../src/domain/finding/subject.ts';
import type { Report, ReportSettings } from '../../src/reports/report.ts';
import { describeMethod } from '../../src/runtime/describe-method.ts';
import { reportKnowledge } from '../../src/runtime/report-knowledge.ts';
import { cveFacts, epss, found, kevEntry, metric, nvdRecord } from './cve-facts.ts';
import { SCORING_PARTS } from './scoring-parts.ts';

/** Findings and reports for tests of formats. */

/** A scored finding, changed where a test wants it. */
export function reportFinding(over: Partial<Finding> = {}): Finding {
  const cveId = (over.cveId ?? 'CVE-2024-1000') as CveId;
  const facts = cveFacts({
    vulnerabilityId: cveId,
    nvd: found(
      nvdRecord({ cveId, cvss: [metric('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H')], title: 'Example flaw' }),
    ),
    kev: found(kevEntry({ cveId, knownRansomwareCampaignUse: 'Known' })),
    epss: epss(0.42),
  });
  const scored = scoreFinding(
    { id: over.id ?? `id-${cveId}`, subject: bareSubject(cveId), facts },
    '2026-03-01',
    SCORING_PARTS,
  );
  return {
    ...scored.finding,
    cwes: ['CWE-502'],
    narrative: {
      summary: 'A flaw in an example.',
      threat: 'It is exploited.',
      remediation: 'Update the example.',
      businessImpact: '',
      source: 'rules',
      model: null,
      citations: [],
      notes: [],
    },
    ...over,
  };
}

export const ASSET: NonNullable<Finding['asset']> = {
  id: 'web-1',
  name: 'Shop front',
  criticality: 5,
  exposure: 'open',
  environment: 'production',
  owner: 'Shop team',
  dataSensitivity: 'restricted',
  controls: ['waf'],
  source: 'assets.csv',
};
export const COMPONENT: NonNullable<Finding['component']> = {
  purl: 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1',
  cpe: null,
  name: 'log4j-core',
  installedVersion: '2.14.1',
  fixedVersion: '2.17.1',
};

/** Nothing is known of it but its id. */
export const NOTHING_KNOWN = {
  description: null,
  published: null,
  lastModified: null,
  cwes: [],
  affected: [],
  cvss: null,
  epss: null,
  kev: null,
  kevStatus: 'unknown',
  attack: [],
  ssvc: null,
  bod2604: null,
} as const satisfies Partial<Finding>;
const NOT_JUDGED = { likelihood: null, impact: null, score: null, level: null, priority: 0, factors: [], unknowns: [] };
const SILENT = {
  summary: '',
  threat: '',
  remediation: '',
  businessImpact: '',
  source: 'rules',
  model: null,
  citations: [],
  notes: [] as string[],
} as const;
const vex = (over: Partial<NonNullable<Finding['vex']>>): NonNullable<Finding['vex']> => ({
  status: 'not_affected',
  justification: null,
  detail: null,
  author: null,
  at: null,
  ...over,
});

/** One finding of each kind that there is, with every gap that there can be. */
export const EVERY_KIND: readonly Finding[] = [
  reportFinding({
    id: 'f1',
    asset: ASSET,
    component: COMPONENT,
    evidence: [{ file: 'app/pom.xml', position: 'line 12', tool: 'grype', severity: 'Critical' }],
  }),
  reportFinding({
    id: 'f2',
    component: { ...COMPONENT, purl: null, cpe: 'cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:*', fixedVersion: null },
    evidence: [{ file: 'report.json', position: '/vulnerabilities/0', tool: null, severity: null }],
  }),
  reportFinding({
    id: 'f3',
    asset: { ...ASSET, id: 'db-1', name: null, criticality: null, exposure: 'unknown', environment: null, owner: null },
  }),
  reportFinding({
    id: 'f4',
    cveId: 'CVE-2024-1001',
    affected: [
      { vendor: 'apache', product: 'log4j', versions: '< 2.17.1' },
      { vendor: 'apache', product: 'log4j', versions: '< 2.17.1' },
    ],
    status: 'incomplete',
    cvss: null,
    epss: null,
    kevStatus: 'unknown',
    kev: null,
  }),
  reportFinding({
    id: 'f5',
    cveId: 'CVE-2024-1002',
    ...NOTHING_KNOWN,
    status: 'not_found',
    title: 'CVE-2024-1002',
    risk: NOT_JUDGED,
    narrative: { ...SILENT, citations: [], notes: [] },
  }),
  reportFinding({
    id: 'f6',
    cveId: 'CVE-2024-1003',
    ...NOTHING_KNOWN,
    status: 'rejected',
    title: '',
    risk: NOT_JUDGED,
    component: COMPONENT,
  }),
  reportFinding({
    id: 'f7',
    vulnerabilityId: 'GHSA-jfh8-c2jp-5v3q',
    cveId: null,
    aliases: ['SNYK-JAVA-1', 'CVE-2024-1004'],
    cvss: {
      version: '4.0',
      vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
      baseScore: 9.3,
      severity: 'CRITICAL',
      source: 'GHSA',
      environmental: null,
    },
    component: { ...COMPONENT, purl: 'pkg:npm/left-pad@1.0.0', name: null },
  }),
  reportFinding({
    id: 'f8',
    vulnerabilityId: 'EX-2024-1',
    cveId: null,
    ...NOTHING_KNOWN,
    component: { purl: null, cpe: null, name: 'thing', installedVersion: null, fixedVersion: null },
  }),
  reportFinding({
    id: 'f9',
    cveId: 'CVE-2024-1005',
    component: COMPONENT,
    vex: vex({
      justification: 'vulnerable_code_not_present',
      detail: 'never called',
      author: 'Example Org',
      at: '2024-05-01T00:00:00Z',
    }),
    risk: NOT_JUDGED,
    ssvc: null,
    bod2604: null,
  }),
  reportFinding({
    id: 'f10',
    cveId: 'CVE-2024-1006',
    component: COMPONENT,
    vex: vex({ justification: 'requires_configuration', at: 'yesterday' }),
    risk: NOT_JUDGED,
    ssvc: null,
    bod2604: null,
  }),
  reportFinding({
    id: 'f11',
    cveId: 'CVE-2024-1007',
    component: COMPONENT,
    vex: vex({ status: 'fixed' }),
    risk: NOT_JUDGED,
    ssvc: null,
    bod2604: null,
  }),
  reportFinding({ id: 'f12', cveId: 'CVE-2024-1008', vex: vex({ status: 'affected', detail: 'We look.' }) }),
  reportFinding({
    id: 'f13',
    cveId: 'CVE-2024-1009',
    component: COMPONENT,
    vex: vex({ status: 'under_investigation' }),
  }),
  reportFinding({
    id: 'f14',
    cveId: 'CVE-2024-1010',
    asset: ASSET,
    acceptance: {
      owner: 'Ann',
      reason: 'Behind a proxy',
      approver: 'Bo',
      acceptedAt: '2026-01-01T00:00:00Z',
      expiresAt: '2026-06-01T00:00:00Z',
      state: 'active',
    },
    cvss: {
      version: '2.0',
      vector: 'AV:N/AC:L/Au:N/C:P/I:P/A:P',
      baseScore: 7.5,
      severity: 'HIGH',
      source: 'nvd@nist.gov',
      environmental: null,
    },
  }),
  reportFinding({
    id: 'f15',
    cveId: 'CVE-2024-1011',
    cvss: {
      version: '3.1',
      vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
      baseScore: 5,
      severity: 'MEDIUM',
      source: 'wrong',
      environmental: null,
    },
    cwes: ['CWE-16', 'NVD-CWE-noinfo', 'CWE-79'],
  }),
  reportFinding({
    id: 'f16',
    cveId: 'CVE-2024-1012',
    cvss: {
      version: '3.0',
      vector: 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N',
      baseScore: 0,
      severity: 'NONE',
      source: 'nvd@nist.gov',
      environmental: null,
    },
    risk: { ...reportFinding().risk, level: 'Low' },
  }),
];

const FRESH = { origin: 'live', at: '2026-03-01T00:00:00Z' } as const;

/** Everything of an assessment but its findings. */
export function reportHead(over: Partial<AssessmentHead> = {}): AssessmentHead {
  return {
    schemaVersion: '1.0',
    id: '01JNDH0000000000000000000A',
    createdAt: '2026-03-01T00:00:00.000Z',
    finishedAt: '2026-03-01T00:00:01.000Z',
    request: { targets: ['x'], cveIds: ['CVE-2024-1000'], options: {} },
    dataAsOf: { nvd: FRESH, kev: FRESH, epss: FRESH, ssvc: FRESH, attack: FRESH },
    summary: {
      headline: 'Some findings',
      text: 'Some findings are to be fixed.',
      source: 'rules',
      citations: [],
      counts: { Critical: 1, High: 1, Medium: 0, Low: 0 },
      actions: ['Do.'],
    },
    usage: {
      llm: {
        calls: 0,
        inputTokens: 0,
        cacheWriteTokens: 0,
        cacheReadTokens: 0,
        outputTokens: 0,
        costUsd: 0,
        byModel: {},
        byAgent: {},
        groundingViolations: 0,
        refusals: 0,
      },
      http: { nvd: 1, kev: 1, epss: 1, ssvc: 1, attack: 1, servicenow: 0, osv: 0 },
      cache: { hits: 0, misses: 0, byNamespace: {} },
    },
    timings: { totalMs: 1, stages: [] },
    portfolio: null,
    gaps: [
      { cveId: 'CVE-2024-1001', source: 'epss', reason: 'HTTP 503' },
      { cveId: null, source: 'intake', reason: 'report.json: an entry cannot be read' },
    ],
    warnings: ['a warning'],
    ...over,
  };
}

/** A report of findings that are at hand. */
export function reportOf(findings: readonly Finding[], over: Partial<AssessmentHead> = {}): Report {
  return {
    head: reportHead(over),
    readFindings: async function* () {
      yield* findings;
    },
    readFindingsAsJson: async function* (separator) {
      yield Buffer.from(findings.map((finding) => JSON.stringify(finding)).join(separator));
    },
  };
}

export const REPORT_SETTINGS: ReportSettings = {
  useColor: false,
  version: '0.1.0',
  publisher: { name: 'Example Org', namespace: 'https://example.com', category: 'user' },
  ...reportKnowledge,
  document: async () => ({ method: describeMethod({ levels: null }, '0.1.0') }),
};

/** What a renderer writes, as one text. */
export async function renderText(
  render: (
    report: Report,
    write: (text: string | Uint8Array) => Promise<void>,
    settings: ReportSettings,
  ) => Promise<void>,
  report: Report,
  settings = REPORT_SETTINGS,
): Promise<string> {
  const pieces: Uint8Array[] = [];
  await render(report, async (text) => void pieces.push(Buffer.from(text)), settings);
  return Buffer.concat(pieces).toString();
}
