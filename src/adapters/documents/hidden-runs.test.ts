import { describe, expect, it } from 'vitest';
import { zip } from '../../../test/support/zip.ts';
import { readDocx } from './read-office.ts';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relation = (kind: string, target: string) =>
  `<Relationship Id="${kind}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
const relations = (...all: readonly string[]) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;

interface Parts {
  readonly body: string;
  readonly styles?: string;
  readonly footnote?: string;
  readonly endnote?: string;
}

const textOf = async ({ body, styles = '', footnote = '', endnote = '' }: Parts) => {
  const bytes = zip([
    {
      name: '[Content_Types].xml',
      content:
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
    },
    { name: '_rels/.rels', content: relations(relation('officeDocument', 'word/document.xml')) },
    {
      name: 'word/_rels/document.xml.rels',
      content: relations(
        relation('styles', 'styles.xml'),
        relation('footnotes', 'footnotes.xml'),
        relation('endnotes', 'endnotes.xml'),
      ),
    },
    { name: 'word/document.xml', content: `<w:document ${W}><w:body>${body}</w:body></w:document>` },
    { name: 'word/styles.xml', content: `<w:styles ${W}>${styles}</w:styles>` },
    {
      name: 'word/footnotes.xml',
      content: `<w:footnotes ${W}><w:footnote w:id="2">${footnote}</w:footnote></w:footnotes>`,
    },
    {
      name: 'word/endnotes.xml',
      content: `<w:endnotes ${W}><w:endnote w:id="2">${endnote}</w:endnote></w:endnotes>`,
    },
  ]);
  return (await readDocx(bytes)).blocks.map(({ text }) => text).join(' ');
};

const run = (text: string, properties = '') => `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;
const paragraph = (runs: string, style = '') =>
  `<w:p>${style === '' ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}${runs}</w:p>`;
const style = (type: string, id: string, content: string, more = '') =>
  `<w:style w:type="${type}"${more} w:styleId="${id}">${content}</w:style>`;
const GONE = '<w:rPr><w:vanish/></w:rPr>';
const SEEN = paragraph(run('Seen.'));
const NOTED = paragraph(`${run('Seen.')}<w:r><w:footnoteReference w:id="2"/></w:r>`);

describe('what a DOCX hides', () => {
  it.each<[string, Parts]>([
    ['a run of its own', { body: paragraph(run('Seen.') + run('No.', '<w:vanish/>')) }],
    ['always', { body: paragraph(run('Seen.') + run('No.', '<w:specVanish/>')) }],
    ['in a font of a point', { body: paragraph(run('Seen.') + run('No.', '<w:sz w:val="2"/>')) }],
    [
      'by the style of a run',
      {
        body: paragraph(run('Seen.') + run('No.', '<w:rStyle w:val="Gone"/>')),
        styles: style('character', 'Gone', GONE),
      },
    ],
    [
      'by the style that a style is based on',
      {
        body: paragraph(run('Seen.') + run('No.', '<w:rStyle w:val="Below"/>')),
        styles: style('character', 'Below', '<w:basedOn w:val="Gone"/>') + style('character', 'Gone', GONE),
      },
    ],
    [
      'by a style that hides always',
      {
        body: SEEN + paragraph(run('No.'), 'Gone'),
        styles: style('paragraph', 'Gone', '<w:rPr><w:specVanish/></w:rPr>'),
      },
    ],
    [
      'by what holds for all text',
      {
        body: paragraph(run('Seen.', '<w:vanish w:val="0"/>') + run('No.')),
        styles: `<w:docDefaults><w:rPrDefault>${GONE}</w:rPrDefault></w:docDefaults>`,
      },
    ],
    [
      'by the style of paragraphs without one',
      {
        body: paragraph(run('Seen.', '<w:vanish w:val="0"/>') + run('No.')),
        styles: style('paragraph', 'Normal', GONE, ' w:default="1"'),
      },
    ],
    [
      'as a row of a table',
      {
        body: `<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>${paragraph(run('No.'))}</w:tc></w:tr><w:tr><w:tc>${SEEN}</w:tc></w:tr></w:tbl>`,
      },
    ],
  ])('is not read: %s', async (_, parts) => expect(await textOf(parts)).toBe('Seen.'));

  it.each<[string, Parts]>([
    ['a run', { body: NOTED, footnote: paragraph(run('Note.') + run('No.', '<w:vanish/>')) }],
    [
      'a paragraph by its style',
      {
        body: NOTED,
        styles: style('paragraph', 'Gone', GONE),
        footnote: paragraph(run('Note.')) + paragraph(run('No.'), 'Gone'),
      },
    ],
    [
      'a run of an endnote',
      {
        body: NOTED.replace('footnoteReference', 'endnoteReference'),
        endnote: paragraph(run('Note.') + run('No.', '<w:vanish/>')),
      },
    ],
  ])('is not read in notes: %s', async (_, parts) => {
    const text = await textOf(parts);
    expect(text).toContain('Seen.');
    expect(text).toContain('Note.');
    expect(text).not.toContain('No.');
  });

  it('is read where the run or its style shows it again', async () => {
    const styles =
      style('paragraph', 'Gone', GONE) + style('character', 'Shown', '<w:rPr><w:vanish w:val="0"/></w:rPr>');
    const own = paragraph(run('No.') + run('Seen.', '<w:vanish w:val="0"/>'), 'Gone');
    const ofStyle = paragraph(run('No.') + run('Seen.', '<w:rStyle w:val="Shown"/>'), 'Gone');
    expect(await textOf({ body: own, styles })).toBe('Seen.');
    expect(await textOf({ body: ofStyle, styles })).toBe('Seen.');
  });

  it('has an end where styles are based on one another in a circle', async () => {
    const styles =
      style('character', 'A', '<w:basedOn w:val="B"/>') + style('character', 'B', '<w:basedOn w:val="A"/>');
    const body = paragraph(run('Seen.', '<w:rStyle w:val="A"/>') + run('No.', '<w:vanish/>'));
    expect(await textOf({ body, styles })).toBe('Seen.');
  });
});
