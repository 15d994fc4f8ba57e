import type { AttackCatalogue } from '../../src/domain/attack/attack.ts';
import type { CveOrgRecord, NvdRecord } from '../../src/domain/cve/records.ts';
import type { CweId } from '../../src/domain/cwe/cwe-id.ts';
import type { EpssScore } from '../../src/domain/epss/epss-score.ts';
import type { KevEntry } from '../../src/domain/kev/kev-entry.ts';
import type {
  AttackDocument,
  CveOrgFacts,
  KevFacts,
  NvdFacts,
  RecordFacts,
  SnapshotEntry,
} from '../../src/domain/snapshot/document.ts';

/** The facts of an NVD record; `status` is null where the source did not state one. */
export function toNvdFacts(record: NvdRecord, at: string, status: string | null): NvdFacts {
  return { ...(status === null ? {} : { status }), ...toRecordFacts(record, at) };
}

/** The facts of a CVE Program record. */
export function toCveOrgFacts(record: CveOrgRecord, at: string): CveOrgFacts {
  return { ...(record.assigner === null ? {} : { assigner: record.assigner }), ...toRecordFacts(record, at) };
}

/** The facts of an entry of CISA's catalogue, without its two texts. */
export function toKevFacts(entry: KevEntry): KevFacts {
  return {
    vendor: entry.vendorProject,
    product: entry.product,
    name: entry.vulnerabilityName,
    added: entry.dateAdded ?? missing(`the KEV entry of ${entry.cveId} has no date`),
    ...(entry.dueDate === null ? {} : { due: entry.dueDate }),
    ...(entry.knownRansomwareCampaignUse === 'Known' ? { ransomware: true } : {}),
    ...(entry.cwes.length === 0 ? {} : { cwes: toNumbers(entry.cwes) }),
  };
}

/** A score as it stands in the snapshot. */
export function toEpssFacts(score: EpssScore): NonNullable<SnapshotEntry['epss']> {
  return [score.probability, score.percentile];
}

/** A release of ATT&CK, sorted by id, with positions in place of names. */
export function toAttackDocument(catalogue: AttackCatalogue): AttackDocument {
  const groups = [...catalogue.groups].sort(by((group) => group.groupId));
  const groupAt = new Map(groups.map((group, position) => [group.groupId, position]));
  const tacticAt = new Map(catalogue.tactics.map((tactic, position) => [tactic.shortName, position]));
  const positions = (names: readonly string[], index: ReadonlyMap<string, number>) =>
    names.map((name) => index.get(name)).filter((position) => position !== undefined);
  return {
    version: catalogue.version,
    modified: catalogue.modified,
    tactics: catalogue.tactics.map(({ tacticId, shortName, name }) => ({ tacticId, shortName, name })),
    groups: groups.map(({ groupId, name }) => ({ groupId, name })),
    techniques: [...catalogue.techniques]
      .sort(by((technique) => technique.techniqueId))
      .map(({ techniqueId, name, tactics, groups: users }) => [
        techniqueId,
        name,
        positions(tactics, tacticAt),
        positions(users, groupAt).sort((a, b) => a - b),
      ]),
  };
}

function toRecordFacts(record: Omit<NvdRecord, 'status'>, at: string): RecordFacts {
  const { published, lastModified, ssvc } = record;
  return {
    ...(at === lastModified ? {} : { at }),
    ...(record.rejected ? { rejected: true } : {}),
    ...(published === null ? {} : { published }),
    ...(lastModified === null ? {} : { lastModified }),
    ...unlessEmpty('cwes', toNumbers(record.cwes)),
    ...unlessEmpty(
      'affected',
      record.affected.map(({ vendor, product, versions }) =>
        versions === null ? ([vendor, product] as const) : ([vendor, product, versions] as const),
      ),
    ),
    ...unlessEmpty(
      'cvss',
      record.cvss.map((metric) => {
        const { version, vector, baseScore, severity, source, type } = metric;
        return [version, vector, baseScore, severity, source, type] as const;
      }),
    ),
    ...(ssvc === null
      ? {}
      : { ssvc: [ssvc.exploitation, ssvc.automatable, ssvc.technicalImpact, ssvc.timestamp] as const }),
    ...unlessEmpty('exploitReferences', record.exploitReferences),
  };
}

function unlessEmpty<Key extends string, Item>(key: Key, items: readonly Item[]): { [Name in Key]?: readonly Item[] } {
  return items.length === 0 ? {} : ({ [key]: items } as { [Name in Key]: readonly Item[] });
}

function toNumbers(cweIds: readonly CweId[]): number[] {
  return cweIds.map((id) => Number(id.slice('CWE-'.length)));
}

function by<Item>(key: (item: Item) => string): (a: Item, b: Item) => number {
  return (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
}

function missing(what: string): never {
  throw new Error(what);
}
