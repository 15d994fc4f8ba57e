import { parseKevCatalogue } from '../../src/adapters/cisa-kev/schema.ts';
import { parseEpssCsv } from '../../src/adapters/first-epss/daily-file.ts';
import { parseAttackBundle } from '../../src/adapters/mitre-attack/parse-attack-bundle.ts';
import { withoutTexts } from '../../src/domain/attack/attack-text.ts';
import { type CveId, parseCveId } from '../../src/domain/cve/cve-id.ts';
import type { CweId } from '../../src/domain/cwe/cwe-id.ts';
import type { RecordFacts, SnapshotDocument, SnapshotEntry } from '../../src/domain/snapshot/document.ts';
import type { Result } from '../../src/kernel/result.ts';
import { collectCveOrg } from './collect-cve-org.ts';
import { collectNvdFacts } from './collect-nvd.ts';
import { collectMappings, PUBLICATIONS } from './ctid-mappings.ts';
import { toAttackDocument, toEpssFacts, toKevFacts } from './encode.ts';
import { FAMOUS_CVES } from './famous-cves.ts';
import { openRecordsFolder } from './records-folder.ts';

const EPSS_FILE = 'epss/epss_scores-2026-08-16.shared.csv.gz';
const MAPPING_FILES = {
  kev: 'mappings/kev-07.28.2025_attack-16.1-enterprise.shared.json',
  cve: 'mappings/AttckToCveMappings.csv',
};
// The release of the bundle used, for bundles that do not say (STIX 2.0 has no collection object).
const ATTACK_RELEASE = '18';

/** The document, and what a person who builds it should see. */
export interface BuiltSnapshot {
  readonly document: SnapshotDocument;
  readonly remarks: readonly string[];
}

/** Builds the snapshot from the folder of real records. The same folder gives the same document, key by key. */
export async function buildSnapshotDocument(root: string): Promise<BuiltSnapshot> {
  const folder = openRecordsFolder(root);
  const { catalogue: kev } = unwrap(parseKevCatalogue(folder.json('kev/known_exploited_vulnerabilities.json')));
  const epss = unwrap(await parseEpssCsv(folder.text(EPSS_FILE)));
  const attack = withoutTexts(unwrap(parseAttackBundle(folder.json('attack/enterprise-attack.full.stix20.json.gz'))));
  const famous = FAMOUS_CVES.map((text) => unwrap(parseCveId(text)));
  const cveOrg = collectCveOrg(folder, new Set([...kev.entries.map((entry) => entry.cveId), ...famous]));
  const wanted = new Set([...kev.entries.map((entry) => entry.cveId), ...famous, ...cveOrg.listed]);
  const nvd = collectNvdFacts(folder, wanted);
  const known = new Set(attack.techniques.map((technique) => technique.techniqueId));
  const mappings = collectMappings(folder, MAPPING_FILES, (techniqueId) => known.has(techniqueId));

  const kevById = new Map(kev.entries.map((entry) => [entry.cveId, entry]));
  const epssById = new Map(epss.scores.map((score) => [score.cveId, score]));
  const entries = [...wanted].sort().map((cveId): [CveId, SnapshotEntry] => {
    const [listed, score] = [kevById.get(cveId), epssById.get(cveId)];
    const [nvdFacts, cveOrgFacts] = [nvd.get(cveId), cveOrg.facts.get(cveId)];
    const entry = {
      ...(nvdFacts === undefined ? {} : { nvd: nvdFacts }),
      ...(cveOrgFacts === undefined ? {} : { ssvc: cveOrgFacts }),
      ...(listed === undefined ? {} : { kev: toKevFacts(listed) }),
      ...(score === undefined ? {} : { epss: toEpssFacts(score) }),
    };
    return [cveId, entry];
  });
  const isEmpty = ([, entry]: [CveId, SnapshotEntry]) => Object.keys(entry).length === 0;
  const document: SnapshotDocument = {
    schemaVersion: 1,
    asOf: {
      nvd: newest([...nvd.values()]),
      kev: kev.dateReleased,
      epss: `${epss.date}T00:00:00.000Z`,
      ssvc: newest([...cveOrg.facts.values()]),
      attack: attack.modified,
    },
    // The file at hand was put together from parts and lacks CVEs that FIRST scores; it says so itself.
    epssComplete: epss.modelVersion !== 'reconstructed',
    publications: PUBLICATIONS,
    cweNames: toNamesByNumber(cveOrg.cweNames),
    attack: toAttackDocument({ ...attack, version: attack.version ?? ATTACK_RELEASE }),
    cves: Object.fromEntries(entries.filter((entry) => !isEmpty(entry))),
    mappings: Object.fromEntries([...mappings.byCve].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  const unknown = entries.filter(isEmpty).map(([cveId]) => cveId);
  const remarks = [
    `mappings: ${mappings.byCve.size} CVEs; ${mappings.leftOut} left out (technique not in this release of ATT&CK Enterprise)`,
    `well-known CVEs that no source at hand speaks of: ${unknown.join(' ') || 'none'}`,
  ];
  return { document, remarks };
}

function newest(facts: readonly RecordFacts[]): string {
  const moments = facts.map((record) => record.at ?? record.lastModified ?? '');
  return moments.toSorted().at(-1) ?? '';
}

function toNamesByNumber(names: ReadonlyMap<CweId, string>): Record<string, string> {
  return Object.fromEntries([...names].map(([cweId, name]) => [cweId.slice('CWE-'.length), name]));
}

function unwrap<Value>(result: Result<Value, string>): Value {
  if (result.ok) return result.value;
  throw new Error(result.error);
}
