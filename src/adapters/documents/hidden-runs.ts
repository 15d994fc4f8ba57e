import { zipSync } from 'fflate';
import { unzip } from './unzip.ts';

/** A highlight that no document has: what bears it is hidden. mammoth tells of a run's highlight, and of nothing that hides it. */
export const HIDDEN = 'eras-hidden';

const PARTS = /^word\/[^/]+\.xml$/;
const RUN_PROPERTIES = /<w:rPr>([\s\S]*?)<\/w:rPr>/g;
const STYLE = /<w:style\b[^>]*\bw:styleId="([^"]*)"[^>]*>([\s\S]*?)<\/w:style>/g;
const VANISH = /<w:vanish\b(?![^>]*\bw:val="(?:0|false|off)")[^>]*>/;

/** A DOCX whose hidden runs (`w:vanish`) bear a mark, and the ids of the styles that hide what has them. */
export async function markHidden(
  bytes: Buffer,
): Promise<{ readonly bytes: Buffer; readonly styles: ReadonlySet<string> }> {
  const parts = await unzip(bytes, (name) => PARTS.test(name));
  if (![...parts.values()].some((part) => part.includes('<w:vanish'))) return { bytes, styles: new Set() };
  const files = await unzip(bytes, () => true);
  const styles = new Set<string>();
  for (const [name, content] of parts) {
    const xml = content.toString('utf8');
    for (const [, id = '', style = ''] of xml.matchAll(STYLE)) if (VANISH.test(style)) styles.add(id);
    files.set(name, Buffer.from(xml.replace(RUN_PROPERTIES, markProperties)));
  }
  return { bytes: Buffer.from(zipSync(Object.fromEntries(files), { level: 0 })), styles };
}

/** What they were before a change that is tracked does not count. */
function markProperties(all: string, properties: string): string {
  const [now = ''] = properties.split('<w:rPrChange');
  return VANISH.test(now) ? `<w:rPr><w:highlight w:val="${HIDDEN}"/>${properties}</w:rPr>` : all;
}

interface OfficeElement {
  readonly type: string;
  readonly children?: readonly OfficeElement[];
  readonly highlight?: string | null;
  readonly styleId?: string | null;
}

/** A document as mammoth tells it, without what is hidden. */
export function withoutHidden<Element extends OfficeElement>(element: Element, styles: ReadonlySet<string>): Element {
  const isSeen = ({ type, highlight, styleId }: OfficeElement) =>
    !(type === 'run' && highlight === HIDDEN) && !styles.has(styleId ?? '');
  const { children } = element;
  if (children === undefined) return element;
  return { ...element, children: children.filter(isSeen).map((child) => withoutHidden(child, styles)) };
}
