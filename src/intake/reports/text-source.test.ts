import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { readItemsOf } from '../../../test/support/read-items.ts';
import { holdStream, openFile, type TextSource } from './text-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'eras-source-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function textOf(source: TextSource): Promise<string> {
  let text = '';
  for await (const piece of source.open()) text += piece;
  return text;
}

const TABLE = 'cve,host\r\nCVE-2024-1111,web-ü\r\n';
const utf16be = Buffer.from(`\ufeff${TABLE}`, 'utf16le').swap16();

describe('text', () => {
  it.each([
    ['UTF-8', Buffer.from(TABLE)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${TABLE}`)],
    ['UTF-16 LE', Buffer.from(`\ufeff${TABLE}`, 'utf16le')],
    ['UTF-16 BE', utf16be],
    ['gzip', gzipSync(TABLE)],
    ['gzip of UTF-16', gzipSync(utf16be)],
  ])('is read from %s, whole and byte by byte', async (_, bytes) => {
    const path = file('table', bytes);
    expect(await textOf(openFile(path))).toBe(TABLE);
    const byByte = async function* () {
      for (const byte of bytes) yield Uint8Array.of(byte);
    };
    const held = await holdStream('stdin', byByte());
    expect(await textOf(held)).toBe(TABLE);
    expect(await textOf(held)).toBe(TABLE);
  });

  it.each([
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), 'is in UTF-32'],
    ['a ZIP archive', Buffer.from('PK\u0003\u0004rest'), 'is a ZIP archive'],
    ['binary', Buffer.from([1, 2, 0, 3]), 'is binary'],
    ['a cut gzip', gzipSync('text'.repeat(1e5)).subarray(0, 100), 'cannot be read'],
    ['broken gzip', Buffer.from([0x1f, 0x8b, 8, 9, 9, 9, 9, 9]), 'cannot be read'],
    ['nothing', Buffer.alloc(0), 'is empty'],
    ['gzip of nothing', gzipSync(''), 'is empty'],
  ])('is refused with one line: %s', async (_, bytes, problem) => {
    const path = file('bad', bytes);
    await expect(textOf(openFile(path))).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(new RegExp(`bad [^\\n]*${problem}[^\\n]*$`)),
    });
  });

  it('keeps what follows a wrong byte order mark and invalid bytes', async () => {
    const path = file(
      'mark',
      Buffer.concat([Buffer.from([0xef, 0xbb]), Buffer.from('CVE-2024-1111 '), Buffer.from([0xff])]),
    );
    expect(await textOf(openFile(path))).toContain('CVE-2024-1111');
  });

  it('refuses a gzip bomb before it fills the memory', async () => {
    const path = file('bomb.gz', gzipSync(Buffer.alloc(200 * 1024 * 1024, '[')));
    await expect(textOf(openFile(path))).rejects.toThrow(/unpacks to more than 400 times its size/);
  });

  it('refuses a file that changes or vanishes while it is read', async () => {
    const changing = file('changing', TABLE);
    const source = openFile(changing);
    appendFileSync(changing, 'CVE-2024-1112,x\n');
    await expect(textOf(source)).rejects.toThrow(/changed while it was read/);
    const vanishing = openFile(file('vanishing', TABLE));
    rmSync(join(folder, 'vanishing'));
    await expect(textOf(vanishing)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(() => openFile(join(folder, 'vanishing'))).toThrow(/cannot be read: ENOENT/);
  });

  it('is read in the encoding that XML declares', async () => {
    const xml = '<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>';
    expect(await textOf(openFile(file('latin.xml', Buffer.from(xml, 'latin1'))))).toBe(xml);
    const unknown = '<?xml version="1.0" encoding="ISO-8859-99"?><a>u</a>';
    await expect(textOf(openFile(file('unknown.xml', unknown)))).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('of XML in windows-1252 keeps its dashes, whatever the release of Node', async () => {
    const xml = '<?xml version="1.0" encoding="windows-1252"?><a>\x96\x80</a>';
    expect(await textOf(openFile(file('windows.xml', Buffer.from(xml, 'latin1'))))).toContain('<a>–€</a>');
  });

  it('reads a table of each encoding as the same', async () => {
    for (const bytes of [utf16be, gzipSync(TABLE), Buffer.from(TABLE)]) {
      expect((await readItemsOf(bytes)).items).toMatchObject([{ ids: ['CVE-2024-1111'], host: { hostname: 'web-ü' } }]);
    }
  });
});
