import { parse } from 'csv-parse/sync';
import type { AttackRole } from '../../src/domain/attack/attack.ts';
import { type CveId, parseCveId } from '../../src/domain/cve/cve-id.ts';
import type { MappingTuple, PublicationTuple } from '../../src/domain/snapshot/document.ts';
import type { RecordsFolder } from './records-folder.ts';

/**
 * The two publications of the Center for Threat-Informed Defense, with the share of their mappings that an analyst is
 * expected to confirm. For the newer one (hand-made, reviewed) that is an estimate. For the older one it is measured:
 * of its 37 techniques for the 22 CVEs that both map, the newer one has 10.
 */
export const PUBLICATIONS: readonly PublicationTuple[] = [
  ['CTID, Known Exploited Vulnerabilities to ATT&CK, 2025-07-28', 0.9],
  ['CTID, CVE to ATT&CK, 2021', 0.3],
];
const KEV_MAPPINGS = 0;
const CVE_MAPPINGS = 1;

const ROLES: Readonly<Record<string, AttackRole>> = {
  exploitation_technique: 'exploitation',
  primary_impact: 'primary_impact',
  secondary_impact: 'secondary_impact',
  uncategorized: 'uncategorized',
};
const COLUMNS: Readonly<Record<string, AttackRole>> = {
  'Exploitation Technique': 'exploitation',
  'Primary Impact': 'primary_impact',
  'Secondary Impact': 'secondary_impact',
  Uncategorized: 'uncategorized',
};
const ROLE_ORDER: readonly AttackRole[] = ['exploitation', 'primary_impact', 'secondary_impact', 'uncategorized'];

/** Mappings by CVE, and how many were left out because their technique is not in the release of ATT&CK. */
export interface CollectedMappings {
  readonly byCve: ReadonlyMap<CveId, readonly MappingTuple[]>;
  readonly leftOut: number;
}

/**
 * Reads both publications. A CVE that the newer one maps keeps the newer one's mappings alone. Techniques that `isKnown`
 * denies (revoked ones, those of ATT&CK Mobile and ICS, misspelt ids) are left out and counted.
 */
export function collectMappings(
  folder: RecordsFolder,
  files: { readonly kev: string; readonly cve: string },
  isKnown: (techniqueId: string) => boolean,
): CollectedMappings {
  const byCve = new Map<CveId, MappingTuple[]>();
  let leftOut = 0;
  const newer = readKevMappings(folder.json(files.kev));
  const mapped = new Set(newer.map(([cveId]) => cveId));
  const older = readCveMappings(folder.text(files.cve)).filter(([cveId]) => !mapped.has(cveId));
  for (const [cveId, tuple] of [...newer, ...older]) {
    if (!isKnown(tuple[0])) {
      leftOut += 1;
      continue;
    }
    const tuples = byCve.get(cveId) ?? [];
    const isRepeated = tuples.some(([techniqueId, role]) => techniqueId === tuple[0] && role === tuple[1]);
    if (!isRepeated) tuples.push(tuple);
    byCve.set(cveId, tuples);
  }
  for (const tuples of byCve.values()) tuples.sort(compareMappings);
  return { byCve, leftOut };
}

type CveMapping = readonly [cveId: CveId, tuple: MappingTuple];

function readKevMappings(json: unknown): CveMapping[] {
  const { mapping_objects: objects } = json as {
    readonly mapping_objects: readonly { capability_id: string; mapping_type: string; attack_object_id: string }[];
  };
  return objects.flatMap((object): CveMapping[] => {
    const id = parseCveId(object.capability_id);
    const role = ROLES[object.mapping_type];
    return id.ok && role !== undefined ? [[id.value, [object.attack_object_id, role, KEV_MAPPINGS]]] : [];
  });
}

function readCveMappings(csv: string): CveMapping[] {
  const rows: readonly Record<string, string>[] = parse(csv, { columns: true, bom: true, trim: true });
  return rows.flatMap((row): CveMapping[] => {
    const id = parseCveId(row['CVE ID'] ?? '');
    if (!id.ok) return [];
    return Object.entries(COLUMNS).flatMap(([column, role]) =>
      splitTechniques(row[column] ?? '').map(
        (techniqueId): CveMapping => [id.value, [techniqueId, role, CVE_MAPPINGS]],
      ),
    );
  });
}

/** "T1190; T1078.003." → both ids. The list is separated by semicolons, commas and, once, by a full stop. */
function splitTechniques(cell: string): string[] {
  return cell
    .split(/[;,\s]+/)
    .map((part) => part.replace(/\.$/, ''))
    .filter((part) => part !== '');
}

function compareMappings([idA, roleA]: MappingTuple, [idB, roleB]: MappingTuple): number {
  return ROLE_ORDER.indexOf(roleA) - ROLE_ORDER.indexOf(roleB) || (idA < idB ? -1 : idA > idB ? 1 : 0);
}
