import { beforeAll, expect, it } from 'vitest';
import { parseCvssVector } from '../../src/domain/cvss/cvss-vector.ts';
import { type MetricsView, readPartialAs, viewMetrics } from '../../src/scoring/cvss/metrics-view.ts';
import { scoreImpact } from '../../src/scoring/risk/impact.ts';
import { deriveAutomatable, deriveTechnicalImpact } from '../../src/scoring/ssvc/derive.ts';
import { describeWithTestData, readTestJson } from '../support/test-data.ts';

/** A record of NVD's feed 1.1, the fields used. */
interface Item {
  readonly impact: {
    readonly baseMetricV2?: { readonly cvssV2: { readonly vectorString: string } };
    readonly baseMetricV3?: { readonly cvssV3: { readonly vectorString: string } };
  };
}

// NVD scored these in v2.0 and v3.x: what the older vector is taken to mean is held against what the later one says.
describeWithTestData('what is read out of v2.0 vectors, against the v3.x vector of the same record', () => {
  let pairs: readonly Pair[] = [];
  beforeAll(() => {
    pairs = readPairs('cve/nvd11/nvdcve-1.1-sample.json.gz');
  });

  it('is measured on every record that has both', () => {
    expect(pairs).toHaveLength(1500);
  });

  it('never calls technical impact partial that is total, but in one of a hundred, and leaves the rest open', () => {
    const decided = pairs.filter(([v2]) => deriveTechnicalImpact(v2) !== null);
    const agreeing = decided.filter(([v2, v3]) => deriveTechnicalImpact(v2) === deriveTechnicalImpact(v3));
    process.stdout.write(
      `technical impact of v2.0: decided in ${decided.length} of ${pairs.length}, ${share(agreeing, decided)} of them as v3.x\n`,
    );
    expect(agreeing.length / decided.length).toBeGreaterThanOrEqual(0.99);
  });

  it('calls automatable what v3.x does', () => {
    const agreeing = pairs.filter(([v2, v3]) => deriveAutomatable(v2) === deriveAutomatable(v3));
    process.stdout.write(`automatable of v2.0: ${share(agreeing, pairs)} as v3.x\n`);
    expect(agreeing.length / pairs.length).toBeGreaterThanOrEqual(0.98);
  });

  it('is no lower an impact than v3.x gives, and mostly the same', () => {
    const impacts = pairs.map(([v2, v3]) => [impactOf(v2), impactOf(v3)] as const);
    const lower = impacts.filter(([v2, v3]) => v2 < v3);
    const same = impacts.filter(([v2, v3]) => v2 === v3);
    process.stdout.write(
      `impact of v2.0: ${share(lower, impacts)} lower than v3.x, ${share(same, impacts)} the same\n`,
    );
    expect(lower.length / impacts.length).toBeLessThanOrEqual(0.02);
    expect(same.length / impacts.length).toBeGreaterThanOrEqual(0.85);
  });
});

type Pair = readonly [v2: MetricsView, v3: MetricsView];

function readPairs(path: string): Pair[] {
  const { CVE_Items } = readTestJson(path) as { CVE_Items: readonly Item[] };
  return CVE_Items.flatMap(({ impact }) => {
    const v2 = viewOf(impact.baseMetricV2?.cvssV2.vectorString);
    const v3 = viewOf(impact.baseMetricV3?.cvssV3.vectorString);
    return v2 === null || v3 === null ? [] : [[v2, v3] as const];
  });
}

function viewOf(text: string | undefined): MetricsView | null {
  const vector = text === undefined ? null : parseCvssVector(text);
  return vector?.ok ? viewMetrics(vector.value) : null;
}

function impactOf({ anySystem, scopeChanged }: MetricsView): number {
  const view = { anySystem: readPartialAs('high', anySystem), scopeChanged };
  return scoreImpact({ view, technicalImpact: 'partial', criticality: 5 });
}

function share(part: readonly unknown[], whole: readonly unknown[]): string {
  return `${((100 * part.length) / whole.length).toFixed(1)} %`;
}
