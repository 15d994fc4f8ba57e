import type { Block } from '../document/document.ts';

/** Whether a block names or explains what follows it, so that it must not be left behind at the foot of a page. */
export function introduces(block: Block, next: Block | undefined): boolean {
  return block.kind === 'paragraph' && next !== undefined && ['figure', 'table', 'list', 'facts'].includes(next.kind);
}
