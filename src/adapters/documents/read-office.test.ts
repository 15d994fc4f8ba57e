import { describe, expect, it } from 'vitest';
import { docx, paragraph } from '../../../test/support/zip.ts';
import { readDocx } from './read-office.ts';

const set = (text: string, { bold = false, size = 0 } = {}) =>
  `<w:p><w:r><w:rPr>${bold ? '<w:b/>' : ''}${size > 0 ? `<w:sz w:val="${2 * size}"/>` : ''}</w:rPr><w:t>${text}</w:t></w:r></w:p>`;
const styled = (text: string, style: string) =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
const blocksOf = async (body: string) =>
  (await readDocx(docx(body))).blocks.map(({ kind, level, text }) => (kind === 'heading' ? `h${level} ${text}` : text));

describe('DOCX', () => {
  it('has the headings that people see where it has no styles of headings', async () => {
    const body = [
      set('Security of', { bold: true, size: 20 }),
      set('the shop', { bold: true, size: 20 }),
      set('Patching', { size: 16 }),
      paragraph('Servers are patched within two days, and nobody may wait longer than that.'),
      set('Internal servers', { bold: true }),
      paragraph('They are patched within thirty days.'),
      set('This is important.', { bold: true }),
      '<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Owner:</w:t></w:r><w:r><w:t> Ann Example</w:t></w:r></w:p>',
      set('TLP:AMBER', { bold: true }),
    ];
    expect(await blocksOf(body.join(''))).toEqual([
      'h1 Security of',
      'h1 the shop',
      'h2 Patching',
      'Servers are patched within two days, and nobody may wait longer than that.',
      'h3 Internal servers',
      'They are patched within thirty days.',
      'This is important.',
      'Owner: Ann Example',
    ]);
    expect((await readDocx(docx(body.join('')))).title).toBe('Security of the shop');
  });

  it('has the title of its style, else of its properties, else its first heading, and the days of its properties', async () => {
    const core = (title: string, modified: string) =>
      `<dc:title>${title}</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">2025-12-01T10:00:00Z</dcterms:created><dcterms:modified>${modified}</dcterms:modified>`;
    const body = `${styled('Storage', 'Heading1')}${paragraph('Backups are kept.')}`;
    const named = await readDocx(docx(`${styled('Backup', 'Title')}${body}`, '', core('Other', '')));
    expect([named.title, named.fields]).toEqual(['Backup', { created: '2025-12-01', date: '2025-12-01' }]);
    const said = await readDocx(docx(body, '', core('Backup &amp; restore', '2026-02-03T10:00:00Z')));
    expect([said.title, said.fields]).toEqual([
      'Backup & restore',
      { created: '2025-12-01', modified: '2026-02-03', date: '2026-02-03' },
    ]);
    for (const title of ['', 'Microsoft Word - x', 'policy_v3.docx', 'untitled', 'Document1'])
      expect((await readDocx(docx(body, '', core(title, 'no day')))).title).toBe('Storage');
    expect(
      (await readDocx(docx(body, '', '<dcterms:modified>2013-12-23T23:15:00Z</dcterms:modified>'))).fields,
    ).toEqual({});
  });

  it('has nothing that is hidden', async () => {
    const run = (text: string, properties: string) => `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;
    const body = [
      `<w:p>${run('Seen', '<w:b/>')}${run(' hidden', '<w:highlight w:val="yellow"/><w:vanish/>')}${run(' too.', '')}</w:p>`,
      `<w:p>${run('Hidden whole.', '<w:vanish w:val="true"/><w:b/>')}</w:p>`,
      `<w:p>${run('Not hidden.', '<w:vanish w:val="0"/>')}</w:p>`,
      `<w:tbl><w:tr><w:tc><w:p>${run('cell', '')}${run(' hidden', '<w:vanish/>')}</w:p></w:tc></w:tr></w:tbl>`,
    ];
    expect(await blocksOf(body.join(''))).toEqual(['Seen too.', 'Not hidden.', 'cell']);
  });

  it('keeps to styles where there are any, and takes no look for headings that all of the text has', async () => {
    const styles = [set('Bold', { bold: true }), styled('Patching', 'Heading1'), paragraph('Servers are patched.')];
    const all = ['One', 'Two', 'Three', 'Four'].map((text) => set(text, { bold: true })).join('');
    expect(await blocksOf(all)).toEqual(['One', 'Two', 'Three', 'Four']);
    const blocks = await blocksOf(styles.join(''));
    expect([blocks.length, blocks[0], blocks.at(-1)]).toEqual([3, 'Bold', 'Servers are patched.']);
  });

  it('loses heads and feet that a converter has put into the text, also out of tables', async () => {
    const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`;
    const table = (...rows: readonly string[]) =>
      `<w:tbl>${rows.map((text) => `<w:tr>${cell(text)}${cell('')}</w:tr>`).join('')}</w:tbl>`;
    const page = (number: number, rows: readonly string[]) =>
      paragraph(`Text of number ${number}.`) +
      paragraph('Internal use') +
      paragraph(`Page ${number} of 4 | Patch policy`) +
      table('Acme', ...rows);
    const body = [
      page(1, []),
      page(2, ['db-01']),
      page(3, []),
      page(4, []),
      paragraph('Last words'),
      paragraph('Acme'),
    ];
    expect(await blocksOf(body.join(''))).toEqual([
      'Text of number 1.',
      'Text of number 2.',
      'db-01 | ',
      'Text of number 3.',
      'Text of number 4.',
      'Last words',
      'Acme',
    ]);
    const two = paragraph('Page 1 of 2') + paragraph('See page 2 of 2 for it.');
    expect(await blocksOf(two)).toEqual(['Page 1 of 2', 'See page 2 of 2 for it.']);
  });
});
