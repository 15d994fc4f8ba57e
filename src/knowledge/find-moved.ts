import type { DocumentFields, DocumentRecord } from '../domain/knowledge/document.ts';

/** A document that was taken in before, as an index lists it. */
export type HeldDocument = Pick<DocumentRecord, 'id' | 'path' | 'hash'>;

/** A document that is no longer where it was, and what whoever took it in said of it. */
export interface MovedDocument {
  readonly path: string;
  readonly given: DocumentFields;
}

/**
 * Finds where a document was before that stands in a new place: one with the same content that is gone from there and of which something was said when it was
 * taken in, since nobody would say that again. `hashesWith` are those that the document would have with such fields.
 */
export function createMovedFinder(
  held: readonly HeldDocument[],
  given: ReadonlyMap<string, DocumentFields>,
  isGone: (path: string) => Promise<boolean>,
): (hashesWith: (fields: DocumentFields) => readonly string[]) => Promise<MovedDocument | null> {
  // Mostly one for a whole folder.
  const distinct = new Map<string, { fields: DocumentFields; byHash: Map<string, HeldDocument[]> }>();
  for (const document of held) {
    const fields = given.get(document.id) ?? {};
    if (Object.keys(fields).length === 0) continue;
    const key = JSON.stringify(fields);
    const group = distinct.get(key) ?? { fields, byHash: new Map() };
    group.byHash.set(document.hash, [...(group.byHash.get(document.hash) ?? []), document]);
    distinct.set(key, group);
  }
  return async (hashesWith) => {
    for (const { fields, byHash } of distinct.values())
      for (const document of hashesWith(fields).flatMap((hash) => byHash.get(hash) ?? []))
        if (await isGone(document.path)) return { path: document.path, given: fields };
    return null;
  };
}
