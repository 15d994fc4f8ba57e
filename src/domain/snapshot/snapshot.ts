import { RiskError } from '../../kernel/risk-error.ts';
import type { AttackCatalogue, AttackMapping } from '../attack/attack.ts';
import { composeTitle, isNamed } from '../cve/compose-title.ts';
import { type CveId, parseCveId } from '../cve/cve-id.ts';
import type { CveOrgRecord, NvdRecord } from '../cve/records.ts';
import type { CweId } from '../cwe/cwe-id.ts';
import type { EpssScore } from '../epss/epss-score.ts';
import type { KevEntry } from '../kev/kev-entry.ts';
import { findWeaknessClass } from '../kev/weakness-class.ts';
import { type Lookup, type Provenance, SOURCE_NAMES, type SourceName } from '../source/lookup.ts';
import {
  toCweIdList,
  toSnapshotAttack,
  toSnapshotCveOrgRecord,
  toSnapshotKevEntry,
  toSnapshotMapping,
  toSnapshotNvdRecord,
} from './decode.ts';
import type { AffectedTuple, RecordFacts, SnapshotDocument, SnapshotEntry } from './document.ts';

/**
 * The bundled facts, for runs with neither mirror nor network. It answers per source, each with its own date, and only
 * for the CVEs it contains: of others, and of parts that were not at hand when it was built, it says `unavailable`.
 */
export interface Snapshot {
  /** ISO 8601: the newest moment of each source's facts; an answer carries its own. */
  readonly asOf: Readonly<Record<SourceName, string>>;
  /** The CVEs it contains, in the order of the file. */
  readonly cveIds: readonly CveId[];
  has(cveId: CveId): boolean;
  nvd(cveId: CveId): Lookup<NvdRecord>;
  /** The CVE Program's record with CISA's selection. */
  ssvc(cveId: CveId): Lookup<CveOrgRecord>;
  /** `absent` for a contained CVE that the catalogue did not list on its date. */
  kev(cveId: CveId): Lookup<KevEntry>;
  epss(cveId: CveId): Lookup<EpssScore>;
  /** Published mappings, also of CVEs that the snapshot has nothing else about. */
  mappings(cveId: CveId): readonly AttackMapping[];
  /** A title composed from the facts; null where there are none to compose it from. */
  title(cveId: CveId): string | null;
  readonly attack: AttackCatalogue;
  /** MITRE's name of a weakness; null where the snapshot does not have it. */
  cweName(cweId: CweId): string | null;
}

/** Reads the snapshot from its parsed JSON. Throws where the document is not one; entries are decoded when asked for. */
export function parseSnapshot(json: unknown): Snapshot {
  const document = checkDocument(json);
  const entries = new Map(Object.entries(document.cves) as [CveId, SnapshotEntry][]);
  const cweName = (cweId: CweId) => document.cweNames[cweId.slice('CWE-'.length)] ?? null;
  const title = (cveId: CveId) => {
    const entry = entries.get(cveId);
    return entry === undefined ? null : titleOf(entry, cweName);
  };
  const attack = toSnapshotAttack(document.attack);
  return {
    asOf: document.asOf,
    cveIds: [...entries.keys()],
    has: (cveId) => entries.has(cveId),
    nvd: (cveId) => {
      const facts = entries.get(cveId)?.nvd;
      if (facts === undefined) return notContained('NVD record');
      return found(toSnapshotNvdRecord(cveId, facts, title(cveId)), factsAt(facts, document.asOf.nvd));
    },
    ssvc: (cveId) => {
      const facts = entries.get(cveId)?.ssvc;
      if (facts === undefined) return notContained('CVE Program record');
      return found(toSnapshotCveOrgRecord(cveId, facts, title(cveId)), factsAt(facts, document.asOf.ssvc));
    },
    kev: (cveId) => findKevEntry(document, cveId, entries.get(cveId)),
    epss: (cveId) => findEpssScore(document, cveId, entries.get(cveId)),
    mappings: (cveId) =>
      (document.mappings[cveId] ?? [])
        .map((tuple) => toSnapshotMapping(tuple, document.publications))
        .filter((mapping) => mapping !== null),
    title,
    attack,
    cweName,
  };
}

function findKevEntry(document: SnapshotDocument, cveId: CveId, entry: SnapshotEntry | undefined): Lookup<KevEntry> {
  if (entry === undefined) return notContained('CVE');
  if (entry.kev === undefined) return { kind: 'absent', provenance: snapshotOf(document.asOf.kev) };
  return found(toSnapshotKevEntry(cveId, entry.kev), document.asOf.kev);
}

function findEpssScore(document: SnapshotDocument, cveId: CveId, entry: SnapshotEntry | undefined): Lookup<EpssScore> {
  if (entry === undefined) return notContained('CVE');
  if (entry.epss === undefined) {
    // A score may be missing because the file was a part of FIRST's day; then its absence is no fact about the CVE.
    if (!document.epssComplete) return notContained('EPSS score');
    return { kind: 'absent', provenance: snapshotOf(document.asOf.epss) };
  }
  const [probability, percentile] = entry.epss;
  return found({ cveId, probability, percentile, date: document.asOf.epss.slice(0, 10) }, document.asOf.epss);
}

/** KEV names products best, then the CNA, then NVD's CPE names; weaknesses are taken from the first that states any. */
function titleOf(entry: SnapshotEntry, cweName: (cweId: CweId) => string | null): string | null {
  const { kev, ssvc, nvd } = entry;
  const [vendor, product] =
    kev === undefined
      ? (firstNamed(ssvc?.affected) ?? nvd?.affected?.[0] ?? ssvc?.affected?.[0] ?? [])
      : [kev.vendor, kev.product];
  const stated = [kev?.cwes, nvd?.cwes, ssvc?.cwes].find((cwes) => cwes !== undefined && cwes.length > 0);
  return composeTitle({
    vendor: vendor ?? null,
    product: product ?? null,
    cwes: toCweIdList(stated),
    cweName,
    weakness: kev === undefined ? null : findWeaknessClass(kev.name),
  });
}

/** The first product, where its vendor is named too. */
function firstNamed(affected: readonly AffectedTuple[] | undefined): AffectedTuple | undefined {
  const first = affected?.[0];
  return first !== undefined && isNamed(first[0]) ? first : undefined;
}

function factsAt(facts: RecordFacts, fallback: string): string {
  return facts.at ?? facts.lastModified ?? fallback;
}

function found<Rec>(record: Rec, at: string): Lookup<Rec> {
  return { kind: 'found', record, provenance: snapshotOf(at) };
}

function snapshotOf(at: string): Provenance {
  return { origin: 'snapshot', at };
}

function notContained(what: string): { readonly kind: 'unavailable'; readonly reason: string } {
  return { kind: 'unavailable', reason: `the bundled snapshot does not contain this ${what}` };
}

/** Checks the frame of the document and its keys; the build and the quality gate check every entry. */
function checkDocument(json: unknown): SnapshotDocument {
  const document = json as Partial<SnapshotDocument> | null;
  if (document?.schemaVersion !== 1) throw unreadable('its schema version is not 1');
  const { asOf } = document;
  for (const name of SOURCE_NAMES) {
    if (Number.isNaN(Date.parse(String(asOf?.[name])))) throw unreadable(`its date of "${name}" is missing`);
  }
  for (const name of ['cves', 'mappings', 'cweNames', 'attack', 'publications'] as const) {
    if (typeof document[name] !== 'object' || document[name] === null)
      throw unreadable(`its part "${name}" is missing`);
  }
  for (const [key, entry] of Object.entries(document.cves ?? {})) {
    const id = parseCveId(key);
    if (!id.ok || id.value !== key || typeof entry !== 'object') throw unreadable(`its entry "${key}" is not a CVE's`);
  }
  return document as SnapshotDocument;
}

function unreadable(reason: string): RiskError {
  return new RiskError({ code: 'SOURCE_UNAVAILABLE', message: `the bundled snapshot cannot be read: ${reason}` });
}
