import { withPdf } from './read-pdf.ts';

/** What tesseract is trained on. */
const DOTS_PER_INCH = 300;
const POINTS_PER_INCH = 72;
/** A poster is drawn coarser: an A4 page has 9 million pixels. */
const MOST_PIXELS = 25_000_000;

/** A page of a PDF, counted from 1, as a grey picture (PGM, a byte a pixel). @throws UnreadableError where the PDF is broken */
export function drawPage(bytes: Buffer, page: number): Promise<Uint8Array> {
  return withPdf(bytes, async (pdf) => {
    const shown = pdf.getPage(page - 1);
    const { originalWidth, originalHeight } = shown.getOriginalSize();
    const scale = Math.min(DOTS_PER_INCH / POINTS_PER_INCH, Math.sqrt(MOST_PIXELS / (originalWidth * originalHeight)));
    const { width, height, data } = await shown.render({ scale, colorSpace: 'Gray', render: 'bitmap' });
    return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), data]);
  });
}
