import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { collectionOf, killAtRandom, writeNotes } from '../support/killed-ingestion.ts';
import { runEras, useHomes } from '../support/run-eras.ts';

const newHome = useHomes();
const folder = mkdtempSync(join(tmpdir(), 'eras-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** More than ten kills can leave behind. */
const NOTES = 55;
const KILLS = 10;

describe('taking documents in', () => {
  it('comes to the same collection where it is killed at random ten times and run again', async () => {
    writeNotes(folder, NOTES);
    const ingestion = ['ingest', folder, '--workers', '1'];
    const [clean, hit] = [newHome(), newHome()];
    expect(await runEras(ingestion, { ERAS_HOME: clean })).toMatchObject({ code: 0, stderr: '' });
    const left = await killAtRandom(ingestion, { ERAS_HOME: hit }, KILLS, Date.now());
    // Each kill finds a run that is not done, and what is there stays.
    for (const [time, count] of left.entries()) {
      expect(count).toBeLessThan(NOTES);
      expect(count).toBeGreaterThanOrEqual(left[time - 1] ?? 0);
    }
    expect(left.at(-1)).toBeGreaterThan(0);
    const last = await runEras(ingestion, { ERAS_HOME: hit });
    expect(last).toMatchObject({ code: 0, stderr: '' });
    expect(last.stdout).toContain(`${left.at(-1)} unchanged`);
    const [whole, mended] = [collectionOf(clean), collectionOf(hit)];
    for (const table of Object.keys(whole)) expect([table, mended[table]]).toEqual([table, whole[table]]);
    expect(whole).toMatchObject({ documents: { length: NOTES }, vectors: { length: 14 * NOTES }, journal: [] });
  }, 300_000);
});
