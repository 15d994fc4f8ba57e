import { type CweId, toCweIds } from '../../src/domain/cwe/cwe-id.ts';
import type { Snapshot } from '../../src/domain/snapshot/snapshot.ts';
import { recordOf } from '../../src/domain/source/lookup.ts';

/** How many of the snapshot's CVEs each part covers; what is missing is a gap, which the product names. */
export interface Coverage {
  readonly cves: number;
  readonly nvdRecords: number;
  readonly cveOrgRecords: number;
  readonly ssvcSelections: number;
  readonly cvssFromNvd: number;
  readonly cvssFromAnySource: number;
  readonly epssScores: number;
  readonly kevEntries: number;
  readonly mapped: number;
  /** CVEs with an NVD record, CISA's selection and an EPSS score. */
  readonly complete: number;
  readonly titles: number;
  readonly cweIdsUsed: number;
  readonly cweIdsUsedWithName: number;
  readonly attackTechniques: number;
  readonly attackGroups: number;
}

/** Counts the snapshot through its own look-ups, so that every entry is decoded once. */
export function measureCoverage(snapshot: Snapshot): Coverage {
  const cwes = new Set<CweId>();
  const rows = snapshot.cveIds.map((cveId) => {
    const nvd = recordOf(snapshot.nvd(cveId));
    const cveOrg = recordOf(snapshot.ssvc(cveId));
    const kev = recordOf(snapshot.kev(cveId));
    for (const record of [nvd, cveOrg, kev]) for (const id of toCweIds(record?.cwes ?? [])) cwes.add(id);
    const selection = cveOrg?.ssvc ?? nvd?.ssvc ?? null;
    return {
      nvd: nvd !== null,
      cveOrg: cveOrg !== null,
      ssvc: selection !== null,
      cvssNvd: (nvd?.cvss.length ?? 0) > 0,
      cvss: (nvd?.cvss.length ?? 0) + (cveOrg?.cvss.length ?? 0) > 0,
      epss: recordOf(snapshot.epss(cveId)) !== null,
      kev: kev !== null,
      mapped: snapshot.mappings(cveId).length > 0,
      title: snapshot.title(cveId) !== null,
    };
  });
  const count = (holds: (row: (typeof rows)[number]) => boolean) => rows.filter(holds).length;
  return {
    cves: rows.length,
    nvdRecords: count((row) => row.nvd),
    cveOrgRecords: count((row) => row.cveOrg),
    ssvcSelections: count((row) => row.ssvc),
    cvssFromNvd: count((row) => row.cvssNvd),
    cvssFromAnySource: count((row) => row.cvss),
    epssScores: count((row) => row.epss),
    kevEntries: count((row) => row.kev),
    mapped: count((row) => row.mapped),
    complete: count((row) => row.nvd && row.ssvc && row.epss),
    titles: count((row) => row.title),
    cweIdsUsed: cwes.size,
    cweIdsUsedWithName: [...cwes].filter((id) => snapshot.cweName(id) !== null).length,
    attackTechniques: snapshot.attack.techniques.length,
    attackGroups: snapshot.attack.groups.length,
  };
}
