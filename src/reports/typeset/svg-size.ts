/** The size that an SVG asks for, in CSS pixels; null where it names none. */
export function svgSize(svg: string): { readonly width: number; readonly height: number } | null {
  const [, width, height] = /<svg[^>]* width="(\d+(?:\.\d+)?)" height="(\d+(?:\.\d+)?)"/.exec(svg) ?? [];
  return width === undefined || height === undefined ? null : { width: Number(width), height: Number(height) };
}

/** Points a CSS pixel: less than 0.75, so that a chart's words are as small as a table's. */
const SCALE = 0.66;

/** The size in points (1/72 inch) that fits a box, never enlarged. */
export function fitPoints(
  size: { readonly width: number; readonly height: number },
  box: { readonly width: number; readonly height: number },
): { readonly width: number; readonly height: number } {
  const points = { width: size.width * SCALE, height: size.height * SCALE };
  const scale = Math.min(1, box.width / points.width, box.height / points.height);
  return { width: points.width * scale, height: points.height * scale };
}
