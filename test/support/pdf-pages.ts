import { withPdf } from '../../src/adapters/documents/read-pdf.ts';

/** The text of each page of a PDF, white space made single. */
export function pdfPages(bytes: Uint8Array): Promise<string[]> {
  return withPdf(Buffer.from(bytes), (pdf) =>
    [...pdf.pages()].map((page) => page.getText().replace(/[\s\u00a0]+/g, ' ')),
  );
}
