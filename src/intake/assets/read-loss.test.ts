import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readAssets } from './read-assets.ts';

const folder = mkdtempSync(join(tmpdir(), 'eras-loss-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function readFirst(text: string) {
  const path = join(folder, 'assets.csv');
  writeFileSync(path, text);
  return (await readAssets(path)).assets[0]?.asset;
}
const readRow = (low: string, high: string) => readFirst(`id,loss_low_usd,loss_high_usd\nweb-1,${low},${high}\n`);

describe('the loss columns of an asset', () => {
  it.each([
    ['20000', '500000', { low: 20_000, high: 500_000 }],
    ['0.5', '1e6', { low: 0.5, high: 1_000_000 }],
    ['7', '7', { low: 7, high: 7 }],
    ['', '', null],
    ['unknown', '', null],
  ])('read %j and %j', async (low, high, eventLoss) => {
    expect((await readRow(low, high))?.eventLoss).toEqual(eventLoss);
  });

  it.each([
    ['0', '5', 'assets.csv line 2: loss_low_usd "0" is not a number above 0'],
    ['-1', '5', 'loss_low_usd "-1" is not a number above 0'],
    ['many', '5', 'loss_low_usd "many" is not a number above 0'],
    ['0x10', '50', 'loss_low_usd "0x10" is not a number above 0'],
    ['5', 'Infinity', 'loss_high_usd "Infinity" is not a number above 0'],
    ['5', '1e400', 'loss_high_usd "1e400" is not a number above 0'],
    ['9', '5', 'loss_low_usd 9 is above loss_high_usd 5; give the 5th and the 95th percentile'],
    ['5', '', 'loss_low_usd without loss_high_usd; give the 5th and the 95th percentile'],
    ['', '5', 'loss_high_usd without loss_low_usd'],
  ])('refuse %j and %j in one line', async (low, high, message) => {
    await expect(readRow(low, high)).rejects.toThrow(message);
  });

  it('refuse what is no number in JSON, and read what is', async () => {
    const of = (fields: object) => readFirst(JSON.stringify([{ id: 'web-1', ...fields }]));
    expect((await of({ loss_low_usd: 1, loss_high_usd: '2' }))?.eventLoss).toEqual({ low: 1, high: 2 });
    expect((await of({ loss_low_usd: null, loss_high_usd: null }))?.eventLoss).toBeNull();
    await expect(of({ loss_low_usd: { a: 1 }, loss_high_usd: 2 })).rejects.toThrow('loss_low_usd "{"a":1}" is not');
    await expect(of({ loss_low_usd: true, loss_high_usd: 2 })).rejects.toThrow('asset 1: loss_low_usd "true" is not');
  });

  it('read a susceptibility from 0 to 1', async () => {
    const of = (text: string) => readFirst(`id,susceptibility\nweb-1,${text}\n`);
    expect((await of('0.25'))?.susceptibility).toBe(0.25);
    expect((await of(''))?.susceptibility).toBeNull();
    await expect(of('1.5')).rejects.toThrow('line 2: susceptibility "1.5" is not a number from 0 to 1');
  });
});
