import { zip } from './zip.ts';

const NAMESPACE = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook of one sheet, "Hosts", whose `sheetData` is given as SpreadsheetML; `sheets` is the element of another one with the same cells (`r3`), `styles` those of its style sheet. */
export function xlsx(sheetData: string, { sheets = '', styles = '' } = {}): Buffer {
  return zip([
    {
      name: '[Content_Types].xml',
      content:
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
    },
    {
      name: '_rels/.rels',
      content: `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<?xml version="1.0"?><workbook xmlns="${NAMESPACE}" xmlns:r="${RELATION}"><sheets><sheet name="Hosts" sheetId="1" r:id="r1"/>${sheets}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${RELATION}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r3" Type="${RELATION}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="r2" Type="${RELATION}/styles" Target="styles.xml"/></Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      content: `<?xml version="1.0"?><styleSheet xmlns="${NAMESPACE}">${styles}</styleSheet>`,
    },
    ...(sheets === ''
      ? []
      : [
          {
            name: 'xl/worksheets/sheet2.xml',
            content: `<?xml version="1.0"?><worksheet xmlns="${NAMESPACE}"><sheetData>${sheetData}</sheetData></worksheet>`,
          },
        ]),
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `<?xml version="1.0"?><worksheet xmlns="${NAMESPACE}"><sheetData>${sheetData}</sheetData></worksheet>`,
    },
  ]);
}

/** A cell of text at a place such as `B2`. */
export const cell = (place: string, text: string) => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;
