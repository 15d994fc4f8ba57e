import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { JSONParser } from '@streamparser/json';
import { parseKevCatalogue } from '../adapters/cisa-kev/schema.ts';
import { toCveOrgRecord } from '../adapters/cve-org/schema.ts';
import { parseEpssCsv } from '../adapters/first-epss/daily-file.ts';
import { type LocalEntry, readEntries } from '../adapters/local-files/read-entries.ts';
import { parseAttackBundle } from '../adapters/mitre-attack/parse-attack-bundle.ts';
import { parseNvdPage } from '../adapters/nvd/schema.ts';
import type { NvdRecord } from '../domain/cve/records.ts';
import type { Result } from '../kernel/result.ts';
import { messageOf } from '../kernel/risk-error.ts';
import type { LocalIntelligence, LocalSource } from '../ports/local-source.ts';
import type { SourcePage } from '../ports/paged-source.ts';

// What is larger is read piece by piece; the ATT&CK bundle has 50 MB.
const MOST_AT_ONCE = 96 * 2 ** 20;
// Of one file, unpacked: a year of NVD has some 300 MB.
const MOST_BYTES = 4 * 2 ** 30;
const MOST_LINE = 16 * 2 ** 20;
const ITEMS_AT_ONCE = 2000;

/** Files of intelligence as somebody carried them here: pages or feeds of NVD, KEV, an EPSS day, an ATT&CK bundle, CVE JSON 5 records. */
export const localSource: LocalSource = {
  async *read(path) {
    for await (const entry of readEntries(path)) {
      if ('reason' in entry) yield { kind: 'unreadable', name: entry.name, reason: entry.reason };
      else yield* readEntry(entry);
    }
  },
};

async function* readEntry({ name, content }: LocalEntry): AsyncGenerator<LocalIntelligence> {
  try {
    if (/\.(?:jsonl|ndjson)(?:\.gz)?$/i.test(name)) yield* readLines(name, content);
    else yield* readWhole(name, content);
  } catch (error) {
    content.destroy();
    yield { kind: 'unreadable', name, reason: messageOf(error) };
  }
}

/** CVE JSON 5 records or `cve` objects of NVD, one a line. */
async function* readLines(name: string, content: Readable): AsyncGenerator<LocalIntelligence> {
  let lines: unknown[] = [];
  for await (const line of createInterface({ input: content, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    if (line.length > MOST_LINE) throw new Error(`a line is longer than ${MOST_LINE / 2 ** 20} MB`);
    lines.push(parseOrNull(line));
    if (lines.length < ITEMS_AT_ONCE) continue;
    yield* readItems(name, lines);
    lines = [];
  }
  yield* readItems(name, lines);
}

async function* readWhole(name: string, content: Readable): AsyncGenerator<LocalIntelligence> {
  const chunks: Buffer[] = [];
  let length = 0;
  const rest = content[Symbol.asyncIterator]();
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    chunks.push(next.value);
    length += next.value.length;
    if (length > MOST_AT_ONCE) return yield* readFeed(name, chunks, rest);
  }
  const text = Buffer.concat(chunks, length)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  if (text.trim() === '') return yield { kind: 'unreadable', name, reason: 'it is empty' };
  if (!/^\s*[[{]/.test(text)) return yield await readCsv(name, text);
  const json = parseOrNull(text);
  if (json === null) return yield { kind: 'unreadable', name, reason: 'it is no whole JSON' };
  yield* readDocument(name, json);
}

async function readCsv(name: string, text: string): Promise<LocalIntelligence> {
  const day = await parseEpssCsv(text);
  return day.ok ? { kind: 'epss', day: day.value } : { kind: 'unreadable', name, reason: day.error };
}

/** One JSON document, told by what it is made of. */
function* readDocument(name: string, json: unknown): Generator<LocalIntelligence> {
  if (Array.isArray(json)) return yield* readItems(name, json);
  if (typeof json !== 'object' || json === null) return yield { kind: 'unreadable', name, reason: UNKNOWN };
  if ('catalogVersion' in json) {
    const kev = parseKevCatalogue(json);
    return yield toPiece(name, kev, ({ catalogue }) => ({ kind: 'kev', catalogue }));
  }
  if ('vulnerabilities' in json) {
    const page = parseNvdPage({ startIndex: 0, totalResults: 0, ...json });
    return yield toPiece(name, page, (value) => ({ kind: 'nvd', page: value }));
  }
  if ('type' in json && json.type === 'bundle') {
    return yield toPiece(name, parseAttackBundle(json), (catalogue) => ({ kind: 'attack', catalogue }));
  }
  yield* readItems(name, [json]);
}

/** Records of one kind or the other. Bad ones are told of and spoil no others. */
function* readItems(name: string, items: readonly unknown[]): Generator<LocalIntelligence> {
  const cveRecords = items.filter((item) => isObject(item) && 'cveMetadata' in item);
  const nvdItems = items.filter((item) => isObject(item) && ('cve' in item || 'vulnStatus' in item));
  const left = items.length - cveRecords.length - nvdItems.length;
  const read = cveRecords.map((item) => toCveOrgRecord(item));
  const records = read.flatMap((one) => (one.ok ? [one.value] : []));
  if (records.length > 0) yield { kind: 'ssvc', records };
  if (nvdItems.length > 0) yield* toPage(name, nvdItems);
  const bad = left + read.length - records.length;
  if (bad === 0) return;
  const first = read.find((one) => !one.ok);
  const reason = first !== undefined && !first.ok ? first.error : UNKNOWN;
  yield {
    kind: 'unreadable',
    name,
    reason: items.length === 1 ? reason : `${bad} of ${items.length} records: ${reason}`,
  };
}

function* toPage(name: string, items: readonly unknown[]): Generator<LocalIntelligence> {
  const vulnerabilities = items.map((item) => (isObject(item) && 'cve' in item ? item : { cve: item }));
  const page = parseNvdPage({ startIndex: 0, totalResults: 0, vulnerabilities });
  yield toPiece(name, page, (value: SourcePage<NvdRecord>) => ({ kind: 'nvd', page: value }));
}

/** A feed of NVD that is too large to be held whole. */
async function* readFeed(
  name: string,
  head: readonly Buffer[],
  rest: AsyncIterator<Buffer>,
): AsyncGenerator<LocalIntelligence> {
  let items: unknown[] = [];
  let length = 0;
  const parser = new JSONParser({ paths: ['$.vulnerabilities.*'], keepStack: false });
  parser.onValue = ({ value }) => items.push(value);
  const take = function* (chunk: Buffer) {
    length += chunk.length;
    if (length > MOST_BYTES) throw new Error('it unpacks to more than is believable');
    parser.write(chunk);
    if (items.length < ITEMS_AT_ONCE) return;
    yield* readItems(name, items);
    items = [];
  };
  for (const chunk of head) yield* take(chunk);
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield* take(next.value);
  if (!parser.isEnded) throw new Error('it is no whole JSON');
  yield* readItems(name, items);
}

const UNKNOWN = 'it is neither NVD, KEV, EPSS, ATT&CK nor a CVE record';

function toPiece<Value>(
  name: string,
  read: Result<Value, string>,
  wrap: (value: Value) => LocalIntelligence,
): LocalIntelligence {
  return read.ok ? wrap(read.value) : { kind: 'unreadable', name, reason: read.error };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
