import type { Finding } from '../../domain/assessment/finding-schema.ts';
import type { SecurityRequirements } from '../../domain/asset/control.ts';
import { composeTitle } from '../../domain/cve/compose-title.ts';
import type { AffectedProduct, CveOrgRecord, NvdRecord } from '../../domain/cve/records.ts';
import type { CvssMetric } from '../../domain/cvss/cvss-metric.ts';
import type { CweId } from '../../domain/cwe/cwe-id.ts';
import type { CveFacts } from '../../domain/finding/cve-facts.ts';
import type { KevEntry } from '../../domain/kev/kev-entry.ts';
import { findWeaknessClass } from '../../domain/kev/weakness-class.ts';
import { recordOf } from '../../domain/source/lookup.ts';
import { environmentalMetric } from '../cvss/environmental-metric.ts';
import type { ChosenMetric } from './chosen-metric.ts';

/** The descriptive part of a finding: what the records say, merged. */
export type FindingDescription = Pick<
  Finding,
  'title' | 'description' | 'published' | 'lastModified' | 'cwes' | 'affected' | 'cvss' | 'epss' | 'kev' | 'kevStatus'
>;

/** Products listed with a finding; the records keep more. */
const AFFECTED_LIMIT = 20;

/**
 * Merges the records of one CVE. NVD's description and products go before the CVE Program's, the assigner's title before one that
 * is composed; weaknesses are the union. What no source gives is null.
 */
export function describeFinding(
  facts: CveFacts,
  metric: ChosenMetric | null,
  cweName: (cweId: CweId) => string | null,
  requirements: SecurityRequirements | null = null,
): FindingDescription {
  const nvd = recordOf(facts.nvd);
  const cveOrg = recordOf(facts.ssvc);
  const kev = recordOf(facts.kev);
  const epss = recordOf(facts.epss);
  const cwes = [
    ...new Set([
      ...(nvd?.cwes ?? []),
      ...(cveOrg?.cwes ?? []),
      ...(kev?.cwes ?? []),
      ...(facts.reported?.record.cwes ?? []),
    ]),
  ];
  const affected = (nvd?.affected.length ? nvd.affected : (cveOrg?.affected ?? [])).slice(0, AFFECTED_LIMIT);
  return {
    title: titleOf(facts, affected, cwes, cweName),
    description: nvd?.description ?? cveOrg?.description ?? null,
    published: earliest(nvd, cveOrg),
    lastModified: nvd?.lastModified ?? cveOrg?.lastModified ?? null,
    cwes,
    affected,
    cvss: metric && describeMetric(metric.metric, requirements),
    epss: epss && { probability: epss.probability, percentile: epss.percentile, date: epss.date },
    kev: kev && describeKevEntry(kev),
    kevStatus: facts.kev.kind === 'unavailable' ? 'unknown' : facts.kev.kind === 'found' ? 'listed' : 'not_listed',
  };
}

function describeMetric(metric: CvssMetric, requirements: SecurityRequirements | null): Finding['cvss'] {
  const { version, vector, baseScore, severity, source } = metric;
  const environmental = requirements && environmentalMetric(metric, requirements);
  return { version, vector, baseScore, severity, source, environmental };
}

function describeKevEntry({ dateAdded, dueDate, knownRansomwareCampaignUse }: KevEntry): Finding['kev'] {
  return { dateAdded, dueDate, knownRansomwareCampaignUse };
}

function titleOf(
  facts: CveFacts,
  affected: readonly AffectedProduct[],
  cwes: readonly CweId[],
  cweName: (cweId: CweId) => string | null,
): string {
  const given = recordOf(facts.ssvc)?.title ?? recordOf(facts.nvd)?.title ?? facts.reported?.record.title;
  if (given) return given;
  const kev = recordOf(facts.kev);
  const [first] = affected;
  const composed = composeTitle({
    vendor: first?.vendor ?? kev?.vendorProject ?? null,
    product: first?.product ?? kev?.product ?? null,
    cwes,
    cweName,
    weakness: kev === null ? null : findWeaknessClass(kev.vulnerabilityName),
  });
  return composed ?? facts.vulnerabilityId;
}

/** NVD publishes after the CVE Program; the earlier of the two is when the world could know. */
function earliest(nvd: NvdRecord | null, cveOrg: CveOrgRecord | null): string | null {
  const [first] = [nvd?.published, cveOrg?.published].filter((time) => typeof time === 'string').sort();
  return first ?? null;
}
