import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readExamples } from './read-examples.ts';

const folder = mkdtempSync(join(tmpdir(), 'eras-examples-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (content: string) => {
  const path = join(folder, 'examples');
  writeFileSync(path, content);
  return path;
};

it.each([
  ['CSV', 'text,technique\n"Reads LSASS, twice",t1003.001\nEncrypts files,T1486\n'],
  ['CSV with other columns', '\uFEFFid;Technique;Text\n1;T1003.001;Reads LSASS, twice\n2;T1486;Encrypts files\n'],
  [
    'JSON lines',
    '{"text":"Reads LSASS, twice","technique":"T1003.001"}\n\n{"technique":"T1486","text":"Encrypts\\n files"}\n',
  ],
])('reads %s', async (_, content) => {
  expect(await readExamples(file(content))).toEqual([
    { text: 'Reads LSASS, twice', techniqueId: 'T1003.001', row: 1 },
    { text: 'Encrypts files', techniqueId: 'T1486', row: 2 },
  ]);
});

it.each([
  ['', 'holds no examples'],
  ['text,technique\n', 'holds no examples'],
  ['name,id\na,b\n', 'has no columns text and technique'],
  ['text,technique\nReads,\n', 'row 1 has no text or no technique'],
  ['{"text":"a","technique":"T1"}\n{"text":\n', 'row 2 is no JSON'],
  ['{"text":7,"technique":"T1"}\n', 'row 1 has no text or no technique'],
  ['text,technique\n"open,T1\n', 'is no CSV'],
])('refuses %j', async (content, message) => {
  await expect(readExamples(file(content))).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining(message),
  });
});

it.each([folder, join(folder, 'missing.csv')])('refuses %s', async (path) => {
  await expect(readExamples(path)).rejects.toMatchObject({ code: 'BAD_INPUT' });
});
