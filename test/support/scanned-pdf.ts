import { deflateSync } from 'node:zlib';

/** A picture of a page as `drawPage` gives it: PGM, a byte a pixel. */
type Picture = Uint8Array;

const HEADER = /^P5\n(\d+) (\d+)\n255\n/;

/** A PDF as a scanner makes it: each page is one picture, and nothing of it is text; `texts` puts pages with text behind them. */
export function scannedPdf(pictures: readonly Picture[], texts: readonly string[] = []): Buffer {
  const objects: Buffer[] = [];
  const pages = pictures.length + texts.length;
  const kids = Array.from({ length: pages }, (_, index) => `${4 + 3 * index} 0 R`).join(' ');
  objects[1] = Buffer.from('<< /Type /Catalog /Pages 2 0 R >>');
  objects[2] = Buffer.from(`<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`);
  objects[3] = Buffer.from('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  const addPage = (index: number, content: string, resources: string, extra: Buffer) => {
    const at = 4 + 3 * index;
    objects[at] = Buffer.from(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${at + 1} 0 R /Resources << ${resources} >> >>`,
    );
    objects[at + 1] = Buffer.from(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    objects[at + 2] = extra;
  };
  for (const [index, picture] of pictures.entries()) {
    const [header = '', width = '', height = ''] =
      HEADER.exec(Buffer.from(picture.subarray(0, 40)).toString('latin1')) ?? [];
    const data = deflateSync(picture.subarray(header.length));
    const image = Buffer.concat([
      Buffer.from(
        `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode /Length ${data.length} >>\nstream\n`,
      ),
      data,
      Buffer.from('\nendstream'),
    ]);
    addPage(index, 'q 612 0 0 792 0 0 cm /Im Do Q', `/XObject << /Im ${6 + 3 * index} 0 R >>`, image);
  }
  for (const [index, text] of texts.entries())
    addPage(
      pictures.length + index,
      `BT /F1 12 Tf 50 750 Td (${text}) Tj ET`,
      '/Font << /F1 3 0 R >>',
      Buffer.from('null'),
    );
  return assemble(objects);
}

function assemble(objects: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  const add = (part: Buffer) => {
    parts.push(part);
    length += part.length;
  };
  for (const [number, object] of objects.entries()) {
    if (object === undefined) continue;
    offsets[number] = length;
    add(Buffer.concat([Buffer.from(`${number} 0 obj\n`), object, Buffer.from('\nendobj\n')]));
  }
  const start = length;
  const entries = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  add(Buffer.from(`xref\n0 ${objects.length}\n0000000000 65535 f \n${entries.join('')}`));
  add(Buffer.from(`trailer\n<< /Size ${objects.length} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`));
  return Buffer.concat(parts);
}
