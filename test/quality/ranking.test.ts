import { expect, it } from 'vitest';
import { toCveOrgRecord } from '../../src/adapters/cve-org/schema.ts';
import { parseEpssCsv } from '../../src/adapters/first-epss/daily-file.ts';
import type { CveId } from '../../src/domain/cve/cve-id.ts';
import type { CveOrgRecord } from '../../src/domain/cve/records.ts';
import { type CveFacts, UNKNOWN_ASSET } from '../../src/domain/finding/cve-facts.ts';
import { judgeFinding } from '../../src/scoring/finding/judge-finding.ts';
import { DEFAULT_LEVEL_THRESHOLDS } from '../../src/scoring/risk/level.ts';
import { describeWithTestData, readTestData, readTestJson, readTestJsonLines } from '../support/test-data.ts';

/**
 * Does the priority find what attackers use? The KEV entries among the records are hidden from the judgement (the catalogue is empty,
 * and CISA's "active" is taken back to what an analyst would have seen before), then looked for at the top of the ranking.
 * The scores are of 2026, after those events: the check compares rankings, it does not promise foresight.
 */
const FILES = ['cve/cve5_vulnrichment/cve5_cisa_adp.jsonl.gz', 'cve/cve5_vulnrichment/cve5_bulk_20000.jsonl.gz'];
const PROVENANCE = { origin: 'live', at: '2026-08-16T00:00:00.000Z' } as const;

interface Ranked {
  readonly isListed: boolean;
  readonly priority: number;
  readonly epss: number;
  readonly cvss: number;
}

async function rankRecords(): Promise<Ranked[]> {
  const day = await parseEpssCsv(readTestData('epss/epss_scores-2026-08-16.shared.csv.gz'));
  if (!day.ok) throw new Error(day.error);
  const epss = new Map(day.value.scores.map((score) => [score.cveId, score]));
  const kev = readTestJson('kev/known_exploited_vulnerabilities.json') as { vulnerabilities: { cveID: CveId }[] };
  const listed = new Set(kev.vulnerabilities.map(({ cveID }) => cveID));
  const ranked = new Map<CveId, Ranked>();
  for (const raw of FILES.flatMap(readTestJsonLines)) {
    const record = toCveOrgRecord(raw);
    if (!record.ok || record.value.rejected) continue;
    const { cveId } = record.value;
    const score = epss.get(cveId);
    if (score === undefined) continue;
    const facts: CveFacts = {
      vulnerabilityId: cveId,
      nvd: { kind: 'absent', provenance: PROVENANCE },
      ssvc: { kind: 'found', record: hideExploitation(record.value), provenance: PROVENANCE },
      kev: { kind: 'absent', provenance: PROVENANCE },
      epss: { kind: 'found', record: score, provenance: PROVENANCE },
      attack: [],
    };
    const context = { asset: UNKNOWN_ASSET, startDate: '2026-08-16', thresholds: DEFAULT_LEVEL_THRESHOLDS };
    const { exactPriority, metric } = judgeFinding(facts, context);
    const cvss = metric?.metric.baseScore ?? 0;
    ranked.set(cveId, { isListed: listed.has(cveId), priority: exactPriority, epss: score.probability, cvss });
  }
  return [...ranked.values()];
}

function hideExploitation(record: CveOrgRecord): CveOrgRecord {
  const { ssvc } = record;
  return ssvc?.exploitation === 'active' ? { ...record, ssvc: { ...ssvc, exploitation: 'none' } } : record;
}

/** The share of KEV entries among the first `share` of the ranking. */
function recallAt(share: number, ranked: readonly Ranked[], by: (one: Ranked) => number): number {
  const sorted = [...ranked].sort((left, right) => by(right) - by(left));
  const top = sorted.slice(0, Math.round(sorted.length * share));
  return top.filter(({ isListed }) => isListed).length / ranked.filter(({ isListed }) => isListed).length;
}

describeWithTestData('priority against EPSS and CVSS alone, KEV hidden', () => {
  it('finds as many KEV entries at the top as EPSS, and twice as many as CVSS', async () => {
    const ranked = await rankRecords();
    for (const share of [0.05, 0.1]) {
      const [ours, epss, cvss] = [
        recallAt(share, ranked, ({ priority }) => priority),
        recallAt(share, ranked, (one) => one.epss),
        recallAt(share, ranked, (one) => one.cvss),
      ];
      process.stdout.write(
        `top ${share * 100} % of ${ranked.length} (${ranked.filter(({ isListed }) => isListed).length} in KEV): priority ${ours.toFixed(3)}, EPSS ${epss.toFixed(3)}, CVSS ${cvss.toFixed(3)}\n`,
      );
      expect(ours).toBeGreaterThanOrEqual(epss);
      expect(ours).toBeGreaterThanOrEqual(2 * cvss);
    }
  });
});
