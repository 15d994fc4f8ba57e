import { expect, it } from 'vitest';
import { cell, xlsx } from '../../../test/support/xlsx.ts';
import { readXlsx } from './read-office.ts';

const styles =
  '<numFmts><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm"/><numFmt numFmtId="166" formatCode="0&quot;%&quot;"/><numFmt numFmtId="167" formatCode="[h]:mm"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="46"/></cellXfs>';
const rowsOf = async (cells: string, more = {}) => {
  const { blocks, notes } = await readXlsx(
    xlsx(`<row r="1">${cell('A1', 'host')}</row><row r="2">${cells}</row>`, { styles, ...more }),
  );
  return { text: blocks.at(-1)?.text.split('\n').at(-1), notes };
};

it('shares and times of a workbook are as it shows them', async () => {
  const { text, notes } = await rowsOf(
    '<c r="A2" s="1"><v>0.9987</v></c><c r="B2" s="2"><v>0.5</v></c><c r="C2" s="3"><v>46327.60416666666</v></c><c r="D2" s="3"><v>46327</v></c><c r="E2" s="4"><v>7</v></c><c r="F2" s="1" t="n"><f>A2*2</f><v>1.9974</v></c><c r="G2" s="3"><v>0.5</v></c>',
  );
  expect(text).toBe('99.87% | 50.0% | 2026-11-01 14:30 | 2026-11-01 | 7 | 199.74% | 12:00');
  expect(notes).toEqual([]);
});

it('times of more than a day count their hours on', async () => {
  const { text } = await rowsOf(
    '<c r="A2" s="5"><v>1.25</v></c><c r="B2" s="6"><v>2.125</v></c><c r="C2" s="5"><v>-0.5</v></c>',
  );
  expect(text).toBe('30:00 | 51:00:00 | -12:00');
});

it('formulas without a saved result are no empty cells, and are told', async () => {
  const { text, notes } = await rowsOf(
    '<c r="A2"><f>SUM(B2)</f><v></v></c><c r="B2"><f>1+1</f></c><c r="C2" t="str"><f>""</f><v></v></c><c r="D2"><v>1</v></c>',
  );
  expect(text).toBe('(not calculated) | (not calculated) |  | 1');
  expect(notes).toEqual([
    {
      kind: 'gap',
      text: '2 formulas have no saved result; open it in a spreadsheet program, save it and ingest again',
    },
  ]);
});

it('sheets that nobody sees are left out, and told', async () => {
  const sheets = '<sheet name="Old &amp; gone" sheetId="2" state="veryHidden" r:id="r3"/>';
  const workbook = await readXlsx(xlsx(`<row r="1">${cell('A1', 'host')}</row>`, { sheets }));
  expect(workbook.blocks.map(({ text }) => text)).toEqual(['Hosts', 'host']);
  expect(workbook.notes).toEqual([
    { kind: 'warning', text: 'hidden sheet "Old & gone" left out; unhide what is to be found' },
  ]);
});
