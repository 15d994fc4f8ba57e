import { toCweIds } from '../../src/domain/cwe/cwe-id.ts';
import type { ThreatInput } from '../../src/scoring/threat-mapping/threat-input.ts';
import { at, listFiles, readJson, readText, toList, toTexts } from './read-data.ts';

/** What is known of a CVE, from one kind of source. */
interface Facts {
  readonly texts: Set<string>;
  readonly cwes: Set<string>;
  readonly vectors: Set<string>;
}

/** KEV's name and text of each listed CVE that is asked for. */
export function loadKevInputs(folder: string, cveIds: ReadonlySet<string>): ReadonlyMap<string, ThreatInput> {
  const inputs = new Map<string, ThreatInput>();
  const catalogue = readJson(folder, 'kev/known_exploited_vulnerabilities.json');
  for (const entry of toList(at(catalogue, 'vulnerabilities'))) {
    const cveId = String(at(entry, 'cveID'));
    if (!cveIds.has(cveId)) continue;
    const texts = toTexts([at(entry, 'vulnerabilityName'), at(entry, 'shortDescription')]);
    inputs.set(cveId, { texts, cwes: toCweIds(toTexts(toList(at(entry, 'cwes')))), cvssVectors: [] });
  }
  return inputs;
}

/** What CVE.org and NVD say of each CVE that is asked for and that has a record with a text. */
export function loadRecordInputs(folder: string, cveIds: ReadonlySet<string>): ReadonlyMap<string, ThreatInput> {
  const facts = new Map<string, Facts>();
  const factsOf = (cveId: unknown): Facts | null => {
    if (typeof cveId !== 'string' || !cveIds.has(cveId)) return null;
    const entry = facts.get(cveId) ?? { texts: new Set(), cwes: new Set(), vectors: new Set() };
    facts.set(cveId, entry);
    return entry;
  };
  for (const record of readCve5(folder, cveIds)) {
    const entry = factsOf(at(record, 'cveMetadata', 'cveId'));
    if (entry !== null) addCve5(entry, record);
  }
  for (const cve of readNvd20(folder)) {
    const entry = factsOf(at(cve, 'id'));
    if (entry !== null) addNvd20(entry, cve);
  }
  for (const file of listFiles(folder, 'cve/nvd11', '.json.gz')) {
    for (const item of toList(at(readJson(folder, file), 'CVE_Items'))) {
      const entry = factsOf(at(item, 'cve', 'CVE_data_meta', 'ID'));
      if (entry !== null) addNvd11(entry, item);
    }
  }
  const inputs = new Map<string, ThreatInput>();
  for (const [cveId, { texts, cwes, vectors }] of facts) {
    if (texts.size === 0) continue;
    inputs.set(cveId, { texts: [...texts], cwes: toCweIds([...cwes]), cvssVectors: [...vectors].sort() });
  }
  return inputs;
}

function* readCve5(folder: string, cveIds: ReadonlySet<string>): Generator<unknown> {
  for (const file of listFiles(folder, 'cve/cve5_vulnrichment', '.jsonl.gz')) {
    for (const line of readText(folder, file).split('\n')) {
      // Parsing only the lines that are asked for keeps 26,000 records to a second.
      const cveId = /"cveId":\s*"(CVE-\d+-\d+)"/.exec(line)?.[1];
      if (cveId !== undefined && cveIds.has(cveId)) yield JSON.parse(line);
    }
  }
  for (const file of listFiles(folder, 'cve/cve5_cvelist', '.json')) yield readJson(folder, file);
}

function* readNvd20(folder: string): Generator<unknown> {
  const pages = listFiles(folder, 'cve/nvd20_converted_from_1.1', '.json.gz');
  for (const file of ['cve/nvd20_real/famous_cves.nvd20.json', ...pages]) {
    for (const item of toList(at(readJson(folder, file), 'vulnerabilities'))) yield at(item, 'cve');
  }
  for (const line of readText(folder, 'cve/nvd20_real/nvd20_fixtures.jsonl').split('\n')) {
    if (line.trim() !== '') yield at(JSON.parse(line), 'cve');
  }
}

function addCve5(facts: Facts, record: unknown): void {
  const cna = at(record, 'containers', 'cna');
  addAll(facts.texts, [at(cna, 'title')]);
  for (const text of toList(at(cna, 'descriptions'))) {
    if (String(at(text, 'lang')).startsWith('en')) addAll(facts.texts, [at(text, 'value')]);
  }
  for (const container of [cna, ...toList(at(record, 'containers', 'adp'))]) {
    for (const type of toList(at(container, 'problemTypes'))) {
      for (const text of toList(at(type, 'descriptions'))) {
        addAll(facts.cwes, [at(text, 'cweId') ?? at(text, 'description')]);
      }
    }
    for (const metric of toList(at(container, 'metrics'))) {
      for (const version of ['cvssV2_0', 'cvssV3_0', 'cvssV3_1', 'cvssV4_0']) {
        addAll(facts.vectors, [at(metric, version, 'vectorString')]);
      }
    }
  }
}

function addNvd20(facts: Facts, cve: unknown): void {
  for (const text of toList(at(cve, 'descriptions'))) {
    if (at(text, 'lang') === 'en') addAll(facts.texts, [at(text, 'value')]);
  }
  for (const weakness of toList(at(cve, 'weaknesses'))) {
    for (const text of toList(at(weakness, 'description'))) addAll(facts.cwes, [at(text, 'value')]);
  }
  for (const version of ['cvssMetricV2', 'cvssMetricV30', 'cvssMetricV31', 'cvssMetricV40']) {
    for (const metric of toList(at(cve, 'metrics', version))) {
      addAll(facts.vectors, [at(metric, 'cvssData', 'vectorString')]);
    }
  }
}

function addNvd11(facts: Facts, item: unknown): void {
  for (const text of toList(at(item, 'cve', 'description', 'description_data'))) {
    if (at(text, 'lang') === 'en') addAll(facts.texts, [at(text, 'value')]);
  }
  for (const type of toList(at(item, 'cve', 'problemtype', 'problemtype_data'))) {
    for (const text of toList(at(type, 'description'))) addAll(facts.cwes, [at(text, 'value')]);
  }
  addAll(facts.vectors, [at(item, 'impact', 'baseMetricV2', 'cvssV2', 'vectorString')]);
  addAll(facts.vectors, [at(item, 'impact', 'baseMetricV3', 'cvssV3', 'vectorString')]);
}

function addAll(set: Set<string>, values: readonly unknown[]): void {
  for (const text of toTexts(values)) set.add(text);
}
