import { chartFontFiles, FONT_FAMILY } from '../typeset/fonts.ts';
import { loadOptional } from '../typeset/load-optional.ts';

/** Pixels of the image for each of the chart: sharp on paper. */
const ZOOM = 2;

/** @throws RiskError `OUTPUT_FAILED` where it is not installed */
export function loadResvg() {
  return loadOptional('DOCX', '@resvg/resvg-js', () => import('@resvg/resvg-js'));
}

/** An SVG as a PNG, drawn with the fonts that the report brings along. @throws RiskError `OUTPUT_FAILED` where the drawer is not installed */
export async function drawPng(svg: string | Buffer): Promise<Buffer> {
  const { renderAsync } = await loadResvg();
  const font = { loadSystemFonts: false, fontFiles: [...chartFontFiles()], defaultFontFamily: FONT_FAMILY };
  const image = await renderAsync(svg, { font, fitTo: { mode: 'zoom', value: ZOOM } });
  return image.asPng();
}
