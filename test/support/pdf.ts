/** A PDF with a page for each text, in one font; a page without text where it is empty; `info` are the entries of its document information. */
export function pdf(pages: readonly string[], info = ''): Buffer {
  const objects: string[] = [];
  const kids = pages.map((_, index) => `${4 + 2 * index} 0 R`).join(' ');
  objects[1] = '<< /Type /Catalog /Pages 2 0 R >>';
  objects[2] = `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`;
  objects[3] = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
  for (const [index, text] of pages.entries()) {
    const lines = text.split('\n').map((line) => `(${line.replace(/[()\\]/g, '\\$&')}) Tj T*`);
    const stream = text === '' ? '' : `BT /F1 12 Tf 14 TL 50 750 Td ${lines.join(' ')} ET`;
    objects[4 + 2 * index] =
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${5 + 2 * index} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`;
    objects[5 + 2 * index] = `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`;
  }
  if (info !== '') objects.push(`<< ${info} >>`);
  let text = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [number, object] of objects.entries()) {
    if (object === undefined) continue;
    offsets[number] = text.length;
    text += `${number} 0 obj\n${object}\nendobj\n`;
  }
  const start = text.length;
  const entries = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  text += `xref\n0 ${objects.length}\n0000000000 65535 f \n${entries.join('')}`;
  text += `trailer\n<< /Size ${objects.length} /Root 1 0 R${info === '' ? '' : ` /Info ${objects.length - 1} 0 R`} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
