import type { ThreatInput } from '../../src/scoring/threat-mapping/threat-input.ts';
import { joinLabels, type Labels, loadLabels } from './labels.ts';
import { loadKevInputs, loadRecordInputs } from './records.ts';

/** Which sources a view of a CVE draws on; `record` is CVE.org's and NVD's, the usual case in production. */
export type View = 'all' | 'kev' | 'record' | 'record_without_vector' | 'weakness_and_vector';

/** The views of {@link View}, in order. */
export const VIEWS: readonly View[] = ['all', 'kev', 'record', 'record_without_vector', 'weakness_and_vector'];

/** A labelled CVE with what the sources say of it. */
export interface LabelledCve {
  readonly cveId: string;
  readonly labels: Labels;
  /** Techniques of any role. */
  readonly techniques: ReadonlySet<string>;
  /** Absent where the sources of the view say nothing. */
  readonly views: Readonly<Partial<Record<View, ThreatInput>>>;
}

/** The labelled CVEs for which the data has a text, by id, and how many are labelled in all. */
export interface LabelledData {
  readonly cves: readonly LabelledCve[];
  readonly labelledCount: number;
}

/** Joins CTID's mappings with the descriptions, weaknesses and vectors of the folder of real records. */
export function loadLabelledCves(folder: string): LabelledData {
  const labels = loadLabels(folder);
  const cveIds = new Set(labels.keys());
  const kev = loadKevInputs(folder, cveIds);
  const records = loadRecordInputs(folder, cveIds);
  const cves: LabelledCve[] = [];
  for (const cveId of [...cveIds].sort()) {
    const own = labels.get(cveId);
    const views = toViews(kev.get(cveId), records.get(cveId));
    if (own !== undefined && views !== null) cves.push({ cveId, labels: own, techniques: joinLabels(own), views });
  }
  return { cves, labelledCount: labels.size };
}

function toViews(kev: ThreatInput | undefined, record: ThreatInput | undefined): LabelledCve['views'] | null {
  const parts = [kev, record].filter((part) => part !== undefined);
  if (parts.length === 0) return null;
  const all: ThreatInput = {
    texts: parts.flatMap((part) => part.texts),
    cwes: [...new Set(parts.flatMap((part) => part.cwes))],
    cvssVectors: parts.flatMap((part) => part.cvssVectors),
  };
  const hasFacts = all.cwes.length > 0 || all.cvssVectors.length > 0;
  return {
    all,
    ...(kev && { kev }),
    ...(record && { record, record_without_vector: { ...record, cvssVectors: [] } }),
    ...(hasFacts && { weakness_and_vector: { ...all, texts: [] } }),
  };
}
