import { contrastRatio } from '../document/contrast.ts';
import { attribute, childrenOf, type Node } from './style-nodes.ts';

/** Less cannot be read on paper: half of what WCAG 2.2 (1.4.3) asks of large text, so that pale but legible designs stay. */
const LEAST_CONTRAST = 2;
/** Half points: six points, the size of footnotes. */
const LEAST_SIZE = 12;
const PAPER = 'ffffff';
const LIGHT_THEME = ['background1', 'light1', 'bg1', 'lt1'];

/** Styles without the colours and sizes in which their text cannot be read, and the names of those that had such. */
export function readableStyles(parts: readonly Node[]): { parts: Node[]; unreadable: string[] } {
  const unreadable: string[] = [];
  const cleaned = parts.map((node): Node => {
    const root = ['w:docDefaults', 'w:style'].find((name) => name in node);
    // Looks of tables stay out of it: this document's tables have their own.
    if (root === undefined || (root === 'w:style' && attribute(node, 'w:type') === 'table')) return node;
    const children = childrenOf([node], root);
    const { nodes, isChanged } = withoutUnreadable(children, fillOf(children));
    if (!isChanged) return node;
    unreadable.push(root === 'w:style' ? nameOf(children) : 'the defaults');
    return { ...node, [root]: nodes };
  });
  return { parts: cleaned, unreadable };
}

function nameOf(children: readonly Node[]): string {
  const name = children.find((node) => 'w:name' in node);
  return attribute(name ?? {}, 'w:val');
}

/** What is behind the text: white letters on a dark band are meant. */
function fillOf(nodes: readonly Node[]): string {
  for (const node of nodes) {
    if ('w:shd' in node && /^[0-9a-f]{6}$/i.test(attribute(node, 'w:fill'))) return attribute(node, 'w:fill');
    const inner = Object.values(node).find(Array.isArray) as Node[] | undefined;
    const found = inner === undefined ? PAPER : fillOf(inner);
    if (found !== PAPER) return found;
  }
  return PAPER;
}

function withoutUnreadable(nodes: readonly Node[], fill: string): { nodes: Node[]; isChanged: boolean } {
  const kept = nodes.filter((node) => !isUnreadable(node, fill));
  let isChanged = kept.length < nodes.length;
  const cleaned = kept.map((node): Node => {
    const [name, inner] = Object.entries(node).find(([, value]) => Array.isArray(value)) ?? [];
    if (name === undefined) return node;
    const result = withoutUnreadable(inner as Node[], fill);
    if (!result.isChanged) return node;
    isChanged = true;
    return { ...node, [name]: result.nodes };
  });
  return { nodes: cleaned, isChanged };
}

function isUnreadable(node: Node, fill: string): boolean {
  if ('w:sz' in node || 'w:szCs' in node) return Number(attribute(node, 'w:val')) < LEAST_SIZE;
  if (!('w:color' in node)) return false;
  if (fill === PAPER && LIGHT_THEME.includes(attribute(node, 'w:themeColor'))) return true;
  const color = attribute(node, 'w:val');
  return /^[0-9a-f]{6}$/i.test(color) && contrastRatio(`#${color}`, `#${fill}`) < LEAST_CONTRAST;
}
