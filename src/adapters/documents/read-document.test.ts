import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { pdf } from '../../../test/support/pdf.ts';
import { cell, xlsx } from '../../../test/support/xlsx.ts';
import { docx, paragraph, zip } from '../../../test/support/zip.ts';
import { detectQuestionLanguage } from './detect-language.ts';
import { readDocumentFile } from './read-document.ts';

const folder = mkdtempSync(join(tmpdir(), 'eras-read-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(name: string, content: Buffer | string) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return readDocumentFile(path, { maxBytes: 10 ** 7, maxPages: 100 });
}

async function documentOf(name: string, content: Buffer | string) {
  const reading = await read(name, content);
  if (!reading.ok) throw new Error(reading.error);
  return reading.value.document;
}

describe('a document that cannot be read', () => {
  it('says why in our own words, and what to do', async () => {
    for (const [name, content, reason] of [
      ['empty.pdf', '', /^it is empty \(0 bytes\); put/],
      ['broken.docx', docx(paragraph('x')).subarray(0, 200), /^it is a broken archive; open it, save it again/],
      ['xml.docx', docx('<w:p><w:r></w:p>'), /^it is broken and cannot be read as DOCX; open it, save it again/],
      [
        'body.docx',
        zip([{ name: 'word/document.xml', content: '<x/>' }]),
        /^it is broken and cannot be read as DOCX; open/,
      ],
      ['deep.docx', docx(`${'<w:ins>'.repeat(20_000)}${'</w:ins>'.repeat(20_000)}`), /^it is (?:nested deeper|broken)/],
      ['deep.md', `${'> '.repeat(20_000)}x`, /^it is nested deeper than any document is; open it/],
      ['other.docx', zip([{ name: 'a.txt', content: 'x' }]), /archive.*; unpack it/],
      ['xml.xlsx', xlsx('<row><c'), /^it is broken and cannot be read as XLSX; open it, save it again/],
      ['binary.txt', Buffer.from([1, 0, 2]), /neither text nor a document.*; save it as/],
      ['no-pdf.pdf', '%PDF-1.4 nothing', /^it is no PDF that can be read; open it, save it again/],
      ['blank.pdf', pdf(['', '']), /^it has no text layer, and no text is to be seen/],
      ['nothing.html', '<script>x</script>', /^it holds no text; /],
    ] as const) {
      const reading = await read(name, content);
      expect([name, reading]).toEqual([name, { ok: false, error: expect.stringMatching(reason) }]);
      if (!reading.ok) expect(reading.error).not.toMatch(/call stack|xmldom|undefined|Error|\n/);
    }
  });
});

describe('a document under the ending of another kind', () => {
  it('is read as what it is, and says so', async () => {
    for (const [name, content, type, words] of [
      ['hosts.xlsx', 'host,owner\nweb,Ann', 'text', 'its ending says XLSX, but it is text'],
      ['page.txt', '<!doctype html><p>A page of it.', 'html', 'rename it to .html'],
      ['policy.html', pdf(['The policy.']), 'pdf', 'rename it to .pdf'],
    ] as const) {
      const document = await documentOf(name, content);
      expect([document.type, document.notes]).toEqual([
        type,
        [{ kind: 'warning', text: expect.stringContaining(words) }],
      ]);
    }
    expect((await documentOf('README', 'Text under no ending.')).notes).toEqual([]);
    expect((await documentOf('hosts.tsv', 'host\towner')).notes).toEqual([]);
  });
});

describe('a workbook', () => {
  it('of cells far apart gives its filled cells, and takes no memory for those between', async () => {
    const before = process.memoryUsage().rss;
    const { blocks } = await documentOf(
      'far.xlsx',
      xlsx(
        `<row r="1">${cell('A1', 'host')}${cell('C1', 'owner')}</row><row r="5" spans="1:3">${cell('A5', 'web')}${cell('C5', 'Ann')}</row><row r="1048576">${cell('XFD1048576', 'the end')}</row>`,
      ),
    );
    expect(blocks.map(({ text }) => text)).toEqual(['Hosts', 'host | owner | \nweb | Ann | \n |  | the end']);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 2 ** 20);
  });

  it('whose columns are as sparse as its rows keeps each row together', async () => {
    const name = (column: number) =>
      `${column >= 26 ? String.fromCharCode(64 + Math.floor(column / 26)) : ''}${String.fromCharCode(65 + (column % 26))}`;
    const rows = Array.from(
      { length: 600 },
      (_, row) => `<row r="${row * 1000 + 1}">${cell(`${name(row)}${row * 1000 + 1}`, `cell ${row}`)}</row>`,
    );
    const { blocks } = await documentOf('diagonal.xlsx', xlsx(rows.join('')));
    const text = blocks.map((block) => block.text).join('\n');
    for (const row of [0, 299, 599]) expect(text).toContain(`cell ${row}`);
  });

  it('with a row that no sheet has comes to an end', async () => {
    const { blocks } = await documentOf(
      'rows.xlsx',
      xlsx(`<row r="1">${cell('A1', 'host')}</row><row r="99999999999"/>`),
    );
    expect(blocks.at(-1)?.text).toBe('host');
  });
});

describe('a language', () => {
  it('is told of documents with enough text, unless the author tells it', async () => {
    const german =
      'Server, die aus dem Internet erreichbar sind, werden innerhalb von zwei Tagen gepatcht. Ausnahmen genehmigt der Vorstand.';
    expect((await documentOf('de.txt', german)).fields).toEqual({ language: 'de' });
    const english =
      'Servers that are reached from the internet are patched within two days of a fix. See CVE-2021-44228.';
    expect((await documentOf('en.md', english)).fields).toEqual({ language: 'en' });
    expect((await documentOf('said.md', `---\nlanguage: nl\n---\n${german}`)).fields).toEqual({ language: 'nl' });
    expect((await documentOf('short.txt', 'Nur ein Satz.')).fields).toEqual({});
    const twoWords = 'Schwachstellenmanagementverantwortliche Informationssicherheitsbeauftragte';
    expect((await documentOf('two.txt', twoWords)).fields).toEqual({});
    const chinese = '必须在两天内修补可从互联网访问的服务器。'.repeat(4);
    expect((await documentOf('zh.txt', chinese)).fields).toEqual({ language: 'zh' });
    expect((await documentOf('ids.csv', 'CVE-2021-44228,pay-gw-01,10.0.0.1')).fields).toEqual({});
  });

  it('is told of questions that are sentences', async () => {
    expect(await detectQuestionLanguage('Wie schnell müssen Server gepatcht werden?')).toBe('de');
    expect(await detectQuestionLanguage('Qui est responsable de la passerelle de paiement ?')).toBe('fr');
    expect(await detectQuestionLanguage('Who owns the payment gateway?')).toBe('en');
    for (const question of [
      'pay-gw-01',
      'CVE-2021-44228',
      'Log4j',
      '',
      'Zahlungsverkehr Eigentümer',
      'Kernel patching',
    ])
      expect(await detectQuestionLanguage(question)).toBeNull();
  });
});
