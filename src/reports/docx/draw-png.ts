import { FONT_FAMILY, fontFiles } from '../typeset/fonts.ts';
import { loadOptional } from '../typeset/load-optional.ts';

/** Pixels of the image for each of the chart: sharp on paper. */
const ZOOM = 2;

/** @throws RiskError `OUTPUT_FAILED` where it is not installed */
export function loadResvg() {
  return loadOptional('DOCX', '@resvg/resvg-js', () => import('@resvg/resvg-js'));
}

/** An SVG as a PNG, drawn with the fonts that the report brings along. @throws RiskError `OUTPUT_FAILED` where the drawer is not installed */
export async function drawPng(svg: string | Buffer): Promise<Buffer> {
  const { Resvg } = await loadResvg();
  const font = { loadSystemFonts: false, fontFiles: [...fontFiles()], defaultFontFamily: FONT_FAMILY };
  return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: ZOOM } }).render().asPng();
}
