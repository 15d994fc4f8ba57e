import type { CallTree } from './cpu-profile.ts';

const WIDTH = 1200;
const ROW = 17;
const MARGIN = 10;
const HEADER = 40;
/** Narrower frames cannot be seen; they and what is below them are left out. */
const LEAST_WIDTH = 0.6;
const MOST_FRAMES = 5000;
const DEEPEST = 150;
const CHARACTER = 6.6;

interface Frame {
  readonly x: number;
  readonly depth: number;
  readonly width: number;
  readonly tree: CallTree;
}

/** Draws a tree of calls as a flame graph (SVG, callers above what they call): the width of a frame is its share of the busy time. */
export function drawFlameGraph(root: CallTree, title: string): string {
  const frames = layOut(root);
  const rows = Math.max(0, ...frames.map(({ depth }) => depth)) + 1;
  const height = HEADER + rows * ROW + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH + 2 * MARGIN} ${height}" width="${WIDTH + 2 * MARGIN}" height="${height}" font-family="monospace" font-size="11">`,
    `<rect width="100%" height="100%" fill="#fff"/><text x="${MARGIN}" y="24" font-size="14">${escapeXml(title)}</text>`,
    ...frames.map((frame) => drawFrame(frame, root.totalMs)),
    '</svg>\n',
  ].join('\n');
}

function layOut(root: CallTree): Frame[] {
  const frames: Frame[] = [];
  const scale = root.totalMs > 0 ? WIDTH / root.totalMs : 0;
  const visit = (tree: CallTree, x: number, depth: number): void => {
    const width = tree.totalMs * scale;
    if (width < LEAST_WIDTH || depth > DEEPEST || frames.length >= MOST_FRAMES) return;
    frames.push({ x, depth, width, tree });
    let at = x;
    for (const child of tree.children) {
      visit(child, at, depth + 1);
      at += child.totalMs * scale;
    }
  };
  visit(root, MARGIN, 0);
  return frames;
}

function drawFrame({ x, depth, width, tree: { place, totalMs, selfMs } }: Frame, allMs: number): string {
  const y = HEADER + depth * ROW;
  const share = allMs > 0 ? (totalMs / allMs) * 100 : 0;
  const where = place.module === '' ? '' : ` (${place.module}${place.line > 0 ? `:${place.line}` : ''})`;
  const tip = `${place.name}${where}: ${totalMs.toFixed(1)} ms, ${share.toFixed(1)} %, itself ${selfMs.toFixed(1)} ms`;
  const fits = Math.floor((width - 4) / CHARACTER);
  const label =
    fits < 3 ? '' : `<text x="${(x + 2).toFixed(1)}" y="${y + 12}">${escapeXml(place.name.slice(0, fits))}</text>`;
  const box = `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${ROW - 1}" fill="${colourOf(place.module)}"/>`;
  return `<g><title>${escapeXml(tip)}</title>${box}${label}</g>`;
}

/** Ours, packages, and the engine in colours of their own, the same in each picture. */
function colourOf(module: string): string {
  if (module.startsWith('src/')) return '#f4a261';
  if (module === '' || module.startsWith('node:')) return '#cfd8dc';
  return '#90caf9';
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Names of functions may hold anything. Characters that XML does not know are left out. */
function escapeXml(text: string): string {
  return text.replace(/[^\P{C}]/gu, '').replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}
