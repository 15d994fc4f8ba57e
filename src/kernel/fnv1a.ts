/**
 * FNV-1a, 32 bits, over the UTF-8 bytes of a text (Fowler, Noll, Vo; draft-eastlake-fnv): a number that is the same for the same text. Not for
 * secrets.
 */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
