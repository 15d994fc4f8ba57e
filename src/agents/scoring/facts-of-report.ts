import type { CveId } from '../../domain/cve/cve-id.ts';
import type { NvdRecord } from '../../domain/cve/records.ts';
import type { CvssMetric } from '../../domain/cvss/cvss-metric.ts';
import { parseCvssVector } from '../../domain/cvss/cvss-vector.ts';
import { toCweIds } from '../../domain/cwe/cwe-id.ts';
import type { CveFacts } from '../../domain/finding/cve-facts.ts';
import { parseStatedSeverity, worstStatedSeverity } from '../../domain/finding/stated-severity.ts';
import type { Subject } from '../../domain/finding/subject.ts';
import type { Lookup } from '../../domain/source/lookup.ts';
import { scoreCvss } from '../../scoring/cvss/score-cvss.ts';

/**
 * Facts of a vulnerability without a CVE id: what its advisory or the report says of it stands in for a record. KEV, EPSS and the CVE Program
 * know CVE ids only, so that they do not list it is a fact; that nothing at all was said of it is a gap.
 */
export function factsOfReport(
  vulnerabilityId: string,
  subjects: readonly Subject[],
  readAt: Date,
): Omit<CveFacts, 'attack'> {
  const provenance = { origin: 'live', at: readAt.toISOString() } as const;
  const absent = { kind: 'absent', provenance } as const;
  const reported = subjects.find((subject) => subject.reported !== null)?.reported ?? null;
  const isWithdrawn = subjects.some(({ register }) => register === 'withdrawn');
  const reason = 'it has no CVE id, and neither an advisory nor the report describes it';
  const unread: Lookup<NvdRecord> = subjects.every(({ register }) => register === 'unknown')
    ? absent
    : { kind: 'unavailable', reason };
  const nvd: Lookup<NvdRecord> =
    reported === null
      ? unread
      : { kind: 'found', record: { ...toRecord(vulnerabilityId, reported), rejected: isWithdrawn }, provenance };
  const statedSeverity = worstStatedSeverity(
    subjects.flatMap(({ evidence }) => evidence.map(({ severity }) => severity)),
  );
  return { vulnerabilityId, nvd, ssvc: absent, kev: absent, epss: absent, statedSeverity };
}

/**
 * What reports and advisories say of a CVE id, for where neither NVD nor the CVE Program describes it. Of several vectors the newest version counts, and
 * of these the worst. Empty where nobody says anything but that the id is there. A record that was taken back says only that, and only where nobody says anything else.
 */
export function reportedFacts(given: readonly Subject[], readAt: Date): Pick<CveFacts, 'reported' | 'statedSeverity'> {
  const subjects = given.filter(({ register }) => register !== 'withdrawn');
  if (subjects.length === 0 && given.length > 0) return withdrawnFacts(given, readAt);
  const all = [...new Set(subjects.flatMap(({ reported }) => reported ?? []))];
  const said = subjects.flatMap(({ evidence }) => evidence.filter(({ severity }) => isWord(severity)));
  if (all.length + said.length === 0) return {};
  const tools = all.length > 0 ? all.flatMap(({ by = [] }) => by) : said.map(({ tool }) => tool ?? 'the report');
  const by = [...new Set(tools)].sort();
  const cvss = all.flatMap((one) => one.cvssVectors.flatMap((vector) => toMetric(vector, one.by?.join(', '))));
  return {
    statedSeverity: worstStatedSeverity(said.map(({ severity }) => severity)),
    reported: {
      kind: 'found',
      record: {
        title: all.flatMap(({ title }) => title ?? []).sort()[0] ?? null,
        cwes: [...new Set(all.flatMap(({ cwes }) => toCweIds(cwes)))].sort(),
        cvss: cvss.sort((one, other) => other.baseScore - one.baseScore || (one.vector < other.vector ? -1 : 1)),
        by: by.length > MOST_NAMED ? `${by.slice(0, MOST_NAMED).join(', ')} and others` : by.join(', '),
      },
      provenance: { origin: 'live', at: readAt.toISOString() },
    },
  };
}

function withdrawnFacts(subjects: readonly Subject[], readAt: Date): Pick<CveFacts, 'reported'> {
  const titles = subjects.flatMap(({ reported }) => reported?.title ?? []).sort();
  const tools = [
    ...new Set(subjects.flatMap(({ evidence }) => evidence.map(({ tool }) => tool ?? 'the record'))),
  ].sort();
  return {
    reported: {
      kind: 'found',
      record: {
        title: titles[0] ?? null,
        cwes: [],
        cvss: [],
        by: tools.slice(0, MOST_NAMED).join(', '),
        isWithdrawn: true,
      },
      provenance: { origin: 'live', at: readAt.toISOString() },
    },
  };
}

/** Who reports something is named as far as one can read it. */
const MOST_NAMED = 5;

function isWord(severity: string | null): boolean {
  return severity !== null && parseStatedSeverity(severity) !== null;
}

function toRecord(vulnerabilityId: string, reported: NonNullable<Subject['reported']>): NvdRecord {
  return {
    // Only a label here: such a record is never looked up or stored by it.
    cveId: vulnerabilityId as CveId,
    rejected: false,
    status: 'reported',
    title: reported.title,
    description: reported.description,
    published: null,
    lastModified: null,
    cwes: toCweIds(reported.cwes),
    affected: [],
    cvss: reported.cvssVectors.flatMap((vector) => toMetric(vector)),
    ssvc: null,
    exploitReferences: [],
  };
}

function toMetric(text: string, source = 'advisory'): CvssMetric[] {
  const vector = parseCvssVector(text.trim());
  if (!vector.ok) return [];
  const { baseScore, severity } = scoreCvss(vector.value);
  return [
    {
      version: vector.value.version,
      vector: vector.value.text,
      baseScore,
      severity,
      source,
      type: 'Primary',
    },
  ];
}
