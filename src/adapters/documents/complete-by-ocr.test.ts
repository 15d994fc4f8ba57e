import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { pdf } from '../../../test/support/pdf.ts';
import { scannedPdf } from '../../../test/support/scanned-pdf.ts';
import { hasTesseract } from '../../../test/support/services.ts';
import { success } from '../../kernel/result.ts';
import { completeByOcr, OCR_LIMITS } from './complete-by-ocr.ts';
import { drawPage } from './draw-page.ts';
import { type FileReading, readDocumentFile } from './read-document.ts';
import { languagesFor, type OcrEngine } from './tesseract.ts';
import { createWorkerPool } from './worker-pool.ts';

const LIMITS = { maxBytes: 10 ** 7, maxPages: 100, timeoutMs: 120_000 };
const { signal } = new AbortController();
const WRITTEN =
  'The payment gateway is owned by the platform team.\nIts backups are kept for ninety days in the second site.';

const folder = mkdtempSync(join(tmpdir(), 'eras-ocr-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function save(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const picture = () => drawPage(pdf([WRITTEN.replace('\n', ' \n')]), 1);

async function readingOf(path: string): Promise<FileReading> {
  const reading = await readDocumentFile(path, LIMITS);
  if (!reading.ok) throw new Error(reading.error);
  return reading.value;
}

/** An engine that says what page it was given, or fails. */
const engine = (answer: (call: number) => string): OcrEngine => {
  let calls = 0;
  return {
    async recognise() {
      calls += 1;
      return answer(calls);
    },
  };
};

describe('scanned pages', () => {
  it('are told apart from pages with text and from empty ones', async () => {
    const path = save('mixed.pdf', scannedPdf([await picture(), await picture()], ['This page has a text layer.']));
    expect(await readingOf(path)).toMatchObject({ scanned: [1, 2], document: { pages: 3 } });
    expect((await readingOf(save('text.pdf', pdf(['text of it', ''])))).scanned).toEqual([]);
  });

  it('are named where nothing can recognise them, with what to install', async () => {
    const draw = picture;
    const mixed = save('mixed.pdf', scannedPdf([await picture()], ['This page has a text layer.']));
    const read = () => readDocumentFile(mixed, LIMITS);
    const completed = await completeByOcr(await readingOf(mixed), { engine: null, draw, read }, OCR_LIMITS, signal);
    expect(completed).toMatchObject({
      ok: true,
      value: {
        document: { notes: [{ kind: 'gap', text: expect.stringMatching(/^page 1 is .*left out; install tesseract/) }] },
      },
    });
    const all = await readingOf(save('all.pdf', scannedPdf([await picture()])));
    expect(await completeByOcr(all, { engine: null, draw, read }, OCR_LIMITS, signal)).toEqual({
      ok: false,
      error: expect.stringMatching(/^it has no text layer \(scanned\?\); install tesseract .* and ingest again$/),
    });
  });

  it('are recognised up to a limit, and those that fail are told', async () => {
    const reading: FileReading = {
      contentHash: 'x',
      scanned: [1, 2, 3, 4, 5],
      document: { type: 'pdf', title: null, pages: 5, blocks: [], fields: {}, notes: [] },
    };
    const completed = await completeByOcr(
      reading,
      {
        engine: engine((call) => {
          if (call === 2) throw new Error('killed');
          return call === 3 ? ' ' : 'text';
        }),
        draw: async () => new Uint8Array(),
        read: async (recognised) => {
          expect([...recognised.keys()]).toEqual([1, 3, 4]);
          return success({ ...reading, scanned: [] });
        },
      },
      { ...OCR_LIMITS, maxPages: 4 },
      signal,
    );
    if (!completed.ok) throw new Error(completed.error);
    const { fields, notes } = completed.value.document;
    expect(fields).toEqual({ ocr: '1, 4' });
    expect(notes.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      expect.stringMatching(/^warning: pages 1, 4 are without a text layer and read by OCR/),
      expect.stringMatching(/^gap: page 2 is left out: OCR failed/),
      expect.stringMatching(/^gap: page 5 is left out: OCR takes 4 pages/),
    ]);
  });

  it('end with the command', async () => {
    const aborted = AbortSignal.abort();
    const reading = await readingOf(save('all.pdf', scannedPdf([await picture()])));
    const parts = { engine: engine(() => ''), draw: picture, read: async () => success(reading) };
    const failing = { ...parts, engine: engine(() => expect.fail()) };
    await expect(completeByOcr(reading, failing, OCR_LIMITS, aborted)).rejects.toThrow();
  });

  it.skipIf(!hasTesseract())('are read by tesseract, and marked', async () => {
    const pool = createWorkerPool(1);
    const path = save('real.pdf', scannedPdf([await picture()], ['This page has a text layer.']));
    const read = await pool.read(path, LIMITS, signal);
    await pool.close();
    if (!read.ok) throw new Error(read.error);
    const { blocks, fields, notes } = read.value.document;
    const first = blocks.filter(({ page }) => page === 1).map(({ text }) => text);
    expect(first.join(' ')).toContain('The payment gateway is owned by the platform team');
    expect(blocks.at(-1)).toMatchObject({ page: 2, text: 'This page has a text layer.' });
    expect(fields['ocr']).toBe('1');
    expect(notes).toEqual([{ kind: 'warning', text: expect.stringContaining('read by OCR') }]);
  });
});

describe('languages of OCR', () => {
  it('are the one of the document where it is installed, else some', () => {
    expect(languagesFor('de', ['deu', 'eng', 'fra'])).toEqual(['deu', 'eng']);
    expect(languagesFor('de', ['eng', 'fra'])).toEqual(['eng', 'fra']);
    expect(languagesFor(null, ['ces', 'deu', 'eng', 'fra'])).toEqual(['eng', 'ces', 'deu']);
    expect(languagesFor('en', ['deu', 'eng'])).toEqual(['eng']);
  });
});
