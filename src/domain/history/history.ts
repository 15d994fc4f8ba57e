import type { CveId } from '../cve/cve-id.ts';
import type { NvdRecord } from '../cve/records.ts';
import type { CvssMetric } from '../cvss/cvss-metric.ts';
import type { EpssScore } from '../epss/epss-score.ts';
import type { KevEntry } from '../kev/kev-entry.ts';
import type { SourceName } from '../source/lookup.ts';

/** What changed of a CVE at a source: a field, what it was, and what it is. Values are readable as they stand; null is "not there". */
export interface Change {
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** A change, and when the mirror saw it (ISO 8601). */
export interface HistoryEntry extends Change {
  readonly cveId: CveId;
  readonly source: SourceName;
  readonly at: string;
}

/** Changes kept of one CVE and source; the oldest go first. */
export const MOST_CHANGES = 50;

/** A score that moves by less is the same forecast to whoever reads it. */
const EPSS_STEP = 0.01;

/** How EPSS' forecast moved; nothing where it stayed about where it was. */
function epssChanges(before: EpssScore | null, after: EpssScore | null): Change[] {
  if (before === null || after === null) return presence('epss', before?.probability, after?.probability);
  if (Math.abs(before.probability - after.probability) < EPSS_STEP) return [];
  return [{ field: 'epss', from: String(before.probability), to: String(after.probability) }];
}

/** What changed of a KEV entry: the listing itself, its due date, known ransomware use. */
function kevChanges(before: KevEntry | null, after: KevEntry | null): Change[] {
  if (before === null || after === null)
    return presence('kev', before?.dateAdded ?? before?.cveId, after?.dateAdded ?? after?.cveId);
  return (['dueDate', 'knownRansomwareCampaignUse'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, from: before[field], to: after[field] }));
}

/** What changed of a record's CVSS vectors. */
function cvssChanges(before: Pick<NvdRecord, 'cvss'> | null, after: Pick<NvdRecord, 'cvss'> | null): Change[] {
  // A CVE that the mirror meets for the first time has not changed.
  if (before === null || after === null) return [];
  const [from, to] = [vectorsOf(before.cvss), vectorsOf(after.cvss)];
  return from === to ? [] : [{ field: 'cvss', from, to }];
}

function vectorsOf(metrics: readonly CvssMetric[]): string | null {
  const vectors = metrics.map(({ source, vector }) => `${source} ${vector}`).sort();
  return vectors.length === 0 ? null : vectors.join('; ');
}

function presence(field: string, before: string | number | undefined, after: string | number | undefined): Change[] {
  if (before === undefined && after === undefined) return [];
  return [
    { field, from: before === undefined ? null : String(before), to: after === undefined ? null : String(after) },
  ];
}

/** What changed between two records of a source. */
export function changesBetween(source: SourceName, before: unknown, after: unknown): Change[] {
  switch (source) {
    case 'epss':
      return epssChanges(before as EpssScore | null, after as EpssScore | null);
    case 'kev':
      return kevChanges(before as KevEntry | null, after as KevEntry | null);
    case 'nvd':
    case 'ssvc':
      return cvssChanges(before as NvdRecord | null, after as NvdRecord | null);
    case 'attack':
      return [];
  }
}
