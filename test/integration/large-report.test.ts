import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readBeginning, recogniseReport } from '../../src/intake/reports/read-report.ts';
import { openFile } from '../../src/intake/reports/text-source.ts';

const MB = 2 ** 20;
const folder = mkdtempSync(join(tmpdir(), 'eras-large-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a SARIF report of a size, and returns how many results it has. */
async function writeSarif(path: string, size: number): Promise<number> {
  const stream = createWriteStream(path);
  stream.write('{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"tool"}},"results":[');
  let [count, written] = [0, 0];
  while (written < size) {
    const message = { text: `package ${count} is vulnerable; ${'x'.repeat(400)}` };
    const result = JSON.stringify({ ruleId: `CVE-2024-${10_000 + (count % 3000)}`, message });
    if (!stream.write(count === 0 ? result : `,${result}`)) await once(stream, 'drain');
    [count, written] = [count + 1, written + result.length];
  }
  stream.end(']}]}');
  await once(stream, 'finish');
  return count;
}

describe('a report of 200 MB', () => {
  it('is read whole, in parts, with memory for a few of them', { timeout: 300_000 }, async () => {
    const path = join(folder, 'large.sarif');
    const count = await writeSarif(path, 200 * MB);
    const before = process.memoryUsage.rss();
    const source = openFile(path);
    const report = await recogniseReport(source, await readBeginning(source));
    expect(report?.format).toBe('SARIF');
    let [found, peak, last] = [0, 0, ''];
    for await (const item of report?.items ?? []) {
      found += 1;
      if (found % 10_000 === 0) peak = Math.max(peak, process.memoryUsage.rss() - before);
      if (item.kind === 'finding') last = item.position;
    }
    expect(found).toBe(count);
    expect(last).toBe(`/runs/0/results/${count - 1}`);
    expect(peak / MB).toBeLessThan(600);
  });
});
