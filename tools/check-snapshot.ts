import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../src/kernel/risk-error.ts';
import { findMismatch, MANIFEST_FILE, SNAPSHOT_FILE } from './snapshot/manifest.ts';

/** A step of `npm run check`: the committed snapshot is the one that its manifest describes. */
function checkSnapshot(folder: string): string | null {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, MANIFEST_FILE), 'utf8'));
    return findMismatch(readFileSync(join(folder, SNAPSHOT_FILE)), manifest);
  } catch (error) {
    return messageOf(error);
  }
}

const problem = checkSnapshot(join(import.meta.dirname, '..', 'data'));
if (problem === null) {
  console.log(`data/${SNAPSHOT_FILE} matches its manifest`);
} else {
  console.error(`data/${SNAPSHOT_FILE}: ${problem} (rebuild with tools/build-snapshot.ts)`);
  process.exitCode = 1;
}
