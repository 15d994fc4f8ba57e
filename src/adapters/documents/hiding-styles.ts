/** What the styles of a DOCX say of hidden text. */
export interface HidingStyles {
  /** Of styles that say something of it, also by the style that they are based on: whether they hide. */
  readonly byId: ReadonlyMap<string, boolean>;
  /** Whether all is hidden that has no style which says otherwise. */
  readonly isHiding: boolean;
}

/** Styles that hide nothing. */
export const NO_HIDING_STYLES: HidingStyles = { byId: new Map(), isHiding: false };

const STYLE = /<w:style\b([^>]*)>([\s\S]*?)<\/w:style>/g;
const STYLE_ID = /\bw:styleId="([^"]*)"/;
const BASED_ON = /<w:basedOn\b[^>]*\bw:val="([^"]*)"/;
const IS_DEFAULT = /\bw:default="(?:1|true|on)"/;
const DEFAULTS = /<w:rPrDefault>([\s\S]*?)<\/w:rPrDefault>/;
const RUN_PROPERTIES = /<w:rPr>([\s\S]*?)<\/w:rPr>/;
const VANISH = /<w:(?:vanish|specVanish)\b([^>]*)>/g;
const IS_OFF = /\bw:val="(?:0|false|off)"/;

/** Whether run properties hide (`w:vanish`, `w:specVanish`; ECMA-376-1, 17.3.2.41 and 17.3.2.36); null where they say nothing of it. What they were before a change that is tracked does not count. */
export function vanishOf(properties: string): boolean | null {
  const [now = ''] = properties.split('<w:rPrChange');
  const said = [...now.matchAll(VANISH)].map(([, attributes = '']) => !IS_OFF.test(attributes));
  return said.length === 0 ? null : said.includes(true);
}

/** Reads the part `word/styles.xml`. */
export function hidingStylesOf(xml: string): HidingStyles {
  const own = new Map<string, { readonly hides: boolean | null; readonly basedOn: string }>();
  let plain = '';
  for (const [, attributes = '', style = ''] of xml.matchAll(STYLE)) {
    const [, id = ''] = STYLE_ID.exec(attributes) ?? [];
    // A table's style says more of its first row and other parts.
    const [whole = ''] = style.split('<w:tblStylePr');
    own.set(id, { hides: vanishOf(propertiesOf(whole)), basedOn: BASED_ON.exec(style)?.[1] ?? '' });
    if (IS_DEFAULT.test(attributes) && attributes.includes('w:type="paragraph"')) plain = id;
  }
  const byId = new Map<string, boolean>();
  for (const id of own.keys()) {
    const hides = resolve(id, own);
    if (hides !== null) byId.set(id, hides);
  }
  const [, defaults = ''] = DEFAULTS.exec(xml) ?? [];
  return { byId, isHiding: byId.get(plain) ?? vanishOf(propertiesOf(defaults)) ?? false };
}

const propertiesOf = (xml: string) => RUN_PROPERTIES.exec(xml)?.[1] ?? '';

function resolve(
  id: string,
  own: ReadonlyMap<string, { readonly hides: boolean | null; readonly basedOn: string }>,
): boolean | null {
  const seen = new Set<string>();
  let at = own.get(id);
  while (at !== undefined) {
    if (at.hides !== null) return at.hides;
    if (seen.has(at.basedOn)) return null;
    seen.add(at.basedOn);
    at = own.get(at.basedOn);
  }
  return null;
}
