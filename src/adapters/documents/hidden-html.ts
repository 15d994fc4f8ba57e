import { type Declarations, declarationsOf, hidesByDeclarations, isOfItsBackground } from './style-declarations.ts';

const COMMENT = /\/\*[\s\S]*?(?:\*\/|$)/g;
const SIMPLE_SELECTOR = /^(?:[a-z][a-z0-9]*|[.#][\w-]+|[a-z][a-z0-9]*[.#][\w-]+)$/i;

/** Whether a rule hides the text of what it is for. */
function ruleHides(declarations: string): boolean {
  const all = declarationsOf(declarations);
  return hidesByDeclarations(all) || isOfItsBackground(all);
}

/** The declarations of an element's own `style`. */
export function ownDeclarations(style = ''): Declarations {
  return declarationsOf(style.replace(COMMENT, ' '));
}

/** What may show again what an earlier rule hides. */
const CONCERNS =
  /(?:^|[;\s])(?:display|visibility|font-size|opacity|color|background(?:-color)?|position|clip|text-indent)\s*:/i;

/** The plain selectors (`p`, `.note`, `#note`, `p.note`) that hide in a style sheet, of each by its last rule; rules in `@media` and the like are of some readers only. */
export function hidingSelectors(css: string): ReadonlySet<string> {
  const hiding = new Set<string>();
  for (const { selectors, declarations } of rulesOf(css.replace(COMMENT, ' '))) {
    const hides = ruleHides(declarations);
    if (!hides && !CONCERNS.test(declarations)) continue;
    for (const selector of selectors.split(',').map((one) => one.trim())) {
      if (!SIMPLE_SELECTOR.test(selector)) continue;
      const plain = selector.replace(/^[a-z0-9]+/i, (tag) => tag.toLowerCase());
      if (hides) hiding.add(plain);
      else hiding.delete(plain);
    }
  }
  return hiding;
}

/** Rules that stand in no other. */
function rulesOf(css: string): { selectors: string; declarations: string }[] {
  const rules: { selectors: string; declarations: string }[] = [];
  let depth = 0;
  let [selectors, declarations] = ['', ''];
  for (const part of css.split(/([{}])/)) {
    if (part === '{') depth += 1;
    else if (part === '}') {
      if (depth === 1 && !selectors.startsWith('@')) rules.push({ selectors, declarations });
      depth = Math.max(0, depth - 1);
    } else if (depth === 0) selectors = part.slice(part.lastIndexOf(';') + 1).trim();
    else if (depth === 1) declarations = part;
  }
  return rules;
}

/** The plain selectors that meet an element. */
export function selectorsOf(name: string, attributes: Readonly<Record<string, string>>): string[] {
  const marks = [
    ...(attributes['class'] ?? '').split(/\s+/).flatMap((one) => (one === '' ? [] : [`.${one}`])),
    ...(attributes['id'] === undefined ? [] : [`#${attributes['id']}`]),
  ];
  return [name, ...marks, ...marks.map((mark) => `${name}${mark}`)];
}
