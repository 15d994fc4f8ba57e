import { describe, expect, it } from 'vitest';
import { pdf } from '../../../test/support/pdf.ts';
import { readHtml } from './read-html.ts';
import { readFields, readMarkdown } from './read-markdown.ts';
import { readPdf } from './read-pdf.ts';
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
    expect(document.fields).toEqual({ title: 'Patch policy', owner: 'Ann, Bob', date: '2026-01-02' });
    expect(textsOf(document)).toEqual([
      'h1 Patching',
      'See the wiki for how.',
      '- one\n- deeper\n- two',
      'quoted',
      'table host | owner\nweb | Ann',
      'make patch',
    ]);
  });

  it('takes its first heading for a title, and nothing of YAML that unfolds without end', () => {
    expect(readMarkdown('# Of the shop\n\nText.').title).toBe('Of the shop');
    const bomb = `a: &a [x, x]\n${Array.from({ length: 40 }, (_, index) => `b${index}: &b${index} [${index === 0 ? '*a, *a' : `*b${index - 1}, *b${index - 1}`}]`).join('\n')}`;
    expect(Object.values(readFields(bomb)).join('').length).toBeLessThan(10_000);
    expect(readFields(': : not yaml')).toEqual({});
    const unread = readMarkdown('---\nowner: [unclosed\n---\ntext');
    expect([unread.fields, textsOf(unread).join(' ')]).toEqual([{}, expect.stringContaining('unclosed')]);
    expect(textsOf(readMarkdown('---\n\nBetween rules: persimmon.\n\n---\n\nmore')).join(' ')).toContain('persimmon');
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
    const document = await readPdf(pdf(Array.from({ length: 5 }, (_, index) => body(index).join('\n'))), 100);
    expect(document.pages).toBe(5);
    const first = textsOf({ blocks: document.blocks.filter(({ page }) => page === 1) });
    expect(first[0]).toBe('h2 1.1 Finding A');
    expect(first[1]).toMatch(/^The login form is vulnerable to guessing\./);
    expect(first.join(' ')).not.toMatch(/CONFIDENTIAL|Page 1 of 5/);
    expect(first.join(' ')).toContain('Line 7 of finding 0 goes on,');
    const short = await readPdf(pdf(Array.from({ length: 5 }, () => 'The same on every page.')), 100);
    expect(short.blocks).toHaveLength(5);
  });

  it('says what is wrong with one that cannot be read', async () => {
    await expect(readPdf(pdf(['', '']), 100)).rejects.toThrow('no text layer');
    await expect(readPdf(pdf(['a', 'b', 'c']), 2)).rejects.toThrow('3 pages, more than 2');
    await expect(readPdf(Buffer.from('%PDF-1.4 nothing'), 10)).rejects.toThrow('no PDF that can be read');
  });
});
