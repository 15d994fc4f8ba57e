import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import type { WordTemplate } from '../document/template.ts';
import { readableStyles } from './readable-styles.ts';
import { ATTRIBUTES, attribute, childrenOf, KEPT_AS_WRITTEN, type Node, STYLE_XML } from './style-nodes.ts';

const THEME_PART = 'word/theme/theme1.xml';
const THEME_TYPE = 'application/vnd.openxmlformats-officedocument.theme+xml';
const THEME_RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme';
const REFERENCE = /(<w:(?:pStyle|rStyle|tblStyle) w:val=")([^"]*)"/g;

/**
 * A document with the look of a template: styles of the same name are the template's, whatever their ids are there; those that it lacks stay ours; theme and defaults are the
 * template's. Text, tables and pictures stay as they are.
 * @param parts the parts of the document by name, as text
 */
export function applyWordTemplate(
  parts: Readonly<Record<string, string>>,
  { styles, theme }: Pick<WordTemplate, 'styles' | 'theme'>,
): Record<string, string> {
  const merged = mergeStyles(parts['word/styles.xml'] ?? '', styles);
  const entries = Object.entries(parts).map(([name, text]): [string, string] => {
    if (name === 'word/styles.xml') return [name, merged.xml];
    if (!/^word\/(?:document|header\d*|footer\d*|numbering)\.xml$/.test(name)) return [name, text];
    return [name, text.replace(REFERENCE, (_, start: string, id: string) => `${start}${merged.ids.get(id) ?? id}"`)];
  });
  const document = Object.fromEntries(entries);
  return theme === null ? document : withTheme(document, theme);
}

/** The template's styles and, of ours, those whose names it does not have; and what our ids are there. */
function mergeStyles(ours: string, theirs: string): { xml: string; ids: ReadonlyMap<string, string> } {
  const parser = new XMLParser({ ...STYLE_XML, ...KEPT_AS_WRITTEN });
  const target = parser.parse(theirs) as Node[];
  const root = childrenOf(target, 'w:styles');
  root.splice(0, root.length, ...readableStyles(fitStyles(root)).parts);
  const known = new Map(stylesIn(root).map((style) => [keyOf(style), idOf(style)]));
  const taken = new Set(known.values());
  const own = stylesIn(childrenOf(parser.parse(ours) as Node[], 'w:styles'));
  const ids = new Map(own.map((style) => [idOf(style), known.get(keyOf(style)) ?? freeId(idOf(style), taken)]));
  // Ours are based on the style that Word has without its being written down.
  const normal = known.get('paragraph normal');
  if (normal !== undefined) ids.set('Normal', normal);
  const added = own.filter((style) => !known.has(keyOf(style)));
  root.push(...added.map((style) => renamed(style, ids)));
  return { xml: new XMLBuilder(STYLE_XML).build(target) as string, ids };
}

/** What the root of styles may hold, and what a style may (ECMA-376 part 1, sections 17.7.4.5 and 17.7.4.17). */
const ROOT_PARTS = ['w:docDefaults', 'w:latentStyles', 'w:style'];
const STYLE_PARTS = new Set(
  [
    ...[
      'name',
      'aliases',
      'basedOn',
      'next',
      'link',
      'autoRedefine',
      'hidden',
      'uiPriority',
      'semiHidden',
      'unhideWhenUsed',
    ],
    ...['qFormat', 'locked', 'rsid', 'pPr', 'rPr', 'tblPr', 'trPr', 'tcPr', 'tblStylePr'],
  ].map((name) => `w:${name}`),
);
/** Text that is not to be seen, and lists that this document does not have. */
const UNWANTED = ['w:vanish', 'w:specVanish', 'w:webHidden', 'w:numPr'];

/** The styles of a template that are fit for another document: styles and nothing else, each id once, none based on itself in the end, none hidden. */
function fitStyles(root: readonly Node[]): Node[] {
  const seen = new Set<string>();
  const parts = root.filter((node) => {
    if (!('w:style' in node)) return ROOT_PARTS.some((name) => name in node);
    const isNew = !seen.has(idOf(node));
    seen.add(idOf(node));
    return isNew;
  });
  const bases = new Map(stylesIn(parts).map((style) => [idOf(style), baseOf(style)]));
  return parts.map((node) => {
    if (!('w:style' in node)) return withoutUnwanted(node);
    const isCircular = isBasedOnItself(idOf(node), bases);
    const children = childrenOf([node], 'w:style')
      .filter((child) => Object.keys(child).some((name) => STYLE_PARTS.has(name)))
      .filter((child) => !(isCircular && 'w:basedOn' in child));
    return withoutUnwanted({ ...node, 'w:style': children });
  });
}

function baseOf(style: Node): string | null {
  const base = childrenOf([style], 'w:style').find((node) => 'w:basedOn' in node);
  return base === undefined ? null : attribute(base, 'w:val');
}

function isBasedOnItself(id: string, bases: ReadonlyMap<string, string | null>): boolean {
  const passed = new Set<string>();
  for (let at: string | null = bases.get(id) ?? null; at !== null && !passed.has(at); at = bases.get(at) ?? null) {
    if (at === id) return true;
    passed.add(at);
  }
  return false;
}

function withoutUnwanted(node: Node): Node {
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [
      name,
      Array.isArray(value)
        ? (value as Node[]).filter((child) => !UNWANTED.some((one) => one in child)).map(withoutUnwanted)
        : value,
    ]),
  );
}

function stylesIn(nodes: readonly Node[]): Node[] {
  return nodes.filter((node) => 'w:style' in node);
}

/** Names are compared without case: Word writes "heading 1", others "Heading 1"; they are English in every language of Word. */
function keyOf(style: Node): string {
  const [name] = childrenOf([style], 'w:style').filter((node) => 'w:name' in node);
  return `${attribute(style, 'w:type')} ${attribute(name ?? {}, 'w:val').toLowerCase()}`;
}

function idOf(style: Node): string {
  return attribute(style, 'w:styleId');
}

function freeId(id: string, taken: ReadonlySet<string>): string {
  return taken.has(id) ? `Eras${id}` : id;
}

/** Our style under its id in the merged file; what it is based on, too. A default of ours is none beside the template's. */
function renamed(style: Node, ids: ReadonlyMap<string, string>): Node {
  const { 'w:default': _, ...attributes } = (style[ATTRIBUTES] ?? {}) as Record<string, unknown>;
  const children = childrenOf([style], 'w:style').map((node) => {
    const isReference = ['w:basedOn', 'w:next', 'w:link'].some((name) => name in node);
    if (!isReference) return node;
    const id = attribute(node, 'w:val');
    return { ...node, [ATTRIBUTES]: { 'w:val': ids.get(id) ?? id } };
  });
  return { 'w:style': children, [ATTRIBUTES]: { ...attributes, 'w:styleId': ids.get(idOf(style)) ?? idOf(style) } };
}

function withTheme(parts: Record<string, string>, theme: string): Record<string, string> {
  const types = '[Content_Types].xml';
  const relations = 'word/_rels/document.xml.rels';
  return {
    ...parts,
    [THEME_PART]: theme,
    [types]: (parts[types] ?? '').replace(
      '</Types>',
      `<Override PartName="/${THEME_PART}" ContentType="${THEME_TYPE}"/></Types>`,
    ),
    [relations]: (parts[relations] ?? '').replace(
      '</Relationships>',
      `<Relationship Id="rIdTheme" Type="${THEME_RELATION}" Target="theme/theme1.xml"/></Relationships>`,
    ),
  };
}
