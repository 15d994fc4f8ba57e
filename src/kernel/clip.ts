/** Cuts text at a limit (UTF-16 units), so that one hostile record cannot fill a report; never within a character of two units. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = limit - 1;
  // Of a character of two units the first one alone is no text.
  const isHalved = /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(end - 1, end + 1));
  return `${text.slice(0, isHalved ? end - 1 : end)}…`;
}

/** A name or title as one line of what can be seen, cut at a limit: no field of a record can pass for lines of its own. */
export function clipLine(text: string, limit: number): string {
  return clip(text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim(), limit);
}

/** Text without tags and addresses: what a title has no need of, and a reader could follow. */
export function withoutMarkup(text: string): string {
  return text
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/<\/?[a-z!][^>]*>/gi, '')
    .replaceAll(/\b(?:https?|ftp|javascript|data):\S*/gi, '')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}
