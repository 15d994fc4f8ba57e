import { ownDeclarations } from './hidden-html.ts';
import { backgroundOf, colourOf, hidesByDeclarations, TRANSPARENT } from './style-declarations.ts';

/** How an element of HTML looks, as far as it is told where it stands. */
export interface Look {
  /** Whether nobody sees anything of it, nor of what is in it. */
  readonly isHidden: boolean;
  /** Of its text; null: not told. */
  readonly colour: string | null;
  /** Behind its text; null: not known. */
  readonly background: string | null;
}

const WHITE = 'ffffff';
const SHEETS = /<link\b[^>]*\bstylesheet|<style\b[^>]*>[^<]*\bbackground/i;

/** How a page looks before anything is said of it: style sheets may set any background. */
export function lookOfPage(html: string): Look {
  return { isHidden: false, colour: null, background: SHEETS.test(html) ? null : WHITE };
}

/** How an element looks in another one. */
export function lookOf(parent: Look, attributes: Readonly<Record<string, string>>, isHiddenByRule: boolean): Look {
  const declarations = ownDeclarations(attributes['style']);
  const isHidden = parent.isHidden || isHiddenByRule || hidesByDeclarations(declarations);
  const told = colourOf(declarations.get('color') ?? attributes['color'] ?? attributes['text']);
  // What is a colour by a name that is not known here is not its parent's.
  const isTold = declarations.has('color') || attributes['color'] !== undefined || attributes['text'] !== undefined;
  const colour = isTold ? told : parent.colour;
  const hasOwn =
    declarations.has('background') ||
    declarations.has('background-color') ||
    attributes['bgcolor'] !== undefined ||
    attributes['background'] !== undefined;
  const own = backgroundOf(declarations) ?? colourOf(attributes['bgcolor']);
  return { isHidden, colour, background: hasOwn && own !== TRANSPARENT ? own : parent.background };
}

/** Whether text in it is seen by nobody. */
export function isUnseen({ isHidden, colour, background }: Look): boolean {
  return isHidden || colour === TRANSPARENT || (colour !== null && colour === background);
}
