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

/** A large report: what stands around its entries, and each of them. */
interface Large {
  readonly format: string;
  readonly start: string;
  readonly end: string;
  readonly separator: string;
  entry(index: number): string;
  lastOf(count: number): string;
}

const HOST_ITEMS = 60;
const LARGE: readonly Large[] = [
  {
    format: 'SARIF',
    start: '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"tool"}},"results":[',
    end: ']}]}',
    separator: ',',
    entry: (index) => {
      const message = { text: `package ${index} is vulnerable; ${'x'.repeat(400)}` };
      return JSON.stringify({ ruleId: cveOf(index), message });
    },
    lastOf: (count) => `/runs/0/results/${count - 1}`,
  },
  {
    format: 'Nessus',
    start: '<?xml version="1.0" ?><NessusClientData_v2><Policy/><Report name="r">',
    end: '</ReportHost></Report></NessusClientData_v2>',
    separator: '',
    entry: (index) => {
      const host = Math.floor(index / HOST_ITEMS);
      const item = `<ReportItem pluginID="${index}" severity="3"><cve>${cveOf(index)}</cve><description>${'x &amp; '.repeat(120)}</description></ReportItem>`;
      const begins = index % HOST_ITEMS === 0 ? `<ReportHost name="host-${host}">` : '';
      return index > 0 && begins !== '' ? `</ReportHost>${begins}${item}` : `${begins}${item}`;
    },
    lastOf: (count) => `ReportHost[host-${Math.floor((count - 1) / HOST_ITEMS)}]/ReportItem[${count - 1}]`,
  },
];

const cveOf = (index: number) => `CVE-2024-${10_000 + (index % 3000)}`;

/** Writes a report of a size, and returns how many entries it has. */
async function write(path: string, size: number, { start, end, separator, entry }: Large): Promise<number> {
  const stream = createWriteStream(path);
  stream.write(start);
  let [count, written] = [0, 0];
  while (written < size) {
    const text = entry(count);
    if (!stream.write(count === 0 ? text : `${separator}${text}`)) await once(stream, 'drain');
    [count, written] = [count + 1, written + text.length];
  }
  stream.end(end);
  await once(stream, 'finish');
  return count;
}

describe('a report of 200 MB', () => {
  it.each(LARGE)(
    '$format: is read whole, in parts, with memory for a few of them',
    { timeout: 300_000 },
    async (large) => {
      const path = join(folder, large.format);
      const count = await write(path, 200 * MB, large);
      const before = process.memoryUsage.rss();
      const source = openFile(path);
      const report = await recogniseReport(source, await readBeginning(source));
      expect(report?.format).toBe(large.format);
      let [found, peak, last] = [0, 0, ''];
      for await (const item of report?.items ?? []) {
        found += 1;
        if (found % 10_000 === 0) peak = Math.max(peak, process.memoryUsage.rss() - before);
        if (item.kind === 'finding') last = item.position;
      }
      expect(found).toBe(count);
      expect(last).toBe(large.lastOf(count));
      expect(peak / MB).toBeLessThan(600);
    },
  );
});
