import type { AttackCatalogue, AttackMapping } from '../attack/attack.ts';
import type { CveId } from '../cve/cve-id.ts';
import type { CveOrgRecord, NvdRecord } from '../cve/records.ts';
import type { CweId } from '../cwe/cwe-id.ts';
import type { KevEntry } from '../kev/kev-entry.ts';
import type { SsvcSelection } from '../ssvc/decision-points.ts';
import type {
  AttackDocument,
  CveOrgFacts,
  KevFacts,
  MappingTuple,
  NvdFacts,
  PublicationTuple,
  RecordFacts,
  SsvcTuple,
} from './document.ts';

/** The NVD record that these facts are of; the snapshot has no descriptions, and its title is composed. */
export function toSnapshotNvdRecord(cveId: CveId, facts: NvdFacts, title: string | null): NvdRecord {
  return { ...toCommonRecord(cveId, facts, title), status: facts.status ?? 'not stated' };
}

/** The CVE Program's record that these facts are of. */
export function toSnapshotCveOrgRecord(cveId: CveId, facts: CveOrgFacts, title: string | null): CveOrgRecord {
  return { ...toCommonRecord(cveId, facts, title), assigner: facts.assigner ?? null };
}

/** The catalogue entry that these facts are of; the two texts of the catalogue are not in the snapshot and stay empty. */
export function toSnapshotKevEntry(cveId: CveId, facts: KevFacts): KevEntry {
  return {
    cveId,
    vendorProject: facts.vendor,
    product: facts.product,
    vulnerabilityName: facts.name,
    shortDescription: '',
    requiredAction: '',
    dateAdded: facts.added,
    dueDate: facts.due ?? null,
    knownRansomwareCampaignUse: facts.ransomware === true ? 'Known' : 'Unknown',
    cwes: toCweIdList(facts.cwes),
  };
}

/** One published mapping; what speaks for it is the publication. */
export function toSnapshotMapping(
  tuple: MappingTuple,
  publications: readonly PublicationTuple[],
): AttackMapping | null {
  const [techniqueId, role, index] = tuple;
  const publication = publications[index];
  if (publication === undefined) return null;
  const [name, confidence] = publication;
  return { techniqueId, role, source: 'mapping', confidence, because: [name] };
}

/** The release of ATT&CK, with positions resolved. */
export function toSnapshotAttack(attack: AttackDocument): AttackCatalogue {
  const pick = <Item>(items: readonly Item[], positions: readonly number[]): Item[] =>
    positions.map((position) => items[position]).filter((item) => item !== undefined);
  const shortNames = attack.tactics.map((tactic) => tactic.shortName);
  const groupIds = attack.groups.map((group) => group.groupId);
  return {
    version: attack.version,
    modified: attack.modified,
    tactics: attack.tactics,
    groups: attack.groups,
    techniques: attack.techniques.map(([techniqueId, name, tactics, groups]) => ({
      techniqueId,
      name,
      tactics: pick(shortNames, tactics),
      groups: pick(groupIds, groups),
    })),
  };
}

/** CWE ids from their numbers. */
export function toCweIdList(numbers: readonly number[] | undefined): CweId[] {
  return (numbers ?? []).map((number) => `CWE-${number}` as CweId);
}

function toCommonRecord(cveId: CveId, facts: RecordFacts, title: string | null): Omit<NvdRecord, 'status'> {
  return {
    cveId,
    rejected: facts.rejected === true,
    title,
    description: null,
    published: facts.published ?? null,
    lastModified: facts.lastModified ?? null,
    cwes: toCweIdList(facts.cwes),
    affected: (facts.affected ?? []).map(([vendor, product, versions]) => ({
      vendor,
      product,
      versions: versions ?? null,
    })),
    cvss: (facts.cvss ?? []).map(([version, vector, baseScore, severity, source, type]) => ({
      version,
      vector,
      baseScore,
      severity,
      source,
      type,
    })),
    ssvc: facts.ssvc === undefined ? null : toSsvcSelection(facts.ssvc),
    exploitReferences: facts.exploitReferences ?? [],
  };
}

function toSsvcSelection([exploitation, automatable, technicalImpact, timestamp]: SsvcTuple): SsvcSelection {
  return { exploitation, automatable, technicalImpact, timestamp };
}
