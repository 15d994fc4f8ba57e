import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { SnapshotDocument } from '../../src/domain/snapshot/document.ts';
import { parseSnapshot } from '../../src/domain/snapshot/snapshot.ts';
import type { SourceName } from '../../src/domain/source/lookup.ts';
import { type Coverage, measureCoverage } from './coverage.ts';

export const SNAPSHOT_FILE = 'snapshot.json.br';
export const MANIFEST_FILE = 'snapshot.manifest.json';
/** What the package may carry. */
export const MAX_BYTES = 2 * 1024 * 1024;

/** What the committed snapshot is: made from what, how complete, and how to tell that the file is unchanged. */
export interface SnapshotManifest {
  readonly schemaVersion: number;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Hash of the unpacked JSON, which does not depend on the compressor's version. */
  readonly contentSha256: string;
  /** The newest moment of each source's facts. */
  readonly asOf: Readonly<Record<SourceName, string>>;
  readonly builtFrom: Readonly<Record<string, string>>;
  readonly coverage: Coverage;
  readonly gaps: readonly string[];
  readonly attributions: readonly string[];
}

const BUILT_FROM: Readonly<Record<string, string>> = {
  kev: "CISA's Known Exploited Vulnerabilities catalogue, whole (texts left out)",
  nvd: "NVD CVE API 2.0 records; where there was none, NVD's feed 1.1 of 2022-10-20",
  ssvc: 'CVE Program records with the container of CISA (Vulnrichment)',
  epss: "FIRST's EPSS, one day, most CVEs",
  attack: 'MITRE ATT&CK Enterprise: ids, names, tactics, groups that use a technique',
  mappings: 'Center for Threat-Informed Defense: KEV to ATT&CK (2025-07-28), CVE to ATT&CK (2021)',
  cweNames: "MITRE's CWE, names as CVE records state them",
};

const ATTRIBUTIONS: readonly string[] = [
  'This product uses the NVD API but is not endorsed or certified by the NVD.',
  'EPSS scores: FIRST, Exploit Prediction Scoring System (https://www.first.org/epss).',
  "KEV and Vulnrichment: CISA, CC0 1.0. CISA's name does not imply endorsement.",
  'CVE records: the CVE Program, under its terms of use. CVE is a trademark of The MITRE Corporation.',
  "© The MITRE Corporation. ATT&CK and CWE names are reproduced and distributed with MITRE's permission under their terms of use.",
  'ATT&CK mappings: MITRE Engenuity Center for Threat-Informed Defense, Apache-2.0.',
];

/** The two files as they are committed: the compressed document and its manifest. */
export function packSnapshot(document: SnapshotDocument): {
  readonly file: Buffer;
  readonly manifest: SnapshotManifest;
} {
  const content = Buffer.from(JSON.stringify(document));
  const file = brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
  return { file, manifest: describeSnapshot(file, content) };
}

/** What is wrong with a committed snapshot in the light of its manifest; null where they match. */
export function findMismatch(file: Buffer, manifest: unknown): string | null {
  if (file.length > MAX_BYTES) return `it has ${file.length} bytes, more than ${MAX_BYTES}`;
  const stated = manifest as Partial<SnapshotManifest> | null;
  if (stated?.sha256 !== sha256(file)) return 'its hash is not the one in the manifest';
  const actual = describeSnapshot(file, brotliDecompressSync(file));
  for (const field of Object.keys(actual) as (keyof SnapshotManifest)[]) {
    if (!isDeepStrictEqual(stated[field], actual[field])) return `the manifest's "${field}" does not describe it`;
  }
  return null;
}

function describeSnapshot(file: Buffer, content: Buffer): SnapshotManifest {
  const snapshot = parseSnapshot(JSON.parse(content.toString('utf8')));
  const coverage = measureCoverage(snapshot);
  return {
    schemaVersion: 1,
    file: SNAPSHOT_FILE,
    bytes: file.length,
    sha256: sha256(file),
    contentSha256: sha256(content),
    asOf: snapshot.asOf,
    builtFrom: BUILT_FROM,
    coverage,
    gaps: describeGaps(coverage),
    attributions: ATTRIBUTIONS,
  };
}

function describeGaps(coverage: Coverage): string[] {
  const missing = (part: string, count: number) =>
    `${part}: missing for ${coverage.cves - count} of ${coverage.cves} CVEs`;
  return [
    missing('NVD record', coverage.nvdRecords),
    missing('CVE Program record', coverage.cveOrgRecords),
    missing("CISA's SSVC selection", coverage.ssvcSelections),
    missing('CVSS vector from any source', coverage.cvssFromAnySource),
    missing('EPSS score', coverage.epssScores),
    missing('published ATT&CK mapping', coverage.mapped),
    'What is missing is unavailable, not "none": the finding names it as a gap.',
  ];
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
