import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The family that typeset formats bring along, so that a report looks the same on every machine. */
export const FONT_FAMILY = 'DejaVu Sans';

/** Wide coverage in one family: Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian, Georgian and the marks of levels. */
const FILES = [
  'DejaVuSans.ttf',
  'DejaVuSans-Bold.ttf',
  'DejaVuSansCondensed.ttf',
  'DejaVuSansCondensed-Bold.ttf',
  'DejaVuSansMono.ttf',
] as const;

/** What charts are drawn with: each font file that is not needed takes milliseconds of each chart. */
const CHART_FILES = FILES.slice(0, 2);

/** Paths of the font files that charts need. */
export function chartFontFiles(): readonly string[] {
  return pathsOf(CHART_FILES);
}

/** Paths of the font files, from the package that ships them. */
export function fontFiles(): readonly string[] {
  return pathsOf(FILES);
}

function pathsOf(files: readonly string[]): readonly string[] {
  const manifest = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json');
  return files.map((file) => join(dirname(manifest), 'ttf', file));
}
