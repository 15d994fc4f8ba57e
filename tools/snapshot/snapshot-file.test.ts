import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWithTestData, TEST_DATA } from '../../test/support/test-data.ts';
import { buildSnapshotDocument } from './build-document.ts';
import { findMismatch, MANIFEST_FILE, packSnapshot, SNAPSHOT_FILE, type SnapshotManifest } from './manifest.ts';

const DATA = join(import.meta.dirname, '../../data');
const file = readFileSync(join(DATA, SNAPSHOT_FILE));
const manifest = JSON.parse(readFileSync(join(DATA, MANIFEST_FILE), 'utf8')) as SnapshotManifest;

it('the committed file matches its manifest', () => {
  expect(findMismatch(file, manifest)).toBeNull();
});

it.each([
  ['another file', Buffer.concat([file, Buffer.from([0])]), manifest, 'hash'],
  ['a file that is too big', Buffer.alloc(3 * 1024 * 1024), manifest, 'bytes'],
  ['a wrong count', file, { ...manifest, coverage: { ...manifest.coverage, kevEntries: 1 } }, '"coverage"'],
  ['a wrong date', file, { ...manifest, asOf: { ...manifest.asOf, kev: '2020-01-01' } }, '"asOf"'],
  ['no manifest', file, null, 'hash'],
])('tells %s', (_title, bytes, stated, reason) => {
  expect(findMismatch(bytes, stated)).toContain(reason);
});

describeWithTestData('the snapshot, built again', () => {
  it('has the committed content', async () => {
    const { document } = await buildSnapshotDocument(TEST_DATA ?? '');
    expect(packSnapshot(document).manifest.contentSha256).toBe(manifest.contentSha256);
  });
});
