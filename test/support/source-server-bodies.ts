import { gzipSync } from 'node:zlib';
import { rawKevCatalogue } from './raw-records.ts';

/** The sources that one server stands in for, each under its own path. */
export type ServedSource = 'nvd' | 'kev' | 'epss' | 'epssCsv' | 'cve' | 'attack';

/** What the sources know; everything is optional and empty at first. Raw objects, as the real services send them. */
export interface SourceServerData {
  /** `cve` objects of the NVD API 2.0, by id. */
  readonly nvd?: ReadonlyMap<string, unknown>;
  /** CVE JSON 5 records, by id. */
  readonly cve?: ReadonlyMap<string, unknown>;
  readonly kev?: unknown;
  readonly epss?: ReadonlyMap<string, { readonly epss: number | string; readonly percentile?: number | string }>;
  /** The day of the EPSS scores. */
  readonly epssDate?: string;
  /** A STIX bundle. */
  readonly attack?: unknown;
  /** Records on a page of NVD at most; 2000 as NVD's own. */
  readonly nvdPageSize?: number;
  /** NVD's clock. */
  readonly nvdTimestamp?: string;
}

// A bundle without a technique is refused as damaged, so that the least that is served has one.
const SMALL_CATALOGUE = rawKevCatalogue(['CVE-2000-0001']);
const SMALL_BUNDLE = {
  type: 'bundle',
  id: 'bundle--00000000-0000-4000-8000-000000000000',
  spec_version: '2.0',
  objects: [
    {
      type: 'attack-pattern',
      id: 'attack-pattern--00000000-0000-4000-8000-000000000001',
      modified: '2026-01-01T00:00:00.000Z',
      name: 'Exploit Public-Facing Application',
      external_references: [{ source_name: 'mitre-attack', external_id: 'T1190' }],
      kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: 'initial-access' }],
    },
  ],
};

/** A whole answer. */
export interface Body {
  readonly status: number;
  readonly body: Buffer;
  readonly type: string;
}

/** What a source answers to a request when all is well. */
export function bodyOf(data: SourceServerData, source: ServedSource, url: URL): Body {
  switch (source) {
    case 'nvd':
      return json(nvdPage(data, url.searchParams));
    case 'kev':
      return json(data.kev ?? SMALL_CATALOGUE);
    case 'epss':
      return json(epssReply(data, url.searchParams));
    case 'epssCsv':
      return { status: 200, body: gzipSync(epssCsv(data)), type: 'application/gzip' };
    case 'cve': {
      const record = data.cve?.get(decodeURIComponent(url.pathname.slice('/cve/'.length)));
      if (record !== undefined) return json(record);
      return json({ error: 'CVE_RECORD_DNE', message: 'The cve record for the cve id does not exist.' }, 404);
    }
    case 'attack':
      return json(data.attack ?? SMALL_BUNDLE);
  }
}

function json(value: unknown, status = 200): Body {
  return { status, body: Buffer.from(JSON.stringify(value)), type: 'application/json' };
}

function nvdPage(data: SourceServerData, query: URLSearchParams): unknown {
  const known = data.nvd ?? new Map<string, unknown>();
  const asked = query.get('cveIds')?.split(',') ?? query.get('cveId')?.split(',') ?? [...known.keys()];
  const found = [...new Set(asked)].filter((id) => known.has(id) && isInWindow(known.get(id), query));
  const startIndex = Number(query.get('startIndex') ?? 0);
  const size = Math.min(data.nvdPageSize ?? 2000, Number(query.get('resultsPerPage') ?? 2000));
  const page = found.slice(startIndex, startIndex + size);
  return {
    resultsPerPage: page.length,
    startIndex,
    totalResults: found.length,
    format: 'NVD_CVE',
    version: '2.0',
    timestamp: data.nvdTimestamp ?? '2026-01-01T00:00:00.000',
    vulnerabilities: page.map((id) => ({ cve: known.get(id) })),
  };
}

function isInWindow(cve: unknown, query: URLSearchParams): boolean {
  const [from, to] = [query.get('lastModStartDate'), query.get('lastModEndDate')];
  if (from === null || to === null) return true;
  const at = Date.parse(`${(cve as { lastModified: string }).lastModified}Z`);
  return Date.parse(from) <= at && at <= Date.parse(to);
}

function epssReply(data: SourceServerData, query: URLSearchParams): unknown {
  const known = data.epss ?? new Map();
  const found = (query.get('cve')?.split(',') ?? [...known.keys()]).filter((id) => known.has(id));
  const offset = Number(query.get('offset') ?? 0);
  const limit = Math.min(Number(query.get('limit') ?? 100), 1000);
  return {
    status: 'OK',
    'status-code': 200,
    version: '1.0',
    total: found.length,
    offset,
    limit,
    data: found.slice(offset, offset + limit).map((cve) => {
      const score = known.get(cve);
      return { cve, epss: String(score?.epss), percentile: String(score?.percentile ?? '0'), date: dayOf(data) };
    }),
  };
}

function epssCsv(data: SourceServerData): string {
  const rows = [...(data.epss ?? [])].map(([cve, { epss, percentile }]) => `${cve},${epss},${percentile ?? '0'}`);
  return [
    `#model_version:v2025.03.14,score_date:${dayOf(data)}T00:00:00+0000`,
    'cve,epss,percentile',
    ...rows,
    '',
  ].join('\n');
}

function dayOf(data: SourceServerData): string {
  return data.epssDate ?? '2026-01-01';
}
