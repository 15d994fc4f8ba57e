import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readDocumentFile } from '../../src/adapters/documents/read-document.ts';
import { splitWords } from '../../src/knowledge/words-in.ts';
import { describeWithTestData, TEST_DATA } from '../support/test-data.ts';

describeWithTestData('an advisory as PDF and as DOCX', () => {
  it('gives the same words in the same order, but for the layout', async () => {
    const [pdf, docx] = await Promise.all(['docs/pdf/AA20-302A.pdf', 'docs/docx/AA20-302A.docx'].map(wordsOf));
    const shared = longestCommon(pdf ?? [], docx ?? []);
    const share = shared / Math.max(1, docx?.length ?? 0);
    process.stdout.write(
      `PDF ${pdf?.length} words, DOCX ${docx?.length}, in common and in order ${share.toFixed(4)} of the DOCX\n`,
    );
    expect(share).toBeGreaterThanOrEqual(0.98);
  });
});

async function wordsOf(name: string): Promise<string[]> {
  const reading = await readDocumentFile(join(TEST_DATA ?? '', name), { maxBytes: 10 ** 8, maxPages: 2000 });
  if (!reading.ok) throw new Error(reading.error);
  return splitWords(reading.value.document.blocks.map(({ text }) => text).join('\n'));
}

/** The length of the longest common subsequence. */
function longestCommon(left: readonly string[], right: readonly string[]): number {
  let before = new Uint32Array(right.length + 1);
  for (const word of left) {
    const row = new Uint32Array(right.length + 1);
    for (let at = 1; at <= right.length; at += 1)
      row[at] = word === right[at - 1] ? (before[at - 1] ?? 0) + 1 : Math.max(before[at] ?? 0, row[at - 1] ?? 0);
    before = row;
  }
  return before[right.length] ?? 0;
}
