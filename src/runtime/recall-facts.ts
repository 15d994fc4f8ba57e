import { recallRecords } from '../agents/intelligence/record-gatherer.ts';
import type { CveId } from '../domain/cve/cve-id.ts';
import type { CveOrgRecord, NvdRecord } from '../domain/cve/records.ts';
import type { EpssScore } from '../domain/epss/epss-score.ts';
import type { CveFacts } from '../domain/finding/cve-facts.ts';
import type { KevEntry } from '../domain/kev/kev-entry.ts';
import type { Snapshot } from '../domain/snapshot/snapshot.ts';
import type { Mirror } from '../ports/mirror.ts';

/** What is at hand of CVEs, whatever its age: from the mirror or the bundled snapshot. */
export function recallFacts(mirror: Mirror, snapshot: Snapshot, cveIds: readonly CveId[]): Omit<CveFacts, 'attack'>[] {
  const nvd = recallRecords<NvdRecord>({ mirror, snapshot: snapshot.nvd }, 'nvd', cveIds);
  const ssvc = recallRecords<CveOrgRecord>({ mirror, snapshot: snapshot.ssvc }, 'ssvc', cveIds);
  const kev = recallRecords<KevEntry>({ mirror, snapshot: snapshot.kev }, 'kev', cveIds);
  const epss = recallRecords<EpssScore>({ mirror, snapshot: snapshot.epss }, 'epss', cveIds);
  const nothing = { kind: 'unavailable', reason: 'nothing is at hand' } as const;
  return cveIds.map((vulnerabilityId, place) => ({
    vulnerabilityId,
    nvd: nvd[place]?.lookup ?? nothing,
    ssvc: ssvc[place]?.lookup ?? nothing,
    kev: kev[place]?.lookup ?? nothing,
    epss: epss[place]?.lookup ?? nothing,
  }));
}
