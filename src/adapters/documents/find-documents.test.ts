import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findDocuments } from './find-documents.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eras-find-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('finds documents below folders, and tells of links and pipes there', async () => {
  for (const name of ['below', 'node_modules', '.hidden']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'one.md'), 'text');
  }
  writeFileSync(join(folder, 'TWO.PDF'), 'text');
  writeFileSync(join(folder, 'program.exe'), 'text');
  symlinkSync(folder, join(folder, 'below', 'circle'));
  symlinkSync(join(folder, 'TWO.PDF'), join(folder, 'linked.pdf'));
  symlinkSync(join(folder, 'gone'), join(folder, 'dangling'));
  execFileSync('mkfifo', [join(folder, 'pipe.txt')]);
  const found = await findDocuments([folder, join(folder, 'missing.pdf'), `${folder}/*.nothing`]);
  expect(found.paths.map((path) => relative(folder, path))).toEqual(['TWO.PDF', 'below/one.md']);
  expect(found.folders).toEqual([folder]);
  expect(found.skipped.map(({ path, reason }) => [relative(folder, path), reason])).toEqual([
    ['linked.pdf', expect.stringMatching(/^it is a link.*; name it/)],
    ['pipe.txt', expect.stringContaining('a pipe')],
    ['below/circle', expect.stringContaining('it is a link')],
  ]);
  expect(found.missing).toHaveLength(2);
  const named = await findDocuments([folder, join(folder, 'linked.pdf'), join(folder, 'pipe.txt')]);
  expect(named.skipped.map(({ path }) => relative(folder, path))).toEqual(['below/circle']);
  expect((await findDocuments([join(folder, 'linked.pdf')])).paths).toEqual([join(folder, 'TWO.PDF')]);
});
