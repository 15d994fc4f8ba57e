import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineItems } from '../../../test/support/outline-items.ts';
import {
  CYCLONEDX_EXTENSION_EXAMPLE,
  CYCLONEDX_XML_EXAMPLE,
  DEPENDENCY_CHECK_XML_EXAMPLE,
  JSON_EXAMPLES,
  SPDX_TAG_VALUE_EXAMPLE,
} from '../../../test/support/report-examples.ts';
import { readJson } from '../reports/read-json.ts';
import { readXml } from '../reports/read-xml.ts';
import type { ReportItem } from '../reports/report-format.ts';
import { FORMATS } from './formats.ts';
import { GENERIC } from './generic/generic.ts';

const XML_EXAMPLES = [CYCLONEDX_XML_EXAMPLE, CYCLONEDX_EXTENSION_EXAMPLE, DEPENDENCY_CHECK_XML_EXAMPLE].map((text) =>
  readXml('example', text),
);
const JSON_FORMATS = FORMATS.filter((format) => format.kind === 'json');
const EXAMPLES = [...JSON_EXAMPLES, ...XML_EXAMPLES];

/** What stands where something else was: also texts that are names of an object's own properties, broken escapes, huge numbers. */
const wrong = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    '',
    'constructor',
    '__proto__',
    'pkg:npm/%@%zz',
    'urn:cdx:a/1#%',
    'CVE-2021-44228',
    1e308,
    -0,
    {},
    [],
    [null],
    [[]],
  ),
);

/** A document of a format in which any parts are replaced by what nobody expects there, or are gone. */
const damaged = fc
  .tuple(
    fc.constantFrom(...EXAMPLES),
    fc.array(fc.tuple(fc.nat(), wrong, fc.boolean()), { minLength: 1, maxLength: 6 }),
  )
  .map(([example, changes]) => {
    const root: Record<string, unknown> = { document: structuredClone(example) };
    for (const [pick, value, isGone] of changes) {
      const places = placesIn(root);
      const place = places[pick % places.length];
      if (place === undefined) continue;
      if (isGone && place.name !== 'document') delete place.holder[place.name];
      else place.holder[place.name] = structuredClone(value);
    }
    // JSON has no holes.
    return JSON.parse(JSON.stringify(root['document'])) as unknown;
  });

interface Place {
  readonly holder: Record<string, unknown>;
  readonly name: string;
}

function placesIn(holder: Record<string, unknown>): Place[] {
  return Object.entries(holder).flatMap(([name, value]) => [
    { holder, name },
    ...(typeof value === 'object' && value !== null ? placesIn(value as Record<string, unknown>) : []),
  ]);
}

/** A format reads what it takes for its own. */
function readAll(format: (typeof FORMATS)[number], value: unknown): ReportItem[] {
  if ((format.kind === 'json' || format.kind === 'xml') && !format.matches(value)) return [];
  if (format.kind === 'text') return [...format.read(`${SPDX_TAG_VALUE_EXAMPLE}${JSON.stringify(value)}`)];
  if (format.kind === 'csv')
    return [...format.read([{ line: 2, cells: { cve: JSON.stringify(value) } }], { offset: 0 })];
  if (format.kind !== 'json-lines') return [...format.read(value, { offset: 0 })];
  return [...format.read(Array.isArray(value) ? value : [value], { offset: 0 })];
}

function expectWhole(item: ReportItem): void {
  if (item.kind === 'finding') expect(item.ids.length).toBeGreaterThan(0);
  if (item.kind !== 'subject' && item.kind !== 'looked') expect(typeof item.position).toBe('string');
}

describe.each(FORMATS.map((format) => [format.name, format] as const))('%s', (_, format) => {
  it('neither throws nor gives a finding without id, whatever the document', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), damaged, damaged, damaged), (value) => {
        if (format.kind === 'json' || format.kind === 'xml' || format.kind === 'json-lines') format.matches(value);
        for (const item of readAll(format, value)) expectWhole(item);
      }),
      { numRuns: 500 },
    );
  });
});

it.each(JSON_EXAMPLES.map((example, index) => [index, example]))('example %i is of one format', (_, example) => {
  const found = FORMATS.filter((format) => format.kind === 'json' && format.matches(example)).map(({ name }) => name);
  // The general format, which is last, may take it as well.
  expect(found.filter((name) => name !== GENERIC.name)).toHaveLength(found[0] === GENERIC.name ? 0 : 1);
});

/** What a document is about may stand in what is only seen in parts. */
function withoutSubject(items: Iterable<ReportItem>): string[] {
  return outlineItems([...items].filter(({ kind }) => kind !== 'subject')).sort();
}

/** Reads a document as those are read that are too large to be read at once. */
async function readInParts(
  document: unknown,
): Promise<{ readonly format: string | undefined; readonly lines: string[] }> {
  const text = JSON.stringify(document);
  const source = {
    name: 'example',
    decoding: () => null,
    async *open() {
      for (let start = 0; start < text.length; start += 1021) yield text.slice(start, start + 1021);
    },
  };
  const report = await readJson(source, null, JSON_FORMATS);
  const items: ReportItem[] = [];
  for await (const item of report?.items ?? []) items.push(item);
  return { format: report?.format, lines: withoutSubject(items) };
}

describe.each(
  JSON_EXAMPLES.flatMap((example) => {
    const format = JSON_FORMATS.find((one) => one.matches(example));
    return format === undefined || format.large === null
      ? []
      : [{ name: format.name, format, example, large: format.large }];
  }),
)('$name in parts', ({ format, example, large }) => {
  const atOnce = (document: unknown) => withoutSubject(format.read(document, { offset: 0 }));

  it('is the same as at once', async () => {
    expect(await readInParts(example)).toEqual({ format: format.name, lines: atOnce(example) });
  });

  // Lists of lists are filled the same way.
  if (large.includes('*')) return;
  it('is the same with 2,500 entries, and with none', async () => {
    const fields = example as Record<string, readonly unknown[]>;
    const entries = fields[large] ?? [];
    const many = Array.from({ length: 2500 }, (_, index) => entries[index % entries.length]);
    for (const document of [
      { ...fields, [large]: many },
      { ...fields, [large]: [] },
    ]) {
      const lines = atOnce(document);
      // What was looked at beside something that was found is told only where the whole is at hand.
      const isClean = lines.every((line) => /^(?:looked|subject|component|no-id|unreadable) /.test(line));
      const expected = lines.filter((line) => isClean || !line.startsWith('looked '));
      expect((await readInParts(document)).lines).toEqual(expected);
    }
  });
});

it.each(['[', '{"a":', '{"#text":', '{"components":[', '{"data":{"a":', '{"vulnerabilities":['])(
  'reads what is nested a hundred thousand times: %s',
  (opening) => {
    const closing = [...opening].filter((one) => '[{'.includes(one)).map((one) => (one === '[' ? ']' : '}'));
    const text = `${opening.repeat(100_000)}1${closing.reverse().join('').repeat(100_000)}`;
    const document: unknown = { id: JSON.parse(text), findings: JSON.parse(text), data: JSON.parse(text) };
    for (const format of FORMATS) {
      if (format.kind === 'json') format.matches(document);
      if (format.kind !== 'text' && format.kind !== 'csv')
        for (const item of readAll(format, document)) expectWhole(item);
    }
  },
);
