/** Declarations of a style by their property, in lower case; of several of one property the last. */
export type Declarations = ReadonlyMap<string, string>;

/** Reads `property: value; …`. */
export function declarationsOf(style: string): Declarations {
  const declarations = new Map<string, string>();
  for (const part of style.split(';')) {
    const at = part.indexOf(':');
    if (at < 0) continue;
    const value = part
      .slice(at + 1)
      .replace(/!\s*important\s*$/i, '')
      .trim()
      .toLowerCase();
    declarations.set(part.slice(0, at).trim().toLowerCase(), value);
  }
  return declarations;
}

const ZERO = /^0+(?:\.0+)?(?:px|pt|em|rem|%|ex|ch|vw|vh)?$/;
/** A size of a pixel or a point is seen by nobody. */
const UNSEEN_SIZE = /^(?:0*[01](?:\.0+)?|0*\.\d+)(?:px|pt)$/;
/** So far outside that no window has it, pixels. */
const FAR_OUTSIDE = 999;
const NO_AREA = /^(?:rect\(\s*(?:[01](?:px)?[\s,]*){4}\)|inset\(\s*(?:50|100)%\s*\)|circle\(\s*0[\s)])/;

/** Whether nobody sees the text of an element with these declarations, whatever is around it. */
export function hidesByDeclarations(declarations: Declarations): boolean {
  const value = (property: string) => declarations.get(property) ?? '';
  if (value('display') === 'none' || /^(?:hidden|collapse)$/.test(value('visibility'))) return true;
  if (ZERO.test(value('opacity')) || ZERO.test(value('font-size')) || UNSEEN_SIZE.test(value('font-size'))) return true;
  if (NO_AREA.test(value('clip')) || NO_AREA.test(value('clip-path')) || isFar(value('text-indent'))) return true;
  const isMoved = ['left', 'top', 'right', 'bottom'].some((side) => isFar(value(side)));
  if (isMoved && /^(?:absolute|fixed)$/.test(value('position'))) return true;
  const hasNoArea = UNSEEN_SIZE.test(pixels(value('width'))) || UNSEEN_SIZE.test(pixels(value('height')));
  return hasNoArea && /^(?:hidden|clip)/.test(value('overflow'));
}

const pixels = (size: string) => (size === '0' ? '0px' : size);

function isFar(length: string): boolean {
  const [, number = '0'] = /^-(\d+)(?:\.\d+)?(?:px|pt|em|rem)$/.exec(length) ?? [];
  return Number(number) >= FAR_OUTSIDE;
}

/** Whether declarations give text the colour of its background, or none. */
export function isOfItsBackground(declarations: Declarations): boolean {
  const colour = colourOf(declarations.get('color'));
  return colour !== null && (colour === TRANSPARENT || colour === backgroundOf(declarations));
}

/** No colour at all. */
export const TRANSPARENT = 'transparent';
const NAMED: Readonly<Record<string, string>> = { white: 'ffffff', black: '000000' };

/** The background that declarations give an element; null where they give none that is a plain colour. */
export function backgroundOf(declarations: Declarations): string | null {
  return colourOf(declarations.get('background-color')) ?? colourOf(declarations.get('background'));
}

/** A plain colour as six hexadecimal digits, or `transparent`; null where it is none, or one by another name. */
export function colourOf(value: string | undefined): string | null {
  if (value === undefined) return null;
  const text = value.trim().toLowerCase();
  if (text === TRANSPARENT) return TRANSPARENT;
  const [, short, long] = /^#(?:([0-9a-f]{3})|([0-9a-f]{6}))$/.exec(text) ?? [];
  if (short !== undefined) return [...short].map((digit) => digit + digit).join('');
  const [, red, green, blue, alpha] =
    /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]+%?))?\s*\)$/.exec(text) ?? [];
  if (red === undefined) return long ?? NAMED[text] ?? null;
  if (alpha !== undefined && Number.parseFloat(alpha) === 0) return TRANSPARENT;
  return [red, green, blue].map((part) => Number(part).toString(16).padStart(2, '0')).join('');
}
