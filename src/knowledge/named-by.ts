import type { Passage } from '../domain/knowledge/document.ts';
import { findIdsIn } from './find-ids-in.ts';

/** A passage with the title of its document. */
export interface TitledPassage extends Pick<Passage, 'ids'> {
  readonly document: { readonly title: string };
}

/** The ids that a passage or the title above it names; a technique is named, too, where one of its sub-techniques is. */
export function namedBy({ ids: named, document }: TitledPassage, ids: readonly string[]): string[] {
  const all = [...named, ...findIdsIn(document.title)];
  return ids.filter((id) => all.some((one) => one === id || one.startsWith(`${id}.`)));
}
