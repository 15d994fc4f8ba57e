import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { strFromU8, unzipSync } from 'fflate';
import mammoth from 'mammoth';
import { describe, expect, it } from 'vitest';
import { HOSTILE_WORDS, hostileDocument } from '../../../test/support/hostile-document.ts';
import { pdfPages } from '../../../test/support/pdf-pages.ts';
import {
  EXAMPLE_HEAD,
  EXAMPLE_PORTFOLIO,
  exampleDocument,
  exampleFinding,
} from '../../../test/support/report-input.ts';
import type { ReportDocument } from '../document/document.ts';
import { DEFAULT_TEMPLATE } from '../document/template.ts';
import { renderDocx } from './render-docx.ts';

const STAMP = { assessmentId: 'A1', createdAt: EXAMPLE_HEAD.createdAt };
const render = (document: ReportDocument) => renderDocx(document, STAMP);
const partsOf = (bytes: Uint8Array) =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
const MONEY = { head: { ...EXAMPLE_HEAD, portfolio: EXAMPLE_PORTFOLIO } };

describe('a report as DOCX', () => {
  it('has headings, tables and text that a reader finds', async () => {
    const bytes = await render(await exampleDocument([exampleFinding()], MONEY));
    const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) });
    const html = value.replace(/base64,[^"]*/g, '');
    expect(html).toContain('Executive summary</h1>');
    expect(html).toMatch(/<h2>What must be done in the next seven days/);
    expect(html).toMatch(/<thead>(?:(?!<\/thead>).)*EPSS(?:(?!<\/thead>).)*<\/thead>/s);
    expect(html).toMatch(/<img alt="Curve that falls [^"]*" src="data:image\/png/);
    expect(html).toContain('Expected loss a year (ALE)');
  });

  it('keeps titles with what they name', async () => {
    const document = partsOf(await render(await exampleDocument([exampleFinding()], MONEY)))['word/document.xml'];
    const paragraphs = document?.match(/<w:p>.*?<\/w:p>/gs) ?? [];
    const titles = paragraphs.filter((one) => /w:val="(?:TableTitle|Heading\d|CellHead)"/.test(one));
    const kept = titles.filter((one) => one.includes('<w:keepNext/>'));
    // The first cell of a row is bold as heads are, and names what it stands beside.
    expect(kept.length).toBeGreaterThan(30);
    for (const one of titles.filter((title) => !title.includes('CellHead') && !title.includes('pageBreakBefore')))
      expect(one.includes('<w:keepNext/>') || one.includes('Contents')).toBe(true);
    expect(paragraphs.find((one) => one.includes('First three actions'))).toContain('<w:keepNext/>');
  });

  it('has its properties, language, marking, page numbers and contents', async () => {
    const template = {
      ...DEFAULT_TEMPLATE,
      classification: 'TLP:AMBER',
      organisation: 'Example Ltd',
      language: 'de',
    } as const;
    const parts = partsOf(await render(await exampleDocument([exampleFinding()], { template })));
    expect(parts['docProps/core.xml']).toContain('2026-03-01T10:00:00Z');
    expect(parts['docProps/core.xml']).toContain('<dc:creator>Example Ltd</dc:creator>');
    expect(parts['word/styles.xml']).toContain('w:lang w:val="de-DE"');
    expect(parts['word/header1.xml']).toContain('TLP:AMBER');
    expect(parts['word/footer1.xml']).toMatch(/PAGE.*NUMPAGES/s);
    expect(parts['word/document.xml']).toMatch(/TOC \\h \\o &quot;1-2&quot;/);
    expect(parts['word/document.xml']).toContain('<w:tblHeader/>');
  });

  it('shows text from outside as text: no field, no link, no element of it', async () => {
    const plain = partsOf(await render(await exampleDocument([exampleFinding()])));
    const bytes = await render(hostileDocument(await exampleDocument([exampleFinding()])));
    const hostile = partsOf(bytes);
    for (const element of [/<w:instrText/g, /<w:hyperlink/g, /<w:fldChar/g, /<w:fldSimple/g, /<w:drawing/g])
      expect(hostile['word/document.xml']?.match(element)?.length).toBe(
        plain['word/document.xml']?.match(element)?.length,
      );
    const links = hostile['word/_rels/document.xml.rels']?.match(/Target="https?:[^"]*"/g) ?? [];
    expect(new Set(links)).toEqual(new Set(['Target="https://nvd.nist.gov/vuln/detail/CVE-2024-1000"']));
    const { value: text } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
    for (const words of HOSTILE_WORDS.filter((one) => !/\p{Control}|\ufffe/u.test(one))) expect(text).toContain(words);
    for (const [name, part] of Object.entries(hostile))
      if (name.endsWith('.xml')) expect(part.replace(/\s/g, '')).not.toMatch(/[\p{Control}\ufffe\uffff]/u);
  });

  it('gives the same bytes for the same input', async () => {
    const document = await exampleDocument([exampleFinding()], MONEY);
    expect(Buffer.compare(await render(document), await render(document))).toBe(0);
  });

  it('takes what is empty', async () => {
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(await render(await exampleDocument([]))) });
    expect(value).toContain('Nothing was found to assess.');
  });

  it.skipIf(!hasOffice())('opens in LibreOffice (skipped where it is not installed)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'eras-docx-'));
    try {
      writeFileSync(
        join(folder, 'report.docx'),
        await render(hostileDocument(await exampleDocument([exampleFinding()], MONEY))),
      );
      const args = [
        '--headless',
        `-env:UserInstallation=file://${folder}/profile`,
        '--convert-to',
        'pdf',
        '--outdir',
        folder,
      ];
      await promisify(execFile)('soffice', [...args, join(folder, 'report.docx')], { timeout: 50_000 });
      const text = (await pdfPages(readFileSync(join(folder, 'report.pdf')))).join(' ');
      expect(text).toContain('What must be done');
      expect(text).toContain('{ HYPERLINK "https://evil.example" }');
      expect(text).not.toContain('TOC \\h');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function hasOffice(): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v soffice'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
