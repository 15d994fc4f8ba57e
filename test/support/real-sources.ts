import { parseCveId } from '../../src/domain/cve/cve-id.ts';
import type { SourceServerData } from './source-server.ts';
import { readTestData, readTestJson, readTestJsonLines } from './test-data.ts';

/** Real records of every source, ready to be served. */
export interface RealSources {
  readonly data: SourceServerData;
  /** Ids that at least one of NVD and the CVE Program has a record of. */
  readonly cveIds: readonly string[];
}

interface NvdPage {
  readonly vulnerabilities: readonly { readonly cve: { readonly id: string } }[];
}

/**
 * `count` real CVEs: the famous ones and NVD's captured records first, then records of the CVE Program with CISA's container, rejected
 * ones among them, then NVD's older feed.
 */
export function loadRealSources(count: number): RealSources {
  const famous = readTestJson('cve/nvd20_real/famous_cves.nvd20.json') as NvdPage;
  const captured = readTestJsonLines('cve/nvd20_real/nvd20_fixtures.jsonl') as NvdPage['vulnerabilities'];
  const feed = readTestJson('cve/nvd20_converted_from_1.1/page_startIndex_00000.json.gz') as NvdPage;
  const nvd = new Map(
    [...feed.vulnerabilities, ...captured, ...famous.vulnerabilities].map(({ cve }) => [cve.id, cve]),
  );
  const records = readTestJsonLines('cve/cve5_vulnrichment/cve5_cisa_adp.jsonl.gz') as {
    cveMetadata: { cveId: string };
  }[];
  const cve = new Map(records.map((record) => [record.cveMetadata.cveId, record]));
  const first = [...famous.vulnerabilities, ...captured].map(({ cve: { id } }) => id);
  const isId = (id: string) => parseCveId(id).ok;
  const cveIds = [...new Set([...first, ...[...cve.keys()].slice(0, Math.round(count / 2)), ...nvd.keys()])]
    .filter(isId)
    .slice(0, count);
  const kev = readTestJson('kev/known_exploited_vulnerabilities.json');
  const attack = readTestJson('attack/enterprise-attack.core.stix20.json.gz');
  return { data: { nvd, cve, kev, attack, epss: loadEpss(), epssDate: '2026-08-16' }, cveIds };
}

function loadEpss(): NonNullable<SourceServerData['epss']> {
  const lines = readTestData('epss/epss_scores-2026-08-16.shared.csv.gz').split('\n').slice(2);
  return new Map(
    lines.map((line) => {
      const [cveId = '', epss = '', percentile = ''] = line.split(',');
      return [cveId, { epss, percentile }];
    }),
  );
}
