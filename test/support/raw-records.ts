/** A CVSS 3.1 metric of a made-up record. */
export interface RawCvss {
  readonly vector: string;
  readonly score: number;
  readonly severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';
}

/** The worst that a network can do. */
export const WORST_CVSS: RawCvss = {
  vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  score: 9.8,
  severity: 'CRITICAL',
};

/** What of a made-up NVD record matters to a test. */
export interface RawNvdParts {
  readonly description?: string;
  /** Null: not scored. */
  readonly cvss?: RawCvss | null;
  readonly cwe?: string;
  /** Without a zone, as NVD writes it. */
  readonly lastModified?: string;
  readonly configurations?: readonly unknown[];
}

/** A `cve` object as the NVD API 2.0 gives it. */
export function rawNvdRecord(id: string, parts: RawNvdParts = {}): Record<string, unknown> {
  const { description = 'A flaw.', cvss = null, cwe, lastModified = '2024-02-02T03:04:05.678', configurations } = parts;
  return {
    id,
    sourceIdentifier: 'cna@example.com',
    published: '2024-01-02T03:04:05.678',
    lastModified,
    vulnStatus: 'Analyzed',
    descriptions: [{ lang: 'en', value: description }],
    metrics: cvss === null ? {} : { cvssMetricV31: [toMetric(cvss)] },
    ...(cwe === undefined
      ? {}
      : { weaknesses: [{ source: 'nvd@nist.gov', type: 'Primary', description: [{ lang: 'en', value: cwe }] }] }),
    ...(configurations === undefined ? {} : { configurations }),
    references: [],
  };
}

function toMetric({ vector, score, severity }: RawCvss): unknown {
  return {
    source: 'nvd@nist.gov',
    type: 'Primary',
    cvssData: { version: '3.1', vectorString: vector, baseScore: score, baseSeverity: severity },
  };
}

/** A CVE JSON 5 record as the CVE Program gives it, with the containers of others that a test needs. */
export function rawCveRecord(id: string, adp?: readonly unknown[]): Record<string, unknown> {
  return {
    dataType: 'CVE_RECORD',
    dataVersion: '5.1',
    cveMetadata: { cveId: id, state: 'PUBLISHED', assignerShortName: 'example' },
    containers: {
      cna: { descriptions: [{ lang: 'en', value: 'A flaw.' }], providerMetadata: { orgId: 'x', shortName: 'example' } },
      ...(adp === undefined ? {} : { adp }),
    },
  };
}

/** CISA's catalogue of some CVEs. */
export function rawKevCatalogue(
  ids: readonly string[],
  { version = '2026.01.01', ransomware = 'Unknown' }: { version?: string; ransomware?: 'Known' | 'Unknown' } = {},
): Record<string, unknown> {
  return {
    title: 'CISA Catalog of Known Exploited Vulnerabilities',
    catalogVersion: version,
    dateReleased: '2026-01-01T00:00:00.000Z',
    count: ids.length,
    vulnerabilities: ids.map((cveID) => ({
      cveID,
      vendorProject: 'Example',
      product: 'Example',
      vulnerabilityName: 'Example Vulnerability',
      dateAdded: '2025-01-01',
      shortDescription: 'An example.',
      requiredAction: 'Apply the update.',
      dueDate: '2025-01-22',
      knownRansomwareCampaignUse: ransomware,
      notes: '',
      cwes: [],
    })),
  };
}
