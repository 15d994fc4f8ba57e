import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pdf } from '../../../test/support/pdf.ts';
import { parseFields } from './read-fields.ts';
import { readHtml } from './read-html.ts';
import { readMarkdown } from './read-markdown.ts';
import { readPdf } from './read-pdf.ts';
import { readSidecar } from './read-sidecar.ts';
import { readCsv, readText } from './read-text.ts';

const textsOf = ({ blocks }: { blocks: readonly { kind: string; level: number; text: string }[] }) =>
  blocks.map(({ kind, level, text }) =>
    kind === 'heading' ? `h${level} ${text}` : kind === 'table' ? `table ${text}` : text,
  );

describe('Markdown', () => {
  it('is read as people see it, with the fields in front of it', () => {
    const document = readMarkdown(
      '---\nTitle: Patch policy\nowner: [Ann, Bob]\ndate: 2026-01-02\nnested: { a: 1 }\n---\n# Patching\n\nSee [the *wiki*](https://wiki.example) for `how`.\n\n- one\n  - deeper\n- two\n\n> quoted\n\n| host | owner |\n|---|---|\n| web | **Ann** |\n\n<script>alert(1)</script>\n\n```sh\nmake patch\n```\n',
    );
    expect(document.title).toBe('Patch policy');
    expect(document.fields).toEqual({ title: 'Patch policy', owner: ['Ann', 'Bob'], date: '2026-01-02' });
    expect(textsOf(document)).toEqual([
      'h1 Patching',
      'See the wiki for how.',
      '- one\n- deeper\n- two',
      'quoted',
      'table host | owner\nweb | Ann',
      'make patch',
    ]);
  });

  it('takes its first heading for a title', () => {
    expect(readMarkdown('# Of the shop\n\nText.').title).toBe('Of the shop');
    expect(textsOf(readMarkdown('---\n\nBetween rules: persimmon.\n\n---\n\nmore')).join(' ')).toContain('persimmon');
  });

  it('says what is wrong with YAML in front of it, which is text and no heading then', () => {
    const bomb = `a: &a [x, x]\n${Array.from({ length: 40 }, (_, index) => `b${index}: &b${index} [${index === 0 ? '*a, *a' : `*b${index - 1}, *b${index - 1}`}]`).join('\n')}`;
    for (const [yaml, reason] of [
      ['owner: [unclosed', 'is no YAML (line 1)'],
      ['owner: Ann\nhost: "open', 'is no YAML (line 2)'],
      [bomb, 'repeats itself by more than 20 aliases'],
      [`owner: ${'x'.repeat(30_000)}`, 'is longer than 20000 characters'],
      [Array.from({ length: 101 }, (_, index) => `f${index}: x`).join('\n'), 'says more than 100 fields'],
    ] as const) {
      const document = readMarkdown(`---\n${yaml}\n---\n# Title\n\ntext`);
      expect(document.fields).toEqual({});
      expect(document.notes).toEqual([{ kind: 'gap', text: expect.stringContaining(reason) }]);
      expect(document.notes[0]?.text).toContain('correct it and ingest again');
      expect(document.notes[0]?.text.length).toBeLessThan(200);
      expect(document.blocks.filter(({ kind }) => kind === 'heading').map(({ text }) => text)).toEqual(['Title']);
      expect(document.blocks[0]?.text).toContain(yaml.slice(0, 5));
    }
  });
});

describe('fields', () => {
  it('are bounded, and those that nobody can say are told', () => {
    expect(parseFields('Owner: [Ann, Bob]\nTYPE: policy\npath: /x\nnested: { a: 1 }')).toEqual({
      ok: true,
      value: {
        fields: { owner: ['Ann', 'Bob'] },
        notes: [
          { kind: 'warning', text: expect.stringContaining('type, path cannot be said of a document') },
          { kind: 'gap', text: expect.stringContaining('nested is neither a value nor a list of values') },
        ],
      },
    });
    expect(parseFields('version: 1.10\nbuild: 007\nchecked: True\nlist: [2.0, "3", x]\ndate: 2026-01-02')).toEqual({
      ok: true,
      value: {
        fields: { version: '1.10', build: '007', checked: 'True', list: ['2.0', '3', 'x'], date: '2026-01-02' },
        notes: [],
      },
    });
    expect(parseFields('__proto__: x\nconstructor: Ann')).toMatchObject({
      value: { fields: { constructor: 'Ann' }, notes: [{ text: expect.stringContaining('__proto__ cannot be said') }] },
    });
    expect(parseFields('date: 2026-02-30')).toMatchObject({
      value: { notes: [{ kind: 'gap', text: expect.stringContaining('"2026-02-30" is no day (YYYY-MM-DD)') }] },
    });
    expect(parseFields('date: 2026-02-28\nowner:')).toMatchObject({ value: { notes: [] } });
    expect(parseFields(`long: ${'x'.repeat(1000)}`)).toMatchObject({
      value: { fields: { long: expect.stringMatching(/^x{299}…$/) } },
    });
    expect(parseFields('tags: []\nsystem: [pay, pay]\nyears: [2025, null]')).toMatchObject({
      value: { fields: { system: 'pay' }, notes: [{ text: expect.stringContaining('years is neither a value') }] },
    });
    expect(parseFields(`many: [${Array.from({ length: 301 }, (_, index) => index).join()}]`)).toEqual({
      ok: false,
      error: 'says more than 300 values',
    });
    expect(parseFields('- a list')).toEqual({ ok: false, error: 'holds no lines of the form FIELD: VALUE' });
    expect(parseFields(': : not yaml').ok).toBe(false);
  });

  it('stand beside a document, too, and what cannot be read there is told with its name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'eras-sidecar-'));
    const path = join(folder, 'policy.pdf');
    try {
      expect(await readSidecar(path)).toEqual({ fields: {}, notes: [] });
      writeFileSync(`${path}.json`, '{"owner": "Ann", "type": "policy"}');
      expect(await readSidecar(path)).toEqual({
        fields: { owner: 'Ann' },
        notes: [{ kind: 'warning', text: expect.stringMatching(/^its policy\.pdf\.json: type cannot be said/) }],
      });
      for (const [content, reason] of [
        ['owner: [unclosed', 'is no YAML (line 1) and gives no fields; correct that file and ingest again'],
        ['x'.repeat(100_001), 'has more than 100 kB'],
        ['', 'holds no lines of the form FIELD: VALUE'],
      ] as const) {
        writeFileSync(`${path}.yaml`, content);
        expect(await readSidecar(path)).toEqual({
          fields: {},
          notes: [{ kind: 'gap', text: expect.stringContaining(`its policy.pdf.yaml ${reason}`) }],
        });
      }
      rmSync(`${path}.yaml`);
      mkdirSync(`${path}.yaml`);
      expect((await readSidecar(path)).notes[0]?.text).toContain('is no regular file');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('HTML', () => {
  it('is read as people see it: no scripts, nothing hidden, tables row by row', () => {
    const document = readHtml(
      '<!doctype html><title>The &amp; shop</title><style>p{}</style><nav>Menu</nav><h1>Gateway</h1><p>Owned by<br>Ann &lt;platform&gt;.<div hidden>secret</div><ul><li>one<li>two</ul><table><tr><th>host<th>owner<tr><td>web<td><p>Ann</p></table><script>alert(1)</script><noscript>no</noscript>',
    );
    expect(document.title).toBe('The & shop');
    expect(textsOf(document)).toEqual([
      'h1 Gateway',
      'Owned by\nAnn <platform>.',
      'one',
      'two',
      'table host | owner\nweb | Ann',
    ]);
  });

  it('comes to an end however it is nested or broken', () => {
    const deep = `${'<div><table><tr><td>'.repeat(20_000)}x`;
    expect(textsOf(readHtml(deep)).join(' ').length).toBeLessThan(100);
    expect(textsOf(readHtml('<p>open <b>text <!-- never closed'))).toEqual(['open text']);
  });
});

describe('the properties of a PDF', () => {
  const read = async (info: string) => (await readPdf(pdf(['Servers are patched.'], info), 100)).document;

  it('are its title and its days, unless they are what programs put there', async () => {
    const { title, fields } = await read(
      "/Title (Patch policy) /CreationDate (D:20260102030405Z) /ModDate (D:20260304050607+01'00')",
    );
    expect([title, fields]).toEqual([
      'Patch policy',
      { created: '2026-01-02', modified: '2026-03-04', date: '2026-03-04' },
    ]);
    for (const info of ['', '/Title (Microsoft Word - x.docx)', '/Title (policy.pdf) /ModDate (D:20269999)']) {
      const { title, fields } = await read(info);
      expect([title, fields]).toEqual([null, {}]);
    }
  });
});

describe('text and tables', () => {
  it('reads paragraphs without what cannot be seen', () => {
    expect(textsOf(readText('one\r\nline\r\n\r\ntwo\u200b\u0007 \u202eend'))).toEqual(['one\nline', 'two end']);
  });

  it('reads CSV with any separator, a header on each part of a long one', () => {
    expect(textsOf(readCsv('host;owner\nweb;"Ann; Bob"\n'))).toEqual(['table host | owner\nweb | Ann; Bob']);
    const long = readCsv(
      ['host,owner', ...Array.from({ length: 100 }, (_, index) => `h${index},o${index}`)].join('\n'),
    );
    expect(long.blocks).toHaveLength(3);
    for (const { text } of long.blocks) expect(text.startsWith('host | owner\n')).toBe(true);
  });
});

describe('PDF', () => {
  it('is read page by page, without what the layout repeats, and with words made whole', async () => {
    const body = (index: number) => [
      'CONFIDENTIAL report',
      `1.${index + 1} Finding ${'ABCDE'[index]}`,
      `The ${['login', 'search', 'order', 'admin', 'profile'][index]} form is vul-`,
      'nerable to guessing.',
      ...Array.from({ length: 8 }, (_, line) => `Line ${line} of finding ${index} goes on,`),
      `Page ${index + 1} of 5`,
    ];
    const { document } = await readPdf(pdf(Array.from({ length: 5 }, (_, index) => body(index).join('\n'))), 100);
    expect(document.pages).toBe(5);
    const first = textsOf({ blocks: document.blocks.filter(({ page }) => page === 1) });
    expect(first[0]).toBe('h2 1.1 Finding A');
    expect(first[1]).toMatch(/^The login form is vulnerable to guessing\./);
    expect(first.join(' ')).not.toMatch(/CONFIDENTIAL|Page 1 of 5/);
    expect(first.join(' ')).toContain('Line 7 of finding 0 goes on,');
    const { document: short } = await readPdf(pdf(Array.from({ length: 5 }, () => 'The same on every page.')), 100);
    expect(short.blocks).toHaveLength(5);
  });

  const wordsOfPages = async (pages: readonly (readonly string[])[]) => {
    const { document } = await readPdf(pdf(pages.map((lines) => lines.join('\n'))), 100);
    return pages.map((_, index) =>
      document.blocks
        .filter(({ page }) => page === index + 1)
        .map(({ text }) => text)
        .join(' '),
    );
  };
  const many = (name: string, count: number) => Array.from({ length: count }, (_, line) => `${name} line ${line} and`);

  it('loses running heads that end in the page’s number, on short pages too, and no heading that looks alike', async () => {
    const pages = [0, 1, 2, 3].map((index) => [
      `Security policy of the Example Company ${index + 1}`,
      `Finding ${index + 1}`,
      ...many(`Page${'abcd'[index]}`, index === 3 ? 2 : 14),
      'Example Company, internal use only',
    ]);
    for (const [index, text] of (await wordsOfPages(pages)).entries()) {
      expect(text).not.toMatch(/Security policy|internal use only/);
      expect(text).toMatch(new RegExp(`^Finding ${index + 1} Page${'abcd'[index]} line 0 and .*line 1 and`));
    }
  });

  it('loses heads, feet and page numbers of pages of a few lines, and keeps what an author repeats in between', async () => {
    const pages = [1, 2, 3].map((page) => [
      'Acme patch policy',
      'Servers are patched.',
      `This is number ${page}.`,
      `Page ${page} of 3`,
    ]);
    expect(await wordsOfPages(pages)).toEqual([1, 2, 3].map((page) => `Servers are patched. This is number ${page}.`));
    const two = [pages[0] ?? [], pages[1] ?? []];
    expect(await wordsOfPages(two)).toEqual([
      'Acme patch policy Servers are patched. This is number 1.',
      'Acme patch policy Servers are patched. This is number 2.',
    ]);
    expect(await wordsOfPages([['TLP:AMBER', 'A text.', 'Of it.'], ['TLP:AMBER']])).toEqual([
      'A text. Of it.',
      'TLP:AMBER',
    ]);
  });

  it('says what is wrong with one that cannot be read', async () => {
    await expect(readPdf(pdf(['', '']), 100)).rejects.toThrow('no text layer');
    await expect(readPdf(pdf(['a', 'b', 'c']), 2)).rejects.toThrow('3 pages, more than 2');
    await expect(readPdf(Buffer.from('%PDF-1.4 nothing'), 10)).rejects.toThrow('no PDF that can be read');
  });
});
