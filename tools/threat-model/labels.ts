import { parse } from 'csv-parse/sync';
import type { AttackRole } from '../../src/domain/attack/attack.ts';
import { at, readJson, readText, toList } from './read-data.ts';

/** The parent techniques that analysts mapped one CVE to, by role. */
export type Labels = Readonly<Record<AttackRole, ReadonlySet<string>>>;

const KEV_MAPPINGS = 'mappings/kev-07.28.2025_attack-16.1-enterprise.shared.json';
const CVE_MAPPINGS = 'mappings/AttckToCveMappings.csv';

const ROLE_BY_TYPE: Readonly<Record<string, AttackRole>> = {
  exploitation_technique: 'exploitation',
  primary_impact: 'primary_impact',
  secondary_impact: 'secondary_impact',
  uncategorized: 'uncategorized',
};

const ROLE_BY_COLUMN: Readonly<Record<string, AttackRole>> = {
  'Exploitation Technique': 'exploitation',
  'Primary Impact': 'primary_impact',
  'Secondary Impact': 'secondary_impact',
  Uncategorized: 'uncategorized',
};

/** CTID's two published sets of CVE mappings, joined; keys are CVE ids. Ids of other forms (typing errors, ICS) are left out. */
export function loadLabels(folder: string): ReadonlyMap<string, Labels> {
  const labels = new Map<string, Record<AttackRole, Set<string>>>();
  const add = (cveId: string, role: AttackRole | undefined, techniqueId: string) => {
    const parent = /^(T1\d{3})(?:\.\d{3})?$/.exec(techniqueId.trim())?.[1];
    if (role === undefined || parent === undefined) return;
    const entry = labels.get(cveId) ?? createLabels();
    labels.set(cveId, entry);
    entry[role].add(parent);
  };
  for (const mapping of toList(at(readJson(folder, KEV_MAPPINGS), 'mapping_objects'))) {
    const role = ROLE_BY_TYPE[String(at(mapping, 'mapping_type'))];
    add(String(at(mapping, 'capability_id')), role, String(at(mapping, 'attack_object_id')));
  }
  const rows: Record<string, string>[] = parse(readText(folder, CVE_MAPPINGS), { columns: true, bom: true });
  for (const row of rows) {
    for (const [column, role] of Object.entries(ROLE_BY_COLUMN)) {
      for (const techniqueId of (row[column] ?? '').split(';')) add((row['CVE ID'] ?? '').trim(), role, techniqueId);
    }
  }
  return labels;
}

/** The techniques of all roles together, which precision and recall are measured on. */
export function joinLabels(labels: Labels): ReadonlySet<string> {
  return new Set(Object.values(labels).flatMap((techniques) => [...techniques]));
}

function createLabels(): Record<AttackRole, Set<string>> {
  return {
    exploitation: new Set(),
    primary_impact: new Set(),
    secondary_impact: new Set(),
    uncategorized: new Set(),
  };
}
