import type { CveId } from '../src/domain/cve/cve-id.ts';
import { type CveFacts, UNKNOWN_ASSET } from '../src/domain/finding/cve-facts.ts';
import { judgeFinding } from '../src/scoring/finding/judge-finding.ts';
import { DEFAULT_LEVEL_THRESHOLDS } from '../src/scoring/risk/level.ts';
import {
  cveFacts,
  cveOrgRecord,
  epss,
  found,
  kevEntry,
  metric,
  nvdRecord,
  selection,
} from '../test/support/cve-facts.ts';
import { type Figure, toFigure } from './measure.ts';

const COUNT = 10_000;
const RUNS = 7;
const LETTERS = ['N', 'L', 'H'] as const;

/** 10,000 findings decided, explained and ranked in this process, each with facts of its own. */
export function benchScoring(): Figure {
  const facts = Array.from({ length: COUNT }, (_, index) => toFacts(index));
  const context = { asset: UNKNOWN_ASSET, startDate: '2026-01-01', thresholds: DEFAULT_LEVEL_THRESHOLDS };
  const runs = Array.from({ length: RUNS }, () => {
    const startedAt = performance.now();
    const judged = facts.map((one) => judgeFinding(one, context));
    judged.sort((left, right) => right.exactPriority - left.exactPriority);
    return performance.now() - startedAt;
  });
  return toFigure(`${COUNT.toLocaleString('en')} findings scored and ranked, in process`, runs, 1000, 'ms');
}

function toFacts(index: number): CveFacts {
  const letter = (shift: number) => LETTERS[(index >> shift) % 3] ?? 'N';
  const vector = `CVSS:3.1/AV:${index % 4 === 0 ? 'L' : 'N'}/AC:L/PR:${letter(1)}/UI:N/S:U/C:${letter(2)}/I:${letter(3)}/A:${letter(4)}`;
  const cveId = `CVE-2024-${10_000 + index}` as CveId;
  return cveFacts({
    vulnerabilityId: cveId,
    nvd: found(
      nvdRecord({ cveId, cvss: [metric(vector), metric(vector, { source: 'cna@example.com', type: 'Secondary' })] }),
    ),
    ssvc: found(
      cveOrgRecord({
        cveId,
        ssvc: index % 3 === 0 ? null : selection({ automatable: index % 2 === 0 ? 'yes' : 'no' }),
      }),
    ),
    ...(index % 50 === 0 ? { kev: found(kevEntry({ cveId })) } : {}),
    epss: epss((index % 1000) / 1000),
  });
}
