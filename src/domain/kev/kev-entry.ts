import type { CveId } from '../cve/cve-id.ts';
import type { CweId } from '../cwe/cwe-id.ts';

/** One entry of CISA's Known Exploited Vulnerabilities catalogue, under CISA's names. */
export interface KevEntry {
  readonly cveId: CveId;
  readonly vendorProject: string;
  readonly product: string;
  readonly vulnerabilityName: string;
  readonly shortDescription: string;
  readonly requiredAction: string;
  /** `YYYY-MM-DD`; null where it cannot be read. */
  readonly dateAdded: string | null;
  /** `YYYY-MM-DD`; some entries of the catalogue are due before they were added. */
  readonly dueDate: string | null;
  readonly knownRansomwareCampaignUse: 'Known' | 'Unknown';
  readonly cwes: readonly CweId[];
}

/** The whole catalogue; a CVE that it does not list is not listed, as of its release. */
export interface KevCatalogue {
  readonly catalogVersion: string;
  /** ISO 8601. */
  readonly dateReleased: string;
  readonly entries: readonly KevEntry[];
  /** Entries that name no CVE that can be read, and are left out. */
  readonly unreadable: number;
}
