import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../src/config/config.ts';
import type { Finding } from '../src/domain/assessment/finding-schema.ts';
import { systemClock } from '../src/kernel/clock.ts';
import type { NarrativePart, RankedFinding } from '../src/ports/assessment-store.ts';
import { openStore } from '../src/runtime/open-store.ts';
import { ASSET, COMPONENT, reportFinding, reportHead } from '../test/support/report-findings.ts';
import { type Figure, measureCommand, toFigure } from './measure.ts';

const FORMATS = ['csv', 'sarif', 'openvex', 'csaf', 'cyclonedx', 'html', 'pdf', 'docx'] as const;
const RUNS = 5;
/** Findings, the longest that a format may take, the formats. */
const SIZES = [
  [200, 1000, FORMATS],
  [5000, 5000, FORMATS],
  [100_000, Number.POSITIVE_INFINITY, ['csv', 'sarif']],
] as const;
const MOST_MB = 1024;

/** Stored assessments of several sizes rendered in each format of machines and of people, as whole processes. */
export async function benchReports(): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'eras-bench-reports-'));
  const figures: Figure[] = [];
  try {
    for (const [count, target, formats] of SIZES) {
      const id = await storeAssessment(home, count);
      for (const format of formats) figures.push(...(await measure(home, id, format, count, target)));
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  return figures;
}

async function measure(home: string, id: string, format: string, count: number, target: number): Promise<Figure[]> {
  const runs: Awaited<ReturnType<typeof measureCommand>>[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    // A new file each time: putting one in the place of another waits for the disk, some 0.1 s on ext4, whatever it holds.
    const output = join(home, `${id}-${run}.${format}`);
    runs.push(await measureCommand(['report', id, '--format', format, '--output', output], { ERAS_HOME: home }));
    rmSync(output);
  }
  const name = `\`eras report\` of ${count.toLocaleString('en')} findings as ${format}, whole process`;
  const time = toFigure(
    name,
    runs.map(({ ms }) => ms),
    target,
    'ms',
  );
  if (count <= 200) return [time];
  const peaks = runs.map(({ peakMb }) => peakMb);
  return [time, toFigure(`the same, greatest memory`, peaks, MOST_MB, 'MB')];
}

/** Findings on 100 assets in 500 components, four of each vulnerability, with texts as long as records have them. */
export async function storeAssessment(home: string, count: number): Promise<string> {
  const { assessments, close } = await openStore(loadConfig({ ERAS_HOME: home }, home), systemClock);
  const id = `bench-${count}`;
  const head = reportHead({ id });
  await assessments.createAssessment({
    id,
    createdAt: head.createdAt,
    request: head.request,
    intakeGaps: [],
    subjects: [],
    http: {},
  });
  const base = reportFinding();
  for (let start = 0; start < count; start += 1000) {
    const numbers = Array.from({ length: Math.min(1000, count - start) }, (_, index) => start + index);
    const findings = numbers.map((index) => toRanked(toFinding(base, index, `${id}-${index}`)));
    await assessments.saveFindings(id, findings);
  }
  await assessments.finishAssessment(id, head);
  await assessments.setStatus(id, 'done');
  await close();
  return id;
}

function toFinding(base: Finding, index: number, id: string): Finding {
  const cveId = `CVE-2024-${10_000 + Math.floor(index / 4)}`;
  const purl = `pkg:maven/org.example/component-${index % 500}@1.${index % 7}`;
  return {
    ...base,
    id,
    cveId,
    vulnerabilityId: cveId,
    description: `${'A flaw lets attackers run code of theirs by a request. '.repeat(8)}${index}`,
    asset: { ...ASSET, id: `asset-${index % 100}`, name: `server-${index % 100}` },
    component: { ...COMPONENT, purl, name: `component-${index % 500}` },
    evidence: [{ file: 'bom.json', position: `/vulnerabilities/${index}`, tool: 'scanner', severity: 'high' }],
  };
}

function toRanked({ narrative, ...finding }: Finding): RankedFinding {
  const part: NarrativePart = {
    citations: [],
    source: 'rules',
    model: null,
    notes: [],
    violations: 0,
    isCapped: false,
  };
  const { summary, threat, remediation, businessImpact } = narrative;
  const written = { vulnerability: { ...part, summary, remediation, businessImpact }, threat: { ...part, threat } };
  return { finding, written, priority: finding.risk.priority, sortKey: finding.id };
}
