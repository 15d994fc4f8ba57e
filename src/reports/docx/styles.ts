import type { IStylesOptions } from 'docx';

/** Between the margins of an A4 page, in twentieths of a point: 210 mm less 18 mm on each side. */
export const BODY_WIDTH = 9866;
/** Words of tables, in half points. */
export const TABLE_SIZE = 16;

const INK = '1A1A1A';

/** Word's own heading styles, so that the outline, the contents and a reader's style set work. */
export function stylesOf(language: string, accent: string): IStylesOptions {
  const heading = (size: number, before: number) => ({
    run: { size, bold: true, color: INK, font: 'Arial' },
    paragraph: { spacing: { before, after: 120 }, keepNext: true, keepLines: true },
  });
  return {
    default: {
      document: {
        run: { font: 'Arial', size: 19, color: INK, language: { value: language } },
        paragraph: { spacing: { after: 100, line: 264, lineRule: 'auto' } },
      },
      title: {
        run: { size: 40, bold: true, color: accent.slice(1), font: 'Arial' },
        paragraph: { spacing: { after: 60 } },
      },
      heading1: heading(30, 360),
      heading2: heading(22, 240),
      heading3: heading(19, 180),
      listParagraph: { paragraph: { spacing: { after: 40 } } },
    },
    paragraphStyles: [
      {
        id: 'Fact',
        name: 'Fact',
        basedOn: 'Normal',
        paragraph: { spacing: { after: 0, line: 240, lineRule: 'auto' } },
      },
      // The size is the style's: one on each run makes a third more to write of a document that is mostly tables.
      { id: 'Cell', name: 'Cell', basedOn: 'Fact', run: { size: TABLE_SIZE } },
      { id: 'CellHead', name: 'Cell Head', basedOn: 'Cell', run: { bold: true } },
      { id: 'Term', name: 'Term', basedOn: 'Fact', run: { color: '4D4D4D' } },
      {
        id: 'Lead',
        name: 'Lead',
        basedOn: 'Normal',
        run: { size: 25, bold: true },
        paragraph: { spacing: { before: 80, after: 120 } },
      },
      {
        id: 'Figure',
        name: 'Figure',
        basedOn: 'Normal',
        paragraph: { spacing: { before: 120, after: 120, line: 240, lineRule: 'auto' } },
      },
      // Page one is to fit one page.
      {
        id: 'Brief',
        name: 'Brief',
        basedOn: 'Normal',
        run: { size: 18 },
        paragraph: { spacing: { after: 40, line: 240, lineRule: 'auto' } },
      },
      { id: 'Running', name: 'Running', basedOn: 'Normal', run: { size: 15, color: '4D4D4D' } },
      { id: 'Note', name: 'Note', basedOn: 'Normal', run: { size: 17, color: '4D4D4D' } },
      { id: 'Warning', name: 'Warning', basedOn: 'Normal', run: { bold: true, color: '8A3700' } },
      {
        id: 'TableTitle',
        name: 'Table Title',
        basedOn: 'Normal',
        run: { bold: true },
        paragraph: { keepNext: true, spacing: { before: 160, after: 60 } },
      },
    ],
  };
}
