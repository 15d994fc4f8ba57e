import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { pdfPages } from '../../../test/support/pdf-pages.ts';
import {
  crowdedFindings,
  EXAMPLE_HEAD,
  EXAMPLE_PORTFOLIO,
  exampleDiff,
  exampleDocument,
  LONG_ACTIONS,
} from '../../../test/support/report-input.ts';
import { hasService } from '../../../test/support/services.ts';
import type { ReportDocument } from '../document/document.ts';
import { DEFAULT_TEMPLATE, type ReportTemplate } from '../document/template.ts';
import { renderHtml } from './render-html.ts';

/** Prints as a browser does. */
async function print(document: ReportDocument): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'eras-print-'));
  try {
    let text = '';
    await renderHtml(document, async (more) => {
      text += more.toString();
    });
    writeFileSync(join(folder, 'report.html'), text);
    const to = join(folder, 'report.pdf');
    const flags = ['--headless', '--no-sandbox', `--user-data-dir=${folder}/profile`, '--no-pdf-header-footer'];
    await promisify(execFile)('chromium', [...flags, `--print-to-pdf=${to}`, join(folder, 'report.html')], {
      timeout: 50_000,
    });
    return await pdfPages(readFileSync(to));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const FINDINGS = crowdedFindings(30);
const CLAIM = 'Much is said of it here, and more than that.';

/** Page one with as much on it as there can be. */
const longDocument = (template: ReportTemplate) => {
  const citations = Array.from({ length: 12 }, (_, n) => ({
    claim: CLAIM,
    evidence: `E${n + 1}`,
    source: 'CISA KEV',
    text: 'listed as exploited since some day in the last year, and used by ransomware',
  }));
  const written = { source: 'llm' as const, actions: LONG_ACTIONS, text: `${CLAIM} `.repeat(14), citations };
  const head = { ...EXAMPLE_HEAD, summary: { ...EXAMPLE_HEAD.summary, ...written }, portfolio: EXAMPLE_PORTFOLIO };
  const history = [1, 2, 3].map((day) => ({
    assessmentId: `A${day}`,
    createdAt: `2026-03-0${day}T10:00:00Z`,
    counts: EXAMPLE_HEAD.summary.counts,
  }));
  return exampleDocument(FINDINGS, { head, history, template, previous: exampleDiff(FINDINGS.slice(5), FINDINGS) });
};

describe.skipIf(!hasService('chromium'))('the HTML report, printed', { timeout: 60_000 }, () => {
  it.each([
    ['en', 'In short', 'First three actions', 'Since the last assessment', '25 as before', 'Assessed at'],
    ['de', 'Kurz gefasst', 'Die ersten drei Maßnahmen', 'Seit der letzten', '25 unverändert', 'Bewertet am'],
  ] as const)('has the whole executive summary on page one, in %s', async (language, ...words) => {
    const pages = await print(await longDocument({ ...DEFAULT_TEMPLATE, language }));
    for (const word of words.slice(0, -1)) expect(pages[0]).toContain(word);
    expect(pages[0]).not.toContain(words.at(-1));
    expect(pages[1]).toContain(words.at(-1));
  });

  it('never leaves the name of a section or of a table alone at the foot of a page', async () => {
    const document = await longDocument(DEFAULT_TEMPLATE);
    const titles = new Set([
      ...document.sections.map(({ title }) => title),
      ...document.sections.flatMap(({ blocks }) => blocks.flatMap((one) => (one.kind === 'table' ? one.caption : []))),
    ]);
    for (const page of await print(document)) {
      const foot = page.replace(/\s*\d+\s*$/, '').trim();
      expect([...titles].filter((title) => title !== '' && foot.endsWith(` ${title}`))).toEqual([]);
    }
  });
});
