import { describe, expect, it } from 'vitest';
import { readItemsOf } from '../../../test/support/read-items.ts';

const positionsOf = async (text: string) =>
  (await readItemsOf(text)).items.flatMap((item) => ('position' in item ? [item.position] : []));

describe('a table', () => {
  it.each(['\n', '\r\n', '\r'])('names the line where a row begins, with line ends %j', async (end) => {
    const lines = [
      'cve,title',
      'CVE-2024-1111,"one',
      '',
      'two"',
      '',
      'CVE-2024-1112,x',
      'CVE-2024-1113,"a',
      'b"',
      'CVE-2024-1114,c',
    ];
    expect(await positionsOf(lines.join(end))).toEqual(['line 2', 'line 6', 'line 7', 'line 9']);
  });

  it('counts lines before the titles', async () => {
    const text = 'Report,of today\r\n"by",me\r\n\r\ncve;host\r\nCVE-2024-1111;a\r\n';
    expect(await positionsOf(text)).toEqual(['line 5']);
  });

  it.each([',', ';', '\t', '|'])('may be separated by %j', async (sign) => {
    const { items } = await readItemsOf(`cve${sign}host\nCVE-2024-1111${sign}web-1`);
    expect(items).toMatchObject([{ ids: ['CVE-2024-1111'], host: { hostname: 'web-1' } }]);
  });

  it('puts columns of the same title together', async () => {
    const { items } = await readItemsOf('cve,cve,cve\nCVE-2024-1111,,CVE-2024-1112\n');
    expect(items).toMatchObject([{ ids: ['CVE-2024-1111', 'CVE-2024-1112'] }]);
  });

  it('is read on behind a cell of 10 MB', async () => {
    const text = `cve,title\nCVE-2024-1111,"${'x'.repeat(10 * 2 ** 20)}"\nCVE-2024-1112,b\n`;
    const { items } = await readItemsOf(text);
    expect(items.map((item) => ('ids' in item ? item.ids[0] : item.kind))).toEqual(['CVE-2024-1111', 'CVE-2024-1112']);
  });

  it('keeps what stands before a row that is too long, which is a gap with its line', async () => {
    const text = `cve,title\nCVE-2024-1111,"a\nb"\nCVE-2024-1112,"${'x'.repeat(17 * 2 ** 20)}"\nCVE-2024-1113,c\n`;
    expect((await readItemsOf(text)).items).toMatchObject([
      { ids: ['CVE-2024-1111'] },
      { kind: 'unreadable', position: 'line 4', what: expect.stringMatching(/^a row of more than 16 MB/) },
    ]);
  });

  it('is refused with one line where a quote is never closed', async () => {
    const text = 'cve,title\nCVE-2024-1111,"open\nCVE-2024-1112,x\n';
    await expect(readItemsOf(text)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/^report begins like CSV but cannot be read as CSV: [^\n]+$/),
    });
  });

  it('is none where 10 MB have no line end', async () => {
    expect((await readItemsOf('a,b,'.repeat(2.5e6))).format).toBeNull();
  });

  it('is not seen in prose with commas', async () => {
    const prose = [
      'CVE, as ever, is on our minds; see CVE-2024-1111, please',
      'Hello, world, CVE-2024-1111',
      'vulnerability',
    ];
    for (const text of prose) expect((await readItemsOf(text)).format).toBeNull();
  });
});
