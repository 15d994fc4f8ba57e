import { describe, expect, it } from 'vitest';
import { outlineItems } from '../../../test/support/outline-items.ts';
import { SCANNER_REPORTS } from '../../../test/support/scanner-reports.ts';
import { FORMATS } from '../formats/formats.ts';
import { readLargeXml } from './read-large-xml.ts';
import { readXml } from './read-xml.ts';
import type { ReportItem, XmlFormat } from './report-format.ts';
import { splitXml } from './split-xml.ts';

const XML_FORMATS = FORMATS.filter((format): format is XmlFormat => format.kind === 'xml');
const MARKUP = Object.entries(SCANNER_REPORTS).flatMap(([name, report]): [string, string][] =>
  typeof report === 'string' && /^\s*</.test(report) ? [[name, report]] : [],
);

/** A document in pieces of so many signs. */
const sourceOf = (text: string, size: number) => ({
  name: 'report.xml',
  decoding: () => null,
  async *open() {
    for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
  },
});

async function readInParts(text: string, size: number) {
  const report = await readLargeXml(sourceOf(text, size), XML_FORMATS);
  const items: ReportItem[] = [];
  for await (const item of report?.items ?? []) items.push(item);
  return { format: report?.format, lines: outlineItems(items).sort() };
}

it.each(MARKUP)('%s in parts is the same as at once, however it comes', async (_name, text) => {
  const document = readXml('report.xml', text);
  const format = XML_FORMATS.find((one) => one.matches(document));
  const atOnce = outlineItems([...(format?.read(document) ?? [])]).sort();
  for (const size of [1, 7, 4096]) {
    expect(await readInParts(text, size)).toEqual({ format: format?.name, lines: atOnce });
  }
});

it('cuts without losing a sign: comments, CDATA and empty elements that look like others', async () => {
  const text =
    '<?xml version="1.0"?><a><!-- <b> --><b>1<![CDATA[</b>]]></b> x <c:b y=">"/><d><b>no</b></d><b><b>in</b></b>\n</a>\n';
  const pieces = [];
  for await (const piece of splitXml(sourceOf(text, 3), new Set(['a.b']))) pieces.push(piece);
  expect(pieces.map((one) => one.text).join('')).toBe(text);
  expect(pieces.filter(({ kind }) => kind === 'element').map((one) => one.text)).toEqual([
    '<b>1<![CDATA[</b>]]></b>',
    '<c:b y=">"/>',
    '<b><b>in</b></b>',
  ]);
});

describe('a large document', () => {
  it.each([
    [
      'is cut off',
      '<NessusClientData_v2><Report><ReportHost name="a">',
      /cannot be read as XML \(line 1\): is it whole/,
    ],
    ['defines entities', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', /defines XML entities/],
    ['is nested', `${'<a>'.repeat(300)}${'</a>'.repeat(300)}`, /nested too deeply/],
    ['has an open tag too many', '<a><b></a>', /cannot be read as XML/],
  ])('%s: one line says so', async (_what, text, message) => {
    await expect(readInParts(text, 64)).rejects.toThrow(message);
  });

  it('of no format is none', async () => {
    expect(await readLargeXml(sourceOf('<a><b/></a>', 5), XML_FORMATS)).toBeNull();
  });
});
