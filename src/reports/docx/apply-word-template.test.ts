import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_HEAD, exampleDocument, exampleFinding } from '../../../test/support/report-input.ts';
import { parseWordTemplate } from './parse-word-template.ts';
import { renderDocx } from './render-docx.ts';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const style = (id: string, name: string, more = '') =>
  `<w:style w:type="paragraph" w:styleId="${id}"${more}><w:name w:val="${name}"/><w:rPr><w:color w:val="AA00AA"/></w:rPr></w:style>`;
const STYLES = `<?xml version="1.0" encoding="UTF-8"?><w:styles ${W}><w:docDefaults><w:rPrDefault/></w:docDefaults>${[
  style('Standard', 'Normal', ' w:default="1"'),
  style('berschrift1', 'heading 1'),
  style('Note', 'A style of theirs &amp; only theirs'),
].join('')}</w:styles>`;
const wordFile = (parts: Readonly<Record<string, string>>) =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));

async function render(file: Uint8Array) {
  const word = parseWordTemplate(file);
  if (!word.ok) throw new Error(word.error);
  const stamp = { assessmentId: 'A1', createdAt: EXAMPLE_HEAD.createdAt };
  const bytes = await renderDocx(await exampleDocument([exampleFinding()]), stamp, word.value);
  return Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
}

describe('a Word template', () => {
  it('gives its styles by their names, whatever their ids; ours that it lacks stay', async () => {
    const parts = await render(wordFile({ 'word/styles.xml': STYLES, 'word/theme/theme1.xml': '<a:theme/>' }));
    const styles = parts['word/styles.xml'] ?? '';
    expect(styles.match(/w:val="heading 1"/gi)).toHaveLength(1);
    expect(styles).toContain('A style of theirs &amp; only theirs');
    expect(styles.match(/w:default="1"/g)).toHaveLength(1);
    expect(parts['word/document.xml']).toContain('<w:pStyle w:val="berschrift1"/>');
    expect(parts['word/document.xml']).not.toContain('<w:pStyle w:val="Heading1"/>');
    // Theirs has the id of one of ours under another name.
    expect(styles).toMatch(/w:styleId="ErasNote"[^>]*><w:name w:val="Note"\/?>/);
    expect(parts['word/document.xml']).toContain('<w:pStyle w:val="ErasNote"/>');
    expect(parts['word/document.xml']).not.toContain('<w:pStyle w:val="Note"/>');
    expect(styles).toMatch(/w:styleId="Fact"(?:(?!<\/w:style>).)*<w:basedOn w:val="Standard"/);
    expect(parts['word/theme/theme1.xml']).toBe('<a:theme/>');
    expect(parts['word/_rels/document.xml.rels']).toContain('theme/theme1.xml');
    expect(parts['[Content_Types].xml']).toContain('/word/theme/theme1.xml');
  });

  it('gives styles and nothing else: no markup of its own, no circle, nothing hidden, no id twice, no list that is not there', async () => {
    const hostile = STYLES.replace(
      '</w:styles>',
      `<w:p><w:fldSimple w:instr="DDEAUTO cmd"/></w:p><script>1</script><w:altChunk r:id="r9"/>
<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Title"/><w:basedOn w:val="b"/><w:p/><w:pPr><w:numPr><w:numId w:val="77"/></w:numPr></w:pPr><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="b"><w:name w:val="b"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="b"><w:name w:val="b again"/></w:style></w:styles>`,
    );
    const styles = (await render(wordFile({ 'word/styles.xml': hostile })))['word/styles.xml'] ?? '';
    for (const part of ['fldSimple', '<script', 'altChunk', 'vanish', 'numPr', '<w:p>', '<w:p/>', 'b again']) {
      expect(styles).not.toContain(part);
    }
    expect(styles).toContain('w:styleId="a"');
    expect(styles).not.toMatch(/<w:basedOn w:val="[ab]"/);
  });

  it('changes no word, and is not needed', async () => {
    const parts = await render(wordFile({ 'word/styles.xml': STYLES }));
    const stamp = { assessmentId: 'A1', createdAt: EXAMPLE_HEAD.createdAt };
    const plain = unzipSync(await renderDocx(await exampleDocument([exampleFinding()]), stamp));
    const words = (xml: string) => xml.replace(/<[^>]*>/g, ' ');
    expect(words(parts['word/document.xml'] ?? '')).toBe(words(strFromU8(plain['word/document.xml'] as Uint8Array)));
    expect(parts).not.toHaveProperty(['word/theme/theme1.xml']);
  });

  it('in white or in letters of a point is told, and readable all the same', async () => {
    const with_ = (id: string, name: string, rPr: string, pPr = '') =>
      `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${pPr}<w:rPr>${rPr}</w:rPr></w:style>`;
    const xml = `<w:styles ${W}>${[
      with_('N', 'Normal', '<w:b/><w:color w:val="FFFFFF" w:themeColor="background1"/>'),
      with_('T', 'Title', '<w:sz w:val="2"/><w:szCs w:val="2"/>'),
      with_('H1', 'heading 1', '<w:color w:val="FFFFFF"/>', '<w:pPr><w:shd w:val="clear" w:fill="123570"/></w:pPr>'),
      with_('H2', 'heading 2', '<w:color w:val="8A8A8A"/><w:sz w:val="12"/>'),
    ].join('')}</w:styles>`;
    const file = wordFile({ 'word/styles.xml': xml });
    expect(parseWordTemplate(file)).toMatchObject({ value: { unreadable: ['Normal', 'Title'] } });
    const styles = (await render(file))['word/styles.xml'] ?? '';
    const styleOf = (id: string) => new RegExp(`w:styleId="${id}".*?</w:style>`).exec(styles)?.[0] ?? '';
    expect(styleOf('N')).toMatch(/<w:b>?/);
    expect(styleOf('N')).not.toContain('w:color');
    expect(styleOf('T')).not.toContain('w:sz');
    expect(styleOf('H1')).toContain('FFFFFF');
    expect(styleOf('H2')).toMatch(/8A8A8A.*w:sz/);
  });

  it.each([
    ['no archive', strToU8('styles'), 'no Word file'],
    ['an archive without styles', wordFile({ 'a.txt': 'x' }), 'no styles'],
    ['styles that are none', wordFile({ 'word/styles.xml': '<html/>' }), 'no styles'],
    [
      'entities',
      wordFile({ 'word/styles.xml': STYLES, 'word/theme/theme1.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a/>' }),
      'declares entities',
    ],
    [
      'UTF-16',
      zipSync({ 'word/styles.xml': new Uint8Array(Buffer.from(`\ufeff${STYLES}`, 'utf16le')) }),
      'word/styles.xml is written in UTF-16',
    ],
    ['styles that are cut off', wordFile({ 'word/styles.xml': STYLES.slice(0, 300) }), 'XML is broken'],
    ['styles of 5 MB', wordFile({ 'word/styles.xml': STYLES + ' '.repeat(5 * 2 ** 20) }), 'larger than 4 MB'],
  ])('that is %s is refused', (_, file, reason) => {
    expect(parseWordTemplate(file)).toMatchObject({ ok: false, error: expect.stringContaining(reason) });
  });
});
