import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readReportTemplate } from './read-report-template.ts';

it('says what is wrong with a template that cannot be read, and where, in a line that ends', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'eras-template-'));
  try {
    const path = join(folder, 'bad.json');
    for (const text of ['{ "title": ', '{"title" "x"}', '{,}']) {
      writeFileSync(path, text);
      const reading = readReportTemplate({ config: null, folder, path, language: null });
      await expect(reading).rejects.toMatchObject({
        code: 'BAD_INPUT',
        message: expect.stringMatching(/bad\.json: [^\n]+ at line \d+, column \d+$/),
      });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
