import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSnapshotDocument } from './snapshot/build-document.ts';
import { MANIFEST_FILE, MAX_BYTES, packSnapshot, SNAPSHOT_FILE } from './snapshot/manifest.ts';

/**
 * Makes the bundled snapshot of facts (data/) from a folder of real records:
 * `ERAS_TEST_DATA=<folder> npx tsx tools/build-snapshot.ts`. Building twice gives the same bytes.
 */
async function buildSnapshot(records: string, target: string): Promise<void> {
  const { document, remarks } = await buildSnapshotDocument(records);
  const { file, manifest } = packSnapshot(document);
  if (file.length > MAX_BYTES) throw new Error(`the snapshot has ${file.length} bytes, more than ${MAX_BYTES}`);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, SNAPSHOT_FILE), file);
  writeFileSync(join(target, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(`data/${SNAPSHOT_FILE}: ${file.length} bytes`);
  console.table(manifest.coverage);
  for (const line of [...Object.entries(manifest.asOf).map(([source, at]) => `${source} as of ${at}`), ...remarks]) {
    console.log(line);
  }
}

const records = process.env['ERAS_TEST_DATA'];
if (records) {
  await buildSnapshot(records, join(import.meta.dirname, '..', 'data'));
} else {
  console.error('ERAS_TEST_DATA must name the folder of real records that the snapshot is made from');
  process.exitCode = 2;
}
